"""Answering from outside by a link, and the links themselves."""
