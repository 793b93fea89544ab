"""What is told with a problem so that it can be cured: what was meant, and what was not known."""
