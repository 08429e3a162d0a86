"""What a unit that supervises itself found of each item, counted: the form that goes out, the file that comes back."""
