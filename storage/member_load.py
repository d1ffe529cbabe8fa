"""How many tickets each member has answered, counted from events; with their names."""

from datetime import tzinfo
from statistics import median

from sqlalchemy import func, select

from branch.events.kinds import Kind
from branch.people.model import PersonId
from branch.statistics.model import LoadFigures, MemberLoad
from branch.statistics.period import Filter
from storage.event_sql import E, EventSql, within
from storage.event_tables import EventKeyRow
from storage.tables import PersonRow


async def member_load(sql: EventSql, of: Filter, zone: tzinfo) -> LoadFigures:
    """Of the period, whosever tickets they were: a member's own cohort says nothing here."""
    counts = (
        select(E.who, func.count(E.about.distinct()).label("tickets"))
        .where(*within(of, zone, Kind.TICKET_ANSWERED), E.who.is_not(None))
        .group_by(E.who)
        .subquery()
    )
    rows = await sql.connection.execute(
        select(counts.c.tickets, PersonRow.id, PersonRow.name)
        .outerjoin(EventKeyRow, EventKeyRow.key == counts.c.who)
        .outerjoin(PersonRow, PersonRow.id == EventKeyRow.person_id)
        # those who have left stand last among equals, and can be told from each other by nothing
        .order_by(counts.c.tickets.desc(), PersonRow.id.is_(None), PersonRow.id)
    )
    each = tuple(
        MemberLoad(tickets=tickets, person=None if who is None else PersonId(who), name=name)
        for tickets, who, name in rows
    )
    tickets = [load.tickets for load in each]
    return LoadFigures(
        members=len(each),
        tickets=sum(tickets),
        each=each,
        median=float(median(tickets)) if tickets else None,
    )
