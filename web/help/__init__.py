"""What does somebody of each role do here, and how?"""
