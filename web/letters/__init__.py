"""The ledger of letters."""
