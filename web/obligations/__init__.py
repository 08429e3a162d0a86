"""What the year asks for beside the visits."""
