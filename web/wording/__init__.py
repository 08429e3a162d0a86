"""The words of letters and documents, looked at with facts of this year."""
