"""What happened, as figures are counted from it: kinds, and what each carries."""
