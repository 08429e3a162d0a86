"""A year's plan is drawn up, looked at, settled point by point, and loaded."""
