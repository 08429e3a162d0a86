"""What does each step do? One file a step; `step_N` are the six of a visit."""
