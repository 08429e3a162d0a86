"""The days on which the office works."""
