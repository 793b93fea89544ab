"""How a directory is said in the language of its visitors: its dates, its names, what stays in another language."""
