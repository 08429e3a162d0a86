"""How long the desk waits for whoever calls it, and how many may call at once (0025)."""
