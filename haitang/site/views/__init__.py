"""What templates may see: plain values, made from the Directory."""
