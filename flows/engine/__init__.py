"""How does a run wait, wake, and stay true to its row? What Prefect does not promise."""
