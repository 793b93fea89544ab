"""Degrees, datums, boxes and outlines. Imports core."""
