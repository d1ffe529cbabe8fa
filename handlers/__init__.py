"""What people do in a chat: one file, one thing a person does."""
