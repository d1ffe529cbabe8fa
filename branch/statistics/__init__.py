"""Figures of what the branch does: counted from what happened, told with what they do not say."""
