"""What has become of the letters that the clock wrote, by what they spoke of and when."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.notices.ports import ClockSent
from branch.outbox.kinds import LetterKind
from branch.outbox.model import Fate
from storage.letter_tables import LETTERS


class SqlLetterReports:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def sent(
        self, kinds: Sequence[LetterKind], *, since: datetime, until: datetime
    ) -> Sequence[ClockSent]:
        rows = await self._connection.execute(
            select(LETTERS.c.about, LETTERS.c.due_at, LETTERS.c.fate, func.count())
            .where(LETTERS.c.kind.in_(kinds))
            .where(LETTERS.c.due_at > since, LETTERS.c.due_at <= until)
            .where(LETTERS.c.fate != Fate.CANCELLED)
            .group_by(LETTERS.c.about, LETTERS.c.due_at, LETTERS.c.fate)
        )
        found: dict[tuple[str, datetime], dict[Fate, int]] = {}
        for about, due_at, fate, number in rows:
            found.setdefault((about, due_at), {})[Fate(fate)] = number
        return [_sent(about, at, fates) for (about, at), fates in found.items()]


def _sent(about: str, at: datetime, fates: Mapping[Fate, int]) -> ClockSent:
    return ClockSent(about=about, at=at, fates=fates)
