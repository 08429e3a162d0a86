"""The report of a unit that supervises itself."""
