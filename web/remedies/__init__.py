"""What became of recommendations."""
