"""A host's list of meetings: the form that goes out, the file that comes back."""
