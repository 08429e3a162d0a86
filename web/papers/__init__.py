"""Documents: approved, returned, issued, opened."""
