"""Who is invited beside the bodies of the plan."""
