"""The whole playground in memory: what people do there and what they see."""

from datetime import UTC, datetime

from playground.inline import InlineDeeds
from playground.model import Chat, Json, MediaKind, Message, MessageView, Toast
from playground.rendering import telegram_html


class World(InlineDeeds):
    """One bot, its people and their chats. Knows no network: the server carries it outside."""

    def history(self, chat_id: int) -> list[MessageView]:
        """Everything in the chat, the oldest first, as it looks now."""
        chat = self.chat(chat_id)
        return [self._view(chat, message) for message in chat.messages.values()]

    def toasts(self, person_id: int) -> list[Toast]:
        """Every answer to a tap that the person was shown, the oldest first."""
        return list(self.toasts_of.get(person_id, ()))

    def commands_for(self, person_id: int, chat_id: int) -> list[Json]:
        """The menu of commands that the person sees in the chat."""
        person, chat = self.person(person_id), self.chat(chat_id)
        return self.command_book.seen_by(person.id, person.language_code, chat)

    def typing(self, chat_id: int) -> str | None:
        """What the bot says it is doing there; five seconds or its next message end it."""
        chat = self.chat(chat_id)
        return chat.doing if self.clock.timestamp() < chat.doing_until else None

    def pending_updates(self) -> int:
        """How many updates the bot has not confirmed yet."""
        return len(self.queue)

    def _view(self, chat: Chat, message: Message) -> MessageView:
        markup = message.markup or {}
        media = message.media
        keyboard = markup.get("keyboard")
        return MessageView(
            id=message.id,
            chat_id=message.chat_id,
            from_id=message.from_id,
            from_bot=message.from_id == self.bot_id,
            text=message.text,
            html=telegram_html(message.text, message.entities),
            date=datetime.fromtimestamp(message.date, UTC),
            buttons=[[_button(told) for told in row] for row in markup.get("inline_keyboard", [])],
            reply_keyboard=keyboard and [[told["text"] for told in row] for row in keyboard],
            removes_keyboard=bool(markup.get("remove_keyboard")),
            photo=media.file if media and media.kind is MediaKind.PHOTO else None,
            document=media.file if media and media.kind is MediaKind.DOCUMENT else None,
            voice_seconds=media.seconds if media and media.kind is MediaKind.VOICE else None,
            sticker=media.emoji if media and media.kind is MediaKind.STICKER else None,
            edited=message.edited is not None,
            reply_to=message.reply_to,
            is_forwarded=message.origin is not None,
            is_pinned=message.id in chat.pinned,
            delivered=message.delivered,
            service=message.service,
            thread=message.thread,
            via_bot=message.via_bot,
        )


def _button(told: Json) -> tuple[str, str]:
    """A button's label, and its data or its link."""
    return told["text"], told.get("callback_data") or told.get("url") or ""
