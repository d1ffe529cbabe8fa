"""Groups: how they are made, who comes and goes, and how one becomes a supergroup."""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from playground import api_json
from playground.deeds import PeopleDeeds
from playground.errors import NoSuchChat
from playground.model import Chat, ChatKind, Json, Membership, Message
from playground.privacy import reaches_bot

_FIRST_GROUP: Final = -4_000_001
_FIRST_SUPERGROUP: Final = -1_002_000_000_001


class GroupDeeds(PeopleDeeds):
    def add_group(
        self,
        title: str,
        member_ids: Sequence[int],
        *,
        with_bot: bool = True,
        supergroup: bool = False,
        topics: bool = False,
    ) -> int:
        """A group made by the first of its members; the bot is told when it is in it.

        One with `topics` is a supergroup.
        """
        kind = ChatKind.SUPERGROUP if supergroup or topics else ChatKind.GROUP
        members = dict.fromkeys(member_ids, Membership.MEMBER)
        if member_ids:
            members[member_ids[0]] = Membership.CREATOR
        chat = Chat(
            id=self._free_group_id(kind),
            kind=kind,
            title=title,
            members=members,
            bot=Membership.LEFT,
            topics={} if topics else None,
        )
        self.change_chat(chat)
        if with_bot and member_ids:
            self.add_bot(chat.id, by=member_ids[0])
        return chat.id

    def add_bot(self, chat_id: int, *, by: int, as_admin: bool = False) -> None:
        """Put the bot into a group, or change its standing there."""
        chat = self._group(chat_id)
        before = chat.bot
        chat.bot = Membership.ADMINISTRATOR if as_admin else Membership.MEMBER
        if before == chat.bot:
            return
        self.put_my_membership(by, chat, before, chat.bot)
        if not before.is_inside:
            newcomer = api_json.user(self, self.bot_id)
            self._serve(chat_id, by, {"new_chat_members": [newcomer]})

    def kick_bot(self, chat_id: int, *, by: int) -> None:
        chat = self._group(chat_id)
        before, chat.bot = chat.bot, Membership.KICKED
        self.put_my_membership(by, chat, before, chat.bot)

    def join(self, chat_id: int, person_id: int, *, as_admin: bool = False) -> None:
        """Somebody comes in, or becomes an administrator."""
        status = Membership.ADMINISTRATOR if as_admin else Membership.MEMBER
        self._move(chat_id, person_id, status)

    def leave(self, chat_id: int, person_id: int) -> None:
        self._move(chat_id, person_id, Membership.LEFT)

    def migrate(self, group_id: int) -> int:
        """Make the group a supergroup; the old id refuses messages and names the new one."""
        old = self._group(group_id)
        new = replace(
            old,
            id=self._free_group_id(ChatKind.SUPERGROUP),
            kind=ChatKind.SUPERGROUP,
            members=dict(old.members),
            messages={},
            pinned=[],
        )
        self.change_chat(new)
        by = next(iter(old.members), self.bot_id)
        self._serve(old.id, by, {"migrate_to_chat_id": new.id})
        self._serve(new.id, by, {"migrate_from_chat_id": old.id})
        old.migrated_to = new.id
        self.change_chat(old)
        return new.id

    def _move(self, chat_id: int, person_id: int, status: Membership) -> None:
        chat, person = self._group(chat_id), self.person(person_id)
        before = chat.members.get(person.id, Membership.LEFT)
        if before is status:
            return
        chat.members[person.id] = status
        self.change_chat(chat)
        if chat.bot.leads:
            self._put_membership(chat, person.id, before, status)
        shown = api_json.user(self, person.id)
        if before.is_inside != status.is_inside:
            came = {"new_chat_members": [shown]}
            self._serve(
                chat_id, person.id, came if status.is_inside else {"left_chat_member": shown}
            )

    def _put_membership(
        self, chat: Chat, person_id: int, before: Membership, after: Membership
    ) -> None:
        self.put_update(
            "chat_member",
            {
                "chat": api_json.chat(self, chat.id),
                "from": api_json.user(self, person_id),
                "date": self.now(),
                "old_chat_member": api_json.member(self, person_id, before),
                "new_chat_member": api_json.member(self, person_id, after),
            },
        )

    def open_topic(self, chat_id: int, by: int, name: str) -> int:
        """Begin a topic; the number of its thread is that of the line that says so."""
        chat = self._group(chat_id)
        assert chat.topics is not None
        thread = self._serve(chat_id, by, {"forum_topic_created": {"name": name, "icon_color": 0}})
        chat.topics[thread] = name
        self.change_chat(chat)
        return thread

    def close_topic(self, chat_id: int, thread: int) -> None:
        """Somebody deletes it, with all that stands in it."""
        chat = self._group(chat_id)
        assert chat.topics is not None
        del chat.topics[thread]
        self.change_chat(chat)

    def _serve(self, chat_id: int, by: int, service: Json) -> int:
        """Write a line about the chat itself into it."""
        message = Message(
            id=self.next_message_id(),
            chat_id=chat_id,
            from_id=by,
            date=self.now(),
            service=service,
        )
        self.post(message)
        if reaches_bot(self, message) and by != self.bot_id:
            self.put_update("message", api_json.message(self, message))
        return message.id

    def _group(self, chat_id: int) -> Chat:
        chat = self.chat(chat_id)
        if chat.kind is ChatKind.PRIVATE or chat.migrated_to is not None:
            raise NoSuchChat(f"there is no group {chat_id}")
        return chat

    def _free_group_id(self, kind: ChatKind) -> int:
        first = _FIRST_GROUP if kind is ChatKind.GROUP else _FIRST_SUPERGROUP
        taken = [chat.id for chat in self.chats.values() if chat.kind is kind]
        return min([first + 1, *taken]) - 1
