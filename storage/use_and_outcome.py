"""Use of guidance beside outcome, counted from events: an association, whatever comes of it."""

from datetime import tzinfo

from sqlalchemy import case, exists, func, select
from sqlalchemy.sql.selectable import Subquery

from branch.events.kinds import Kind
from branch.statistics.kinds import ADVANCED
from branch.statistics.model import Association, Use, UseRow
from branch.statistics.period import Filter
from storage.event_sql import E, EventSql, of_whom
from storage.event_tables import EVENTS


async def use_and_outcome(sql: EventSql, of: Filter, zone: tzinfo) -> Association:
    """How much people had asked before their outcome was reported, and whether they advanced."""
    outcomes = _outcomes(sql, of, zone)
    least = [(outcomes.c.asked >= use.least, use) for use in reversed(Use)]
    use = case(*least)
    advanced = func.sum(case((outcomes.c.kind.in_(ADVANCED), 1), else_=0))
    rows = await sql.connection.execute(select(use, func.count(), advanced).group_by(use))
    found = {Use(row[0]): (row[1], int(row[2])) for row in rows}
    joined, used = await _reach(sql, of, zone)
    return Association(
        joined=joined,
        used=used,
        rows=tuple(
            UseRow(use=each, n=found.get(each, (0, 0))[0], advanced=found.get(each, (0, 0))[1])
            for each in Use
        ),
    )


def _outcomes(sql: EventSql, of: Filter, zone: tzinfo) -> Subquery:
    """What was last said of each, until the period ended, and how much they asked before."""
    _, end = of.period.bounds(zone)
    told = (Kind.OUTCOME_REPORTED, Kind.OUTCOME_VERIFIED)
    last = (
        select(func.max(E.id).label("id"))
        .where(E.kind.in_(told), E.at < end, E.who.is_not(None), *of_whom(of))
        .group_by(E.who)
        .subquery()
    )
    outcome, question = EVENTS.alias().c, EVENTS.alias().c
    asked = (
        select(func.count())
        .where(
            question.who == outcome.who,
            question.kind == Kind.QUESTION_ASKED,
            question.at <= outcome.at,
        )
        .scalar_subquery()
    )
    return (
        select(sql.detail("kind", outcome.details).label("kind"), asked.label("asked"))
        .join(last, last.c.id == outcome.id)
        .subquery()
    )


async def _reach(sql: EventSql, of: Filter, zone: tzinfo) -> tuple[int, int]:
    """How many had joined when the period ended, and how many of them had ever asked."""
    _, end = of.period.bounds(zone)
    joined = (
        select(E.who)
        .where(E.kind == Kind.JOINED, E.at < end, E.who.is_not(None), *of_whom(of))
        .distinct()
        .subquery()
    )
    question = EVENTS.alias().c
    asked = exists().where(
        question.who == joined.c.who, question.kind == Kind.QUESTION_ASKED, question.at < end
    )
    row = (
        await sql.connection.execute(
            select(func.count(), func.coalesce(func.sum(case((asked, 1), else_=0)), 0)).select_from(
                joined
            )
        )
    ).one()
    return row[0], int(row[1])
