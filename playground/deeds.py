"""What people do besides writing: tap buttons, block the bot, come back, leave Telegram."""

import secrets
from typing import Final

from msgspec.structs import replace

from playground import api_json
from playground.errors import NoSuchButton, NoSuchMessage
from playground.keyboards import has_button
from playground.model import Chat, Json, Membership, Message, Tap
from playground.sharing import Sharing
from playground.state import TAP_LIFETIME

_MOST_TAPS_KEPT: Final = 100_000


class PeopleDeeds(Sharing):
    def tap(
        self, person_id: int, chat_id: int, message_id: int, data: str, *, force: bool = False
    ) -> str:
        """Tap an inline button and get the callback query's id.

        Raises NoSuchButton where the message has no such button; with `force` the tap goes
        out all the same, as a forged client could send it.
        """
        self.check_may_write(person_id, chat_id)
        message = self.chat(chat_id).messages.get(message_id)
        if message is None and not force:
            raise NoSuchMessage(f"there is no message {message_id} in {chat_id}")
        if not force and message is not None and not has_button(message.markup, data):
            raise NoSuchButton(f"message {message_id} has no button {data!r}")
        tap = Tap(
            id=str(secrets.randbits(62)),
            person_id=person_id,
            chat_id=chat_id,
            message_id=message_id,
            at=self.clock.timestamp(),
        )
        self._keep(tap)
        self.put_update("callback_query", self._callback_query(tap, message, data))
        return tap.id

    def _keep(self, tap: Tap) -> None:
        """Remember the tap, and forget the oldest that nobody can answer any more."""
        self.taps[tap.id] = tap
        while len(self.taps) > _MOST_TAPS_KEPT or self._oldest_tap().at < tap.at - TAP_LIFETIME:
            del self.taps[self._oldest_tap().id]

    def _oldest_tap(self) -> Tap:
        return next(iter(self.taps.values()))

    def _callback_query(self, tap: Tap, message: Message | None, data: str) -> Json:
        if message is None:
            chat = api_json.chat(self, tap.chat_id)
            shown: Json = {"chat": chat, "message_id": tap.message_id, "date": 0}
        else:
            shown = api_json.message(self, message)
        return {
            "id": tap.id,
            "from": api_json.user(self, tap.person_id),
            "message": shown,
            "chat_instance": str(tap.chat_id * 7919),
            "data": data,
        }

    def block(self, person_id: int) -> None:
        """Stop the bot; a second time changes nothing."""
        self._set_blocked(person_id, blocked=True)

    def unblock(self, person_id: int) -> None:
        """Let the bot write again; Telegram's clients say /start next, which is left to you."""
        self._set_blocked(person_id, blocked=False)

    def deactivate(self, person_id: int) -> None:
        """The person deletes their Telegram account."""
        self.change_person(replace(self.person(person_id), is_deactivated=True))

    def _set_blocked(self, person_id: int, *, blocked: bool) -> None:
        person = self.person(person_id)
        if person.has_blocked == blocked:
            return
        self.change_person(replace(person, has_blocked=blocked))
        before, after = Membership.MEMBER, Membership.KICKED
        if not blocked:
            before, after = after, before
        self.put_my_membership(person_id, self.chats[person_id], before, after)

    def put_my_membership(self, by: int, chat: Chat, before: Membership, after: Membership) -> None:
        """Tell the bot that its own place in a chat has changed."""
        self.put_update(
            "my_chat_member",
            {
                "chat": api_json.chat(self, chat.id),
                "from": api_json.user(self, by),
                "date": self.now(),
                "old_chat_member": api_json.member(self, self.bot_id, before),
                "new_chat_member": api_json.member(self, self.bot_id, after),
            },
        )
