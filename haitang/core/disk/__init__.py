"""Folders that are there for a while, and changes of several files at once."""
