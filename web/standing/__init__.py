"""Where something stands, and what may be done about it: what several pages show."""
