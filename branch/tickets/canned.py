"""Canned replies: what members answer again and again, kept and edited by them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from branch.people.model import Person, Role
from branch.people.permission import demand
from branch.tickets.canned_model import Canned, CannedId
from branch.tickets.errors import CannedGone, TextDoesNotFit, TooManyCanned
from branch.tickets.ports import Begin
from branch.tickets.thread import LONGEST_ANSWER
from texts.telegram_html import shown_units

LONGEST_TITLE: Final = 24
MOST: Final = 100


class CannedReplies:
    def __init__(self, begin: Begin, look: Begin) -> None:
        self._begin = begin
        self._look = look

    async def all(self, member: Person, *, now: datetime) -> Sequence[Canned]:
        """By title. Raises NotAllowed."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            return await work.canned_replies.all()

    async def get(self, member: Person, canned_id: CannedId, *, now: datetime) -> Canned:
        """Raises NotAllowed, CannedGone."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            found = await work.canned_replies.get(canned_id)
            if found is None:
                raise CannedGone
            return found

    async def write(
        self, member: Person, title: str, text: str, *, instead: CannedId | None, now: datetime
    ) -> CannedId:
        """A new one, or another wording `instead` of one that is there.

        Raises NotAllowed, TextDoesNotFit, CannedGone, TooManyCanned.
        """
        title = " ".join(title.split())
        if not 0 < len(title) <= LONGEST_TITLE or not 0 < shown_units(text) <= LONGEST_ANSWER:
            raise TextDoesNotFit
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            if instead is not None and not await work.canned_replies.retire(instead, now=now):
                raise CannedGone
            if len(await work.canned_replies.all()) >= MOST:
                raise TooManyCanned
            return await work.canned_replies.add(title, text, by=member.id, now=now)

    async def retire(self, member: Person, canned_id: CannedId, *, now: datetime) -> bool:
        """False if it is gone already. Raises NotAllowed."""
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            return await work.canned_replies.retire(canned_id, now=now)
