"""What comes in by mail: how a message is fetched, and what is read in it; nothing is done here."""
