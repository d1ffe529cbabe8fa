"""What a list of tickets is of, as conditions on rows, and its order."""

import html
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from branch.tickets.model import WAITING, TicketState
from branch.tickets.records import Sought, Which
from storage.ticket_tables import TICKET_MESSAGES, TICKETS

_WAITING = TICKETS.c.state.in_(WAITING)
MOST_FOUND = 1000
"""Messages that hold what is sought, the newest; their tickets are found."""
Conditions = list[ColumnElement[bool]]


def found(sought: Sought) -> tuple[Conditions, list[Any]]:
    """The conditions, and the order: of what waits the urgent and the oldest first."""
    conditions = [*_standing(sought), *_about(sought)]
    waiting = sought.which in (Which.WAITING, Which.NEW, Which.SNOOZED)
    if waiting:
        return conditions, [TICKETS.c.priority.desc(), TICKETS.c.id]
    if sought.which is Which.OVERDUE:
        return conditions, [TICKETS.c.promised_at, TICKETS.c.id]
    return conditions, [TICKETS.c.id.desc()]


def _standing(sought: Sought) -> Conditions:
    now = sought.now
    awake = or_(TICKETS.c.snoozed_until.is_(None), TICKETS.c.snoozed_until <= now)
    standing: dict[Which, Conditions] = {
        Which.WAITING: [_WAITING, awake],
        Which.NEW: [TICKETS.c.state == TicketState.OPEN, awake],
        Which.OVERDUE: [_WAITING, TICKETS.c.promised_at < now, awake],
        Which.SNOOZED: [_WAITING, TICKETS.c.snoozed_until > now],
        Which.ANSWERED: [TICKETS.c.state == TicketState.ANSWERED],
        Which.CLOSED: [TICKETS.c.state == TicketState.CLOSED],
        Which.ALL: [],
    }
    return standing[sought.which]


def _about(sought: Sought) -> Conditions:
    conditions: Conditions = []
    if sought.member is not None:
        conditions.append(TICKETS.c.member_id == sought.member)
    if sought.subject is not None:
        conditions.append(TICKETS.c.subject == sought.subject)
    if sought.pseudonym is not None:
        conditions.append(TICKETS.c.pseudonym == sought.pseudonym)
    if sought.tag:
        tags = func.coalesce(" " + TICKETS.c.tags + " ", "")
        conditions.append(tags.contains(f" {sought.tag} ", autoescape=True))
    if sought.words:
        conditions.append(_says(sought.words))
    return conditions


def _says(words: str) -> ColumnElement[bool]:
    """Somebody has said this in it; what is kept is escaped, and so are the words.

    All that was said is read, the newest first, until enough is found: looking into each ticket's
    lines takes three times as long, and nobody turns over a thousand finds. Chinese has no small
    letters, and comparing as if it had takes twice as long.
    """
    said, text = html.escape(words, quote=False), TICKET_MESSAGES.c.text
    cased = said.lower() != said.upper()
    holds = text.icontains if cased else text.contains
    newest = (
        select(TICKET_MESSAGES.c.ticket_id)
        .where(holds(said, autoescape=True))
        .order_by(TICKET_MESSAGES.c.id.desc())
        .limit(MOST_FOUND)
    )
    return TICKETS.c.id.in_(select(newest.subquery().c.ticket_id))
