"""How people write values: what a clerk's text means where there is no doubt, and nothing where there is.

The rule: a function takes a text and gives what is meant, or None; no field, no file, no message is known here, but to
`pasted_points`, which parts a text into the fields of a location.
"""
