"""A meeting moves, a visit is called off."""
