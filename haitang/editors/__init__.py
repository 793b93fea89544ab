"""What helps editors write files. Outputs never need it; it may use everything below."""
