"""Every word the bot itself says: one template a message, in zh and in en."""
