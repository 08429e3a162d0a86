"""What came in by mail, and what people do about it."""
