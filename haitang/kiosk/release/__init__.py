"""A hall's release as a signed archive, and its life on a machine."""
