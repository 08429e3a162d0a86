"""What is asked on a page, and how is it read?"""
