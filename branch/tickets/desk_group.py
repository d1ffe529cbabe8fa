"""The members' group: bound as the desk, found again when Telegram gives it another number."""

from datetime import datetime

from branch.outbox.chats import Chat
from branch.people.model import AuditRecord, Deed, Person, Role
from branch.people.permission import demand
from branch.tickets.ports import Begin


class DeskGroup:
    """There is one at most."""

    def __init__(self, begin: Begin, look: Begin) -> None:
        self._begin = begin
        self._look = look

    async def bind(
        self, by: Person, telegram_id: int, *, title: str, has_topics: bool, now: datetime
    ) -> Chat:
        """From now on tickets are posted there, in the language of who binds it.

        Raises NotAllowed.
        """
        async with self._begin() as work:
            present = await demand(work, by, Role.SECRETARY, now=now)
            chat = await work.chats.bind(
                telegram_id,
                title=title,
                language=present.language,
                has_topics=has_topics,
                by=by.id,
                now=now,
            )
            await work.audit.add(AuditRecord(at=now, actor=by.id, deed=Deed.DESK_BOUND))
            return chat

    async def unbind(self, by: Person, *, now: datetime) -> bool:
        """Nothing is posted any more; False if there was none. Raises NotAllowed."""
        async with self._begin() as work:
            await demand(work, by, Role.SECRETARY, now=now)
            if await work.chats.desk() is None:
                return False
            await work.chats.unbind()
            await work.audit.add(AuditRecord(at=now, actor=by.id, deed=Deed.DESK_UNBOUND))
            return True

    async def bound(self) -> Chat | None:
        async with self._look() as work:
            return await work.chats.desk()
