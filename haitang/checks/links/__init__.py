"""Addresses in the data: whether they still open."""
