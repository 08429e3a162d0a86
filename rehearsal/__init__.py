"""How does a whole year pass in minutes?"""
