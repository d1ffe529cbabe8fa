"""How many tickets each member has answered, counted from events; with their names."""

from datetime import tzinfo
from statistics import median

from sqlalchemy import func, select

from branch.events.kinds import Kind
from branch.people.model import PersonId
from branch.statistics.model import LoadFigures, MemberLoad
from branch.statistics.period import Filter
from storage.event_sql import E, EventSql, within
from storage.event_tables import EVENT_KEYS
from storage.tables import PEOPLE


async def member_load(sql: EventSql, of: Filter, zone: tzinfo) -> LoadFigures:
    """Of the period, whosever tickets they were: a member's own cohort says nothing here."""
    counts = (
        select(E.who, func.count(E.about.distinct()).label("tickets"))
        .where(*within(of, zone, Kind.TICKET_ANSWERED), E.who.is_not(None))
        .group_by(E.who)
        .subquery()
    )
    rows = await sql.connection.execute(
        select(counts.c.tickets, PEOPLE.c.id, PEOPLE.c.name)
        .outerjoin(EVENT_KEYS, EVENT_KEYS.c.key == counts.c.who)
        .outerjoin(PEOPLE, PEOPLE.c.id == EVENT_KEYS.c.person_id)
        # those who have left stand last among equals, and can be told from each other by nothing
        .order_by(counts.c.tickets.desc(), PEOPLE.c.id.is_(None), PEOPLE.c.id)
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
