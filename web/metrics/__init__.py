"""What a monitor reads: the service in numbers."""
