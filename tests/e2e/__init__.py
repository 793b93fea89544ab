"""What a visitor, an editor or a hall sees, in a real browser."""
