"""Machines that fail: commands in a small world of their own, and what they must leave."""
