"""What does the office type?"""
