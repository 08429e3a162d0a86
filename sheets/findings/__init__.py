"""What the working group found: the form that goes out, the file that comes back."""
