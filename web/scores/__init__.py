"""The scores of a meeting."""
