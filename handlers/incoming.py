"""Narrows what the library leaves optional, once."""

from telegram import Message, Update, User

from branch.people.model import Sender, TelegramId


class NotAMessage(LookupError):
    """The handler's filter should not have let this update through."""


def message_of(update: Update) -> Message:
    message = update.effective_message
    if not isinstance(message, Message):
        raise NotAMessage(update.update_id)
    return message


def text_of(update: Update) -> str:
    """The message's text or caption, trimmed; empty if it has none."""
    message = message_of(update)
    return (message.text or message.caption or "").strip()


def argument_of(update: Update) -> str:
    """What follows the command: `/ask 国家线` gives `国家线`."""
    _, _, argument = text_of(update).partition(" ")
    return argument.strip()


def sender_of_user(user: User) -> Sender:
    return Sender(
        telegram_id=TelegramId(user.id), name=user.full_name, language_code=user.language_code
    )
