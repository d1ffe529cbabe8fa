"""People write: they say something, forward it, change it or take it back."""

from typing import Final

from msgspec.structs import replace

from playground import api_json, utf16
from playground.entities import with_found
from playground.errors import (
    BotIsBlocked,
    NoSuchChat,
    NoSuchPerson,
    NothingToSay,
    NotInTheChat,
    NotYourMessage,
)
from playground.formatting import LONGEST_TEXT, cleaned, trimmed
from playground.model import ChatKind, Json, Membership, Message, PersonAccount
from playground.privacy import reaches_bot
from playground.state import WorldState

_FIRST_PERSON: Final = 700_000_001


class Writing(WorldState):
    def add_person(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str = "zh-hans",
        person_id: int | None = None,
        hint: str = "",
    ) -> PersonAccount:
        """Somebody new, who has not spoken to the bot yet."""
        return self.change_person(
            PersonAccount(
                id=person_id or max([_FIRST_PERSON - 1, *self.people]) + 1,
                first_name=first_name,
                last_name=last_name,
                username=username,
                language_code=language_code,
                hint=hint,
            )
        )

    def say(
        self,
        person_id: int,
        chat_id: int,
        text: str,
        *,
        reply_to: int | None = None,
        thread: int | None = None,
    ) -> int:
        """Send a text; a long one goes as several messages, and the last one's id is told."""
        shown, _ = trimmed(*cleaned(text, ()))
        if not shown:
            raise NothingToSay("the text is empty")
        message_id = 0
        while shown:
            part = _first_part(shown)
            shown = shown[len(part) :]
            message_id = self.send(
                person_id,
                chat_id,
                text=part,
                entities=with_found(part, ()),
                reply_to=reply_to,
                thread=thread,
            )
        return message_id

    def forward(self, person_id: int, chat_id: int, from_chat_id: int, message_id: int) -> int:
        """Forward a message into `chat_id`, with the name of who wrote it first."""
        original = self.message(from_chat_id, message_id)
        return self.send(
            person_id,
            chat_id,
            text=original.text,
            entities=original.entities,
            media=original.media,
            origin=original.origin or self.origin_of(original),
        )

    def origin_of(self, original: Message) -> Json:
        sender = api_json.user(self, original.from_id)
        return {"type": "user", "sender_user": sender, "date": original.date}

    def edit(self, person_id: int, chat_id: int, message_id: int, text: str) -> None:
        """Change the text (the caption, below a photo or a file) of one's own message."""
        message = self.message(chat_id, message_id)
        if message.from_id != person_id:
            raise NotYourMessage(f"message {message_id} is not of person {person_id}")
        shown, _ = trimmed(*cleaned(text, ()))
        if not shown:
            raise NothingToSay("the text is empty")
        if shown == message.text:
            return
        edited = replace(message, text=shown, entities=with_found(shown, ()), edited=self.now())
        self.change(edited)
        if reaches_bot(self, edited):
            self.put_update("edited_message", api_json.message(self, edited))

    def delete(self, person_id: int, chat_id: int, message_id: int) -> None:
        """Delete a message for everybody; the bot is not told, as on Telegram."""
        message = self.message(chat_id, message_id)
        if person_id not in (message.from_id, chat_id):
            raise NotYourMessage(f"message {message_id} is not of person {person_id}")
        self.remove(chat_id, message_id)

    def send(self, person_id: int, chat_id: int, **content: object) -> int:
        """Put a message of a person into a chat; `content` are fields of Message."""
        self.check_may_write(person_id, chat_id)
        replied = self.chat(chat_id).messages.get(content.get("reply_to"))  # type: ignore[call-overload]  # an id, or None
        if replied is not None and content.get("thread") is None:
            content["thread"] = replied.thread
        message = Message(
            id=self.next_message_id(),
            chat_id=chat_id,
            from_id=person_id,
            date=self.now(),
            **content,  # type: ignore[arg-type]  # the callers above name Message's own fields
        )
        self.post(message)
        if reaches_bot(self, message):
            body = api_json.message(self, message)
            self.put_update("message", body, said=(chat_id, message.id))
        return message.id

    def check_may_write(self, person_id: int, chat_id: int) -> None:
        """Check that the person may write there; in private, this starts the bot."""
        person, chat = self.person(person_id), self.chat(chat_id)
        if chat.migrated_to is not None:
            raise NoSuchChat(f"{chat_id} has become {chat.migrated_to}")
        if person.is_deactivated:
            raise NoSuchPerson(f"person {person_id} has deleted their account")
        if chat.kind is not ChatKind.PRIVATE:
            if not chat.members.get(person_id, Membership.LEFT).is_inside:
                raise NotInTheChat(f"person {person_id} is not in {chat_id}")
            return
        if chat_id != person_id:
            raise NotInTheChat(f"{chat_id} is somebody else's private chat")
        if person.has_blocked:
            raise BotIsBlocked(f"person {person_id} has blocked the bot: unblock it first")
        if not person.has_started:
            self.people[person_id] = replace(person, has_started=True)


def _first_part(text: str) -> str:
    """As much of the text as one message holds; never half of a character."""
    if utf16.length(text) <= LONGEST_TEXT:
        return text
    part = text[:LONGEST_TEXT]
    while utf16.length(part) > LONGEST_TEXT:
        part = part[: len(part) - max(1, (utf16.length(part) - LONGEST_TEXT) // 2)]
    return part
