"""What does every page of the desk need?"""
