"""What does a page show?"""
