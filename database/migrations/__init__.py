"""How does a database of an earlier version become one of this?"""
