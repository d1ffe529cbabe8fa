"""The dated steps of each intake, and how to say when they are."""
