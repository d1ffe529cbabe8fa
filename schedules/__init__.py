"""What happens by the clock: one timetable and its jobs."""
