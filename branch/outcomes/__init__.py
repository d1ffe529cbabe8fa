"""What became of each cohort: who is on its roster, what they report, and figures that hold."""
