"""The host's list."""
