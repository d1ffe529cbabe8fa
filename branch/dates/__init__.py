"""Days and moments: how people type them, how they recur, which are holidays."""
