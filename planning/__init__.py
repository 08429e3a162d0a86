"""Is the plan of a year right, and what may the next one be?"""
