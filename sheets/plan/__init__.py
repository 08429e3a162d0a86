"""The sheet in which a plan is drawn up."""
