"""What tickets leave in the log of events; of who asks without a name, nobody's key."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.events.kinds import Kind
from branch.tickets.model import Ticket
from branch.tickets.ports import NewTicket
from storage.events import note
from storage.tables import QuestionRow


async def note_opened(
    connection: AsyncConnection, ticket: Ticket, new: NewTicket, now: datetime
) -> None:
    """And, where the base was asked before, that a person was asked then."""
    await note(
        connection,
        Kind.TICKET_OPENED,
        at=now,
        about=f"ticket:{ticket.id}",
        person=new.asker,
        topic=new.subject,
    )
    if new.asker is None:
        return  # the question would lead to who has asked without a name
    question = await connection.scalar(
        select(QuestionRow.id)
        .where(QuestionRow.person_id == new.asker, QuestionRow.message_id == new.message_id)
        .order_by(QuestionRow.part)
        .limit(1)
    )
    if question is not None:
        about = f"question:{question}"
        await note(connection, Kind.QUESTION_BY_PERSON, at=now, about=about, person=new.asker)


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
