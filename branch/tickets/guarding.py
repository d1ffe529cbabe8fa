"""Keeps the desk from being flooded: how much one person may ask, and who is to be quiet."""

from datetime import datetime, timedelta
from typing import Final

from branch.people.model import PersonId
from branch.tickets.errors import Muted, TooManyThisHour, TooManyToday, TooManyWaiting
from branch.tickets.ports import TicketWork

MOST_WAITING: Final = 5
MOST_A_DAY: Final = 10
MOST_AN_HOUR: Final = 30
"""Messages into tickets; an album's photos are one each."""
_HOUR: Final = timedelta(hours=1)


async def guard_opening(
    work: TicketWork, asker: PersonId, *, anonymous: bool, now: datetime
) -> None:
    """Raises Muted, TooManyThisHour, TooManyWaiting, TooManyToday."""
    await guard(work, asker, anonymous=anonymous, now=now)
    if await work.tickets.count_waiting(asker) >= MOST_WAITING:
        raise TooManyWaiting
    if await work.tickets.count_since(asker, since=now - timedelta(days=1)) >= MOST_A_DAY:
        raise TooManyToday


async def guard(work: TicketWork, asker: PersonId, *, anonymous: bool, now: datetime) -> None:
    """Raises Muted, TooManyThisHour."""
    until = await work.ticket_records.muted_until(asker, anonymous=anonymous, now=now)
    if until is not None:
        raise Muted(until)
    said = await work.tickets.said_since(asker, since=now - _HOUR)
    if len(said) >= MOST_AN_HOUR:
        raise TooManyThisHour(said[-MOST_AN_HOUR] + _HOUR)
