"""Spoiled inputs for every reader that a stranger's text or file meets, by the thousand or by the million."""
