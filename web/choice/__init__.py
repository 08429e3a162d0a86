"""Which meetings are attended."""
