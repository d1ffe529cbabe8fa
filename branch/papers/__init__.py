"""Calls for papers: opened, handed in to, reviewed without names, decided, counted."""
