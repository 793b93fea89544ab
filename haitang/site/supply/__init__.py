"""What a release is made of and what made it: told beside a release, never in it."""
