"""What was photographed at a visit."""
