"""Which letters go out, and how do they get there?"""
