"""What visitors and halls ask for, and what proves it."""
