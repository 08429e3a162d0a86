"""What does the office take out?"""
