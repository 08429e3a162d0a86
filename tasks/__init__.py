"""What does the service do? The six steps are six files."""
