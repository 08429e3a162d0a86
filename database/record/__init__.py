"""Is the record what was written, and are the rows what the record says?"""
