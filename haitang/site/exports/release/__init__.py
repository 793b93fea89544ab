"""data/v1: everything the directory knows, for other programs, under names that stay.

The rule: what is published is said in `v1` and nowhere else; `converted` alone knows both it and the model. A position and a
brand are written down once, each in its own file; all collections are put together from these.
"""
