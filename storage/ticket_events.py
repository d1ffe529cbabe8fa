"""What tickets leave in the log of events; of who asks without a name, nobody's key."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.events.kinds import Kind
from branch.tickets.model import Ticket
from branch.tickets.ports import NewTicket
from storage.events import note
from storage.tables import QUESTIONS
from storage.ticket_tables import TICKET_MESSAGES


async def note_opened(
    connection: AsyncConnection, ticket: Ticket, new: NewTicket, now: datetime
) -> None:
    await note(
        connection,
        Kind.TICKET_OPENED,
        at=now,
        about=f"ticket:{ticket.id}",
        person=new.asker,
        topic=new.subject,
    )


async def note_moves(connection: AsyncConnection, before: Ticket, after: Ticket) -> None:
    about = f"ticket:{after.id}"
    if after.answered_at is not None and after.answered_at != before.answered_at:
        await note(
            connection,
            Kind.TICKET_ANSWERED,
            at=after.answered_at,
            about=about,
            person=after.member,
            topic=after.subject,
        )
        if before.answered_at is None:
            await _note_question(connection, after, after.answered_at)
    rating = after.rating
    if rating is not None and rating != before.rating:
        await note(
            connection,
            Kind.TICKET_RATED,
            at=rating.at,
            about=about,
            person=after.asker,
            topic=after.subject,
            value=float(rating.stars),
        )


async def _note_question(connection: AsyncConnection, ticket: Ticket, at: datetime) -> None:
    """Where the base was asked before: a member has answered that question.

    Not of a ticket without a name: the question would lead to who has asked it.
    """
    if ticket.asker is None:
        return
    question = await connection.scalar(
        select(QUESTIONS.c.id)
        .join(TICKET_MESSAGES, TICKET_MESSAGES.c.message_id == QUESTIONS.c.message_id)
        .where(TICKET_MESSAGES.c.ticket_id == ticket.id, QUESTIONS.c.person_id == ticket.asker)
        .order_by(QUESTIONS.c.id)
        .limit(1)
    )
    if question is not None:
        about = f"question:{question}"
        await note(connection, Kind.QUESTION_BY_PERSON, at=at, about=about, person=ticket.asker)
