"""When is it, as people write it?"""
