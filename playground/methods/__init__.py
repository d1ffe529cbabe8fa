"""What the bot may call: one function a method, gathered by what they are about."""
