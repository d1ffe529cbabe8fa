"""Notices: what members broadcast, to whom, and what became of it."""
