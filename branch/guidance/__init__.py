"""Checked answers: entries, how a question finds one, and what is said when none fits."""
