"""What an administrator switches on at a forge, and what of it can be seen in the repository."""
