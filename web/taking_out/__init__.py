"""The records leave the desk."""
