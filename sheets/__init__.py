"""What do people write in files, and what do we understand of it?"""
