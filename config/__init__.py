"""What may differ between two offices?"""
