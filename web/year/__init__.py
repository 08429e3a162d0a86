"""The year at one glance."""
