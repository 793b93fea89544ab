"""Bytes → YAML nodes with line and column, or problems; alone knows yaml. Imports core."""
