"""One visit whole."""
