"""What a change does to the site: two folders of data in, a Review out, told as Markdown, as JSON, as a map.

The rule: `told` says what a Review may hold, `compare` makes one, `markdown` and `moves_map` show it. A Review is plain texts
and numbers: whoever shows it makes the texts harmless, and one that came from elsewhere is shown by the same code.
"""
