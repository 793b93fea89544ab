"""A file as a tree of parts with their comments, for whoever writes it anew.

The rule: `part` makes the tree of what `source` reads, `hang` gives each comment to the part it speaks of; nothing here writes.
"""
