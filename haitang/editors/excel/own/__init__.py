"""The sheet a clerk has already: what is in it besides entries, what its columns mean, and what it leaves open."""
