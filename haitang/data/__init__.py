"""A folder → a Dataset; a sound Dataset → a Directory with its indexes. Imports media and below."""
