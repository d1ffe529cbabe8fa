"""Letters on their way to people: each kept until its fate is known."""
