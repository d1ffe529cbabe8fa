"""What the branch does, in its own words; knows neither Telegram nor SQL."""
