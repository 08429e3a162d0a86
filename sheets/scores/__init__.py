"""A score sheet as a file."""
