"""What is true, and what is allowed? Pure Python; today is an argument."""
