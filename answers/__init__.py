"""What do people decide, and is it accepted?"""
