"""A Bot API server on loopback and a page to talk to the bot in a browser, without a token."""
