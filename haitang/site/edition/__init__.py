"""A new edition of the site: what each output is made of, what need not be made again, and whether all of it holds together."""
