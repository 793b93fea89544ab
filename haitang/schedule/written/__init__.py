"""The way back: rules as text, and in the standards of others."""
