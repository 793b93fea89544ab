"""The tests. Shared helpers stand in conftest."""
