"""What do a visit's documents say, and may they go out?"""
