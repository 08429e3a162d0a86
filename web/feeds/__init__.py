"""Which dates of the year stand in people's own calendars, and by which link?"""
