"""The score sheets one may score by."""
