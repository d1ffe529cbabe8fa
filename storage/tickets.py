"""The rows of tickets, written with a version check."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.people.model import PersonId, Role, TelegramId
from branch.tickets.duties import Load
from branch.tickets.model import (
    WAITING,
    ClosedBy,
    Gist,
    Pseudonym,
    Rating,
    Subject,
    Ticket,
    TicketId,
    TicketState,
)
from branch.tickets.ports import NewTicket
from branch.tickets.records import Move, Sought, Which
from storage.dialects import insert_into
from storage.tables import PEOPLE, ROLE_GRANTS
from storage.ticket_events import note_moves, note_opened
from storage.ticket_lists import found
from storage.ticket_tables import TICKET_EVENTS, TICKET_IDENTITIES, TICKET_MESSAGES, TICKETS

_MEMBER, _ASKER = PEOPLE.alias(), PEOPLE.alias()
NAMED: Select[Any] = (
    select(TICKETS, _MEMBER.c.name.label("member_name"), _ASKER.c.name.label("asker_name"))
    .join(_MEMBER, _MEMBER.c.id == TICKETS.c.member_id, isouter=True)
    .join(_ASKER, _ASKER.c.id == TICKETS.c.person_id, isouter=True)
)
# the very words of the partial indexes
_WAITING = TICKETS.c.state.in_(WAITING)


class SqlTickets:
    def __init__(self, connection: AsyncConnection, admin_ids: frozenset[TelegramId]) -> None:
        self._connection = connection
        self._admin_ids = admin_ids

    async def add(self, new: NewTicket, *, now: datetime) -> tuple[Ticket, bool]:
        added = await self._connection.execute(
            insert_into(self._connection, TICKETS)
            .values(
                person_id=new.asker,
                pseudonym=new.pseudonym,
                message_id=new.message_id,
                intake=new.intake,
                subject=new.subject,
                gist=new.gist,
                asked_at=now,
                promised_at=new.promised_at,
                state=TicketState.OPEN,
                priority=int(new.urgent),
                version=1,
            )
            .on_conflict_do_nothing()
            .returning(TICKETS.c.id)
        )
        is_new = added.scalar_one_or_none() is not None
        whose = (
            TICKETS.c.pseudonym == new.pseudonym
            if new.asker is None
            else TICKETS.c.person_id == new.asker
        )
        ticket = await self._one(NAMED.where(whose, TICKETS.c.message_id == new.message_id))
        assert ticket is not None, "written in this transaction, if not before"
        if is_new:
            await note_opened(self._connection, ticket, new, now)
        return ticket, is_new

    async def get(self, ticket_id: TicketId) -> Ticket | None:
        return await self._one(NAMED.where(TICKETS.c.id == ticket_id))

    async def by_message(self, asker: PersonId, message_id: int) -> Ticket | None:
        return await self._one(NAMED.where(theirs(asker), TICKETS.c.message_id == message_id))

    async def is_of(self, ticket_id: TicketId, asker: PersonId) -> bool:
        return await self._count(TICKETS.c.id == ticket_id, theirs(asker)) > 0

    async def save(self, ticket: Ticket) -> bool:
        rating, before = ticket.rating, await self.get(ticket.id)
        written = await self._connection.execute(
            update(TICKETS)
            .where(TICKETS.c.id == ticket.id, TICKETS.c.version == ticket.version)
            .values(
                subject=ticket.subject,
                promised_at=ticket.promised_at,
                state=ticket.state,
                priority=int(ticket.urgent),
                tags=" ".join(ticket.tags) or None,
                member_id=ticket.member,
                claimed_at=ticket.claimed_at,
                answered_at=ticket.answered_at,
                closed_at=ticket.closed_at,
                closed_by=ticket.closed_by,
                snoozed_until=ticket.snoozed_until,
                stars=rating and rating.stars,
                rating_reason=rating and rating.reason,
                rated_at=rating and rating.at,
                version=ticket.version + 1,
            )
        )
        saved = written.rowcount == 1
        if saved and before is not None:
            await note_moves(self._connection, before, ticket)
        return saved

    async def say_again(self, ticket_id: TicketId, gist: str) -> None:
        await self._connection.execute(
            update(TICKETS).where(TICKETS.c.id == ticket_id).values(gist=gist)
        )

    async def count_waiting(self, asker: PersonId) -> int:
        return await self._count(theirs(asker), _WAITING)

    async def count_since(self, asker: PersonId, *, since: datetime) -> int:
        return await self._count(theirs(asker), TICKETS.c.asked_at > since)

    async def said_since(self, asker: PersonId, *, since: datetime) -> Sequence[datetime]:
        rows = await self._connection.execute(
            select(TICKET_MESSAGES.c.at)
            .join(TICKETS, TICKETS.c.id == TICKET_MESSAGES.c.ticket_id)
            .where(theirs(asker), TICKET_MESSAGES.c.side == "asker", TICKET_MESSAGES.c.at > since)
            .order_by(TICKET_MESSAGES.c.at)
        )
        return list(rows.scalars())

    async def of(
        self, asker: PersonId, *, limit: int, offset: int = 0
    ) -> tuple[Sequence[Ticket], int]:
        newest = NAMED.where(theirs(asker)).order_by(TICKETS.c.id.desc())
        page = await self._all(newest.limit(limit).offset(offset))
        return page, await self._count(theirs(asker))

    async def before(self, ticket: Ticket, *, limit: int) -> Sequence[Ticket]:
        same = (
            TICKETS.c.pseudonym == ticket.pseudonym
            if ticket.asker is None
            else TICKETS.c.person_id == ticket.asker
        )
        earlier = NAMED.where(same, TICKETS.c.id < ticket.id)
        return await self._all(earlier.order_by(TICKETS.c.id.desc()).limit(limit))

    async def found(
        self, sought: Sought, *, limit: int, offset: int
    ) -> tuple[Sequence[Ticket], int]:
        conditions, order = found(sought)
        if not sought.words:
            page = NAMED.where(*conditions).order_by(*order).limit(limit).offset(offset)
            return await self._all(page), await self._count(*conditions)
        # all that was said is read once, for the page and for the count
        every = await self._connection.scalars(
            select(TICKETS.c.id).where(*conditions).order_by(*order)
        )
        numbers = every.all()
        page = NAMED.where(TICKETS.c.id.in_(numbers[offset : offset + limit])).order_by(*order)
        return await self._all(page), len(numbers)

    async def count(self, sought: Sought) -> int:
        conditions, _ = found(sought)
        return await self._count(*conditions)

    async def answered(self, *, limit: int) -> Sequence[Gist]:
        done = TICKETS.c.answered_at.is_not(None)
        return await self._gists(done, TICKETS.c.id.desc(), limit)

    async def waiting(self, *, limit: int) -> Sequence[Gist]:
        return await self._gists(_WAITING, TICKETS.c.id.asc(), limit)

    async def _gists(
        self, condition: ColumnElement[bool], order: Any, limit: int
    ) -> Sequence[Gist]:
        rows = await self._connection.execute(
            select(TICKETS.c.id, TICKETS.c.gist).where(condition).order_by(order).limit(limit)
        )
        return [Gist(TicketId(row.id), row.gist) for row in rows]

    async def all_closed(self) -> bool:
        open_ones = select(TICKETS.c.id).where(TICKETS.c.state != TicketState.CLOSED).limit(1)
        return await self._connection.scalar(open_ones) is None

    async def loads(self, *, since: datetime) -> Mapping[PersonId, Load]:
        in_hand = TICKETS.c.state == TicketState.CLAIMED
        answered = and_(TICKETS.c.state == TicketState.ANSWERED, TICKETS.c.answered_at > since)
        rows = await self._connection.execute(
            select(
                TICKETS.c.member_id,
                func.sum(case((in_hand, 1), else_=0)).label("in_hand"),
                func.sum(case((in_hand, 0), else_=1)).label("answered"),
            )
            .where(TICKETS.c.member_id.is_not(None), or_(in_hand, answered))
            .group_by(TICKETS.c.member_id)
        )
        return {PersonId(row.member_id): Load(row.in_hand, row.answered) for row in rows}

    async def late(self, *, now: datetime, limit: int) -> Sequence[Ticket]:
        said = exists().where(
            TICKET_EVENTS.c.ticket_id == TICKETS.c.id,
            TICKET_EVENTS.c.move == Move.ESCALATED,
            TICKET_EVENTS.c.at >= TICKETS.c.promised_at,
        )
        conditions, order = found(Sought(which=Which.OVERDUE, now=now))
        return await self._all(NAMED.where(*conditions, ~said).order_by(*order).limit(limit))

    async def held_by_others_than_members(self, *, now: datetime) -> Sequence[Ticket]:
        covering = [role for role in Role if role.covers(Role.MEMBER)]
        in_force = exists().where(
            ROLE_GRANTS.c.person_id == TICKETS.c.member_id,
            ROLE_GRANTS.c.role.in_(covering),
            ROLE_GRANTS.c.ended_at.is_(None),
            or_(ROLE_GRANTS.c.until.is_(None), ROLE_GRANTS.c.until > now),
        )
        held = NAMED.where(TICKETS.c.state == TicketState.CLAIMED, ~in_force)
        if self._admin_ids:
            held = held.where(
                or_(PEOPLE.c.id.is_(None), PEOPLE.c.telegram_id.not_in(self._admin_ids))
            )
        return await self._all(held.order_by(TICKETS.c.id))

    async def silent_since(self, moment: datetime, *, limit: int) -> Sequence[Ticket]:
        answered = TICKETS.c.state == TicketState.ANSWERED
        silent = NAMED.where(answered, TICKETS.c.answered_at <= moment)
        return await self._all(silent.order_by(TICKETS.c.id).limit(limit))

    async def _count(self, *conditions: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(TICKETS).where(*conditions)
        return int((await self._connection.execute(query)).scalar_one())

    async def _one(self, query: Select[Any]) -> Ticket | None:
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _ticket(row)

    async def _all(self, query: Select[Any]) -> Sequence[Ticket]:
        return [_ticket(row) for row in await self._connection.execute(query)]


def theirs(asker: PersonId) -> ColumnElement[bool]:
    """Whether a ticket is this person's, named or not; the answer names nobody."""
    pseudonym = select(TICKET_IDENTITIES.c.pseudonym).where(TICKET_IDENTITIES.c.person_id == asker)
    return or_(TICKETS.c.person_id == asker, TICKETS.c.pseudonym == pseudonym.scalar_subquery())


def _ticket(row: Any) -> Ticket:
    return Ticket(
        id=TicketId(row.id),
        asker=None if row.person_id is None else PersonId(row.person_id),
        pseudonym=None if row.pseudonym is None else Pseudonym(row.pseudonym),
        intake=row.intake,
        subject=None if row.subject is None else Subject(row.subject),
        gist=row.gist,
        asked_at=row.asked_at,
        promised_at=row.promised_at,
        state=TicketState(row.state),
        urgent=row.priority > 0,
        tags=tuple((row.tags or "").split()),
        member=None if row.member_id is None else PersonId(row.member_id),
        member_name=row.member_name,
        asker_name=row.asker_name,
        claimed_at=row.claimed_at,
        answered_at=row.answered_at,
        closed_at=row.closed_at,
        closed_by=None if row.closed_by is None else ClosedBy(row.closed_by),
        snoozed_until=row.snoozed_until,
        rating=None if row.stars is None else Rating(row.stars, row.rating_reason, row.rated_at),
        version=row.version,
    )
