"""What does an official document look like, as Word and as PDF?"""
