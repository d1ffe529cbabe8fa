"""Writes down what has become of letters: of hundreds at once as quickly as of one."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import bindparam, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.outbox.kinds import LetterKind
from branch.outbox.model import Fate, Settled
from storage.events import note_letters
from storage.letter_rows import numbers_of
from storage.letter_tables import LETTERS

# spelt out, since a list of values cannot be sent with many rows
_OPEN_STILL: Final = or_(
    *(
        LETTERS.c.fate == fate.value
        for fate in (Fate.WAITING, Fate.HELD, Fate.CANCELLED, Fate.UNKNOWN)
    )
)
_ENDED: Final = (
    update(LETTERS)
    .where(LETTERS.c.id == bindparam("letter"), _OPEN_STILL)
    .values(
        fate=bindparam("now"),
        settled_at=bindparam("at"),
        message_id=bindparam("message"),
        more=bindparam("numbers"),
        reason=bindparam("why"),
        claimed_at=None,
    )
)
# nobody else has taken the letter since, and it has not been called back
_PUT_BACK: Final = (
    update(LETTERS)
    .where(
        LETTERS.c.id == bindparam("letter"),
        LETTERS.c.attempts == bindparam("attempt"),
        LETTERS.c.claimed_at.is_not(None),
        or_(*(LETTERS.c.fate == fate.value for fate in (Fate.WAITING, Fate.HELD))),
    )
    .values(
        try_at=bindparam("again"),
        doubts=LETTERS.c.doubts + bindparam("more_doubts"),
        reason=bindparam("why"),
        claimed_at=None,
    )
)


async def write_down(connection: AsyncConnection, settled: Iterable[Settled]) -> None:
    """In the order of their ids, so that two who write at the same time never block each other."""
    ended: list[dict[str, Any]] = []
    put_back: list[dict[str, Any]] = []
    counted: list[int] = []
    for each in sorted(settled, key=attrgetter("claim.id")):
        row: dict[str, Any] = {"letter": each.claim.id, "why": each.reason}
        if each.fate is Fate.WAITING:
            waits = {"attempt": each.claim.attempt, "again": each.try_at}
            put_back.append(row | waits | {"more_doubts": each.doubts})
        else:
            row |= {"now": each.fate.value, "at": each.at, "message": each.message_id}
            ended.append(row | {"numbers": numbers_of(each.more)})
            if each.claim.letter.kind is LetterKind.NOTICE:
                counted.append(each.claim.id)
    for statement, rows in ((_PUT_BACK, put_back), (_ENDED, ended)):
        if rows:
            await connection.execute(statement, rows)
    await note_letters(connection, counted)
