"""A reader's choices about notices, and the lists that they are on."""

import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from branch.notices.errors import ListNameTooLong, ListUnknown
from branch.notices.ports import Begin
from branch.notices.wishes import Wishes
from branch.people.model import Person, Role
from branch.people.permission import demand

LONGEST_LIST: Final = 42
"""Bytes; a link carries no more."""


class WishBook:
    def __init__(self, begin: Begin, look: Begin) -> None:
        self._begin = begin
        self._look = look

    async def mine(self, person: Person) -> tuple[Wishes, Sequence[str]]:
        """What they have chosen, and their lists."""
        async with self._look() as work:
            return await work.reading_wishes.of(person.id), await work.tags.of(person.id)

    async def change(
        self, person: Person, change: Callable[[Wishes], Wishes]
    ) -> tuple[Wishes, Sequence[str]]:
        async with self._begin() as work:
            wishes = change(await work.reading_wishes.of(person.id))
            await work.reading_wishes.save(person.id, wishes)
            return wishes, await work.tags.of(person.id)

    async def found(self, member: Person, name: str, *, now: datetime) -> str:
        """A new list with its founder on it; its name. Raises NotAllowed, ListNameTooLong."""
        tag = " ".join(unicodedata.normalize("NFKC", name).split())
        if not 0 < len(tag.encode()) <= LONGEST_LIST:
            raise ListNameTooLong
        async with self._begin() as work:
            founder = await demand(work, member, Role.MEMBER, now=now)
            await work.tags.put(tag, [founder.id], now=now)
            return tag

    async def join(self, person: Person, tag: str, *, now: datetime) -> bool:
        """Onto the list; False if they were on it. Raises ListUnknown."""
        async with self._begin() as work:
            if not await work.tags.exists(tag):
                raise ListUnknown
            return await work.tags.put(tag, [person.id], now=now) > 0

    async def leave(self, person: Person, tag: str) -> bool:
        async with self._begin() as work:
            return await work.tags.drop(tag, person.id)
