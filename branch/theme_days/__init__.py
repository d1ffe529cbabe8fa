"""Theme days of the branch: planned, signed up for, changed, and told to whom they concern."""
