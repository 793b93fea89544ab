"""The browser's data in small files, for directories that are too large for one.

The rule: what a file holds depends only on the places in it, so that an edit changes a few files and a phone fetches what it
shows. Where a file lies, and which version of it is out, stands in data/overview.js and data/search.js, which are made last.
"""
