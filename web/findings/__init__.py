"""What the working group found."""
