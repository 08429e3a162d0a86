"""Accounts, stand-ins, addresses."""
