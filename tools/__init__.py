"""What makes the files that are shipped: the example plan, the sample papers."""
