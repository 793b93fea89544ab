"""Directory → pages and files → out/site. Imports checks only through load()."""
