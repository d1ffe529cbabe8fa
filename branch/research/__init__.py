"""Research of the branch: what members are stuck on and excited by, and what has come of it."""
