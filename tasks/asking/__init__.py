"""What is asked of people, how often, and until when?"""
