"""The figures of the branch, counted from events; of people, only a member's load has a name."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.selectable import Subquery

from branch.events.kinds import Kind
from branch.statistics.kinds import ANSWERS, BLOCKED, DELIVERED
from branch.statistics.model import (
    Association,
    DayFigures,
    LoadFigures,
    NoticeFigures,
    PaperFigures,
    QuestionFigures,
    ResearchFigures,
    TicketFigures,
    Ways,
)
from branch.statistics.period import Filter
from branch.statistics.ports import TicketRow
from storage.event_sql import E, EventSql, of_whom, within
from storage.event_tables import EVENTS
from storage.member_load import member_load
from storage.tables import PEOPLE
from storage.use_and_outcome import use_and_outcome

_RANKS = {kind: rank for rank, kind in enumerate(reversed(ANSWERS), start=1)}
_PARTS = {None: "unanswered", 1: "base", 2: "choice", 3: "person"}


class SqlStatistics:
    def __init__(self, connection: AsyncConnection) -> None:
        self._sql = EventSql(connection)

    async def questions(self, of: Filter, zone: tzinfo) -> QuestionFigures:
        await self._sql.plan_for_these_days()
        asked = self._asked(of, zone)
        rows = await self._sql.connection.execute(
            select(asked.c.topic, asked.c.stage, asked.c.rank, func.count()).group_by(
                asked.c.topic, asked.c.stage, asked.c.rank
            )
        )
        whole: dict[str, int] = defaultdict(int)
        topics: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        stages: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for topic, stage, rank, count in rows:
            part = _PARTS[rank]
            for counts in (whole, topics[topic or ""], stages[stage or ""]):
                counts[part] += count
        return QuestionFigures(
            ways=_ways(whole),
            by_topic={name: _ways(counts) for name, counts in topics.items()},
            by_stage={name: _ways(counts) for name, counts in stages.items()},
            over_time=await self._sql.line(Kind.QUESTION_ASKED, of, zone),
            over_time_before=await self._sql.line(Kind.QUESTION_ASKED, of.before(), zone),
        )

    async def ways(self, of: Filter, zone: tzinfo) -> Ways:
        await self._sql.plan_for_these_days()
        asked = self._asked(of, zone)
        counts = await self._sql.counted(select(asked.c.rank, func.count()).group_by(asked.c.rank))
        return _ways({_PARTS[rank]: count for rank, count in counts.items()})

    def _asked(self, of: Filter, zone: tzinfo) -> Subquery:
        """Each question of the period, and the rank of the way it was answered, whenever it was."""
        answer = EVENTS.alias().c
        rank = func.max(case(*((answer.kind == kind, n) for kind, n in _RANKS.items())))
        here = [*within(of, zone, Kind.QUESTION_ASKED), *of_whom(of)]
        if not self._sql.postgres:
            # a look into an index for each is cheaper here than sorting all answers
            found = (
                select(rank)
                .where(answer.about == E.about, answer.kind.in_(ANSWERS))
                .scalar_subquery()
            )
            return select(E.topic, E.stage, found.label("rank")).where(*here).subquery()
        start, _ = of.period.bounds(zone)
        answers = (
            select(answer.about, rank.label("rank"))
            .where(answer.kind.in_(ANSWERS), answer.at >= start)
            .group_by(answer.about)
            .subquery()
        )
        return (
            select(E.topic, E.stage, answers.c.rank)
            .outerjoin(answers, answers.c.about == E.about)
            .where(*here)
            .subquery()
        )

    async def tickets(self, of: Filter, zone: tzinfo) -> TicketFigures:
        await self._sql.plan_for_these_days()
        opened = [*within(of, zone, Kind.TICKET_OPENED), *of_whom(of)]
        first = self._answers_of_tickets(of, zone)
        spans = (
            select((self._sql.seconds(first.c.first) - self._sql.seconds(E.at)).label("seconds"))
            .join(first, first.c.about == E.about)
            .where(*opened)
            .subquery()
        )
        times = await self._sql.durations(spans)
        return TicketFigures(
            opened=await self._sql.number(select(func.count()).select_from(EVENTS).where(*opened)),
            answered=times.n,
            first_answer=times,
            ratings=await self._sql.ratings(Kind.TICKET_RATED, of, zone),
        )

    def _answers_of_tickets(self, of: Filter, zone: tzinfo) -> Subquery:
        """The first answer of each ticket, and how many; since the period began."""
        start, _ = of.period.bounds(zone)
        answer = EVENTS.alias().c
        return (
            select(answer.about, func.min(answer.at).label("first"), func.count().label("answers"))
            .where(answer.kind == Kind.TICKET_ANSWERED, answer.at >= start)
            .group_by(answer.about)
            .subquery()
        )

    async def load(self, of: Filter, zone: tzinfo) -> LoadFigures:
        return await member_load(self._sql, of, zone)

    async def notices(self, of: Filter, zone: tzinfo) -> NoticeFigures:
        await self._sql.plan_for_these_days()
        start, _ = of.period.bounds(zone)
        sent = (
            select(E.about, func.min(E.at).label("sent_at"))
            .where(*within(of, zone, Kind.NOTICE_SENT))
            .group_by(E.about)
            .subquery()
        )
        fate = self._sql.detail("fate")
        fates = await self._sql.counted(
            select(fate, func.count())
            .join(sent, sent.c.about == E.about)
            .where(E.kind == Kind.LETTER_SETTLED, E.at >= start, *of_whom(of))
            .group_by(fate)
        )
        spans = (
            select((self._sql.seconds(E.at) - self._sql.seconds(sent.c.sent_at)).label("seconds"))
            .join(sent, sent.c.about == E.about)
            .where(E.kind == Kind.NOTICE_ACKNOWLEDGED, E.at >= start, *of_whom(of))
            .subquery()
        )
        times = await self._sql.durations(spans)
        letters, delivered = sum(fates.values()), fates.get(DELIVERED, 0)
        blocked = fates.get(BLOCKED, 0)
        return NoticeFigures(
            notices=await self._sql.number(select(func.count()).select_from(sent)),
            letters=letters,
            delivered=delivered,
            blocked=blocked,
            failed=letters - delivered - blocked,
            acknowledged=times.n,
            to_acknowledge=times,
        )

    async def days(self, of: Filter, zone: tzinfo) -> DayFigures:
        await self._sql.plan_for_these_days()
        row = (await self._sql.connection.execute(self._who_came(of, zone))).one()
        signed_up = self._pairs(of, zone, Kind.DAY_SIGNED_UP)
        return DayFigures(
            days=row[0],
            signed_up=await self._sql.number(select(func.count()).select_from(signed_up)),
            came=row[1],
            came_of_signed_up=int(row[2]),
            ratings=await self._sql.ratings(Kind.DAY_RATED, of, zone),
        )

    def _who_came(self, of: Filter, zone: tzinfo) -> Select[int, int, int]:
        """How many days, how many people came, and how many of those had signed up for it."""
        came = self._pairs(of, zone, Kind.DAY_ATTENDED)
        before = EVENTS.alias().c
        signed_up = before.kind == Kind.DAY_SIGNED_UP
        days, people = func.count(came.c.about.distinct()), func.count()
        if self._sql.postgres:
            # all sign-ups at once: a look into an index for each took seconds among millions
            pairs = select(before.about, before.who).where(signed_up).distinct().subquery()
            same = and_(pairs.c.about == came.c.about, pairs.c.who == came.c.who)
            both = select(days, people, func.count(pairs.c.who))
            return both.select_from(came).outerjoin(pairs, same)
        same = and_(before.about == came.c.about, before.who == came.c.who)
        had = case((exists().where(signed_up, same), 1), else_=0)
        return select(days, people, func.coalesce(func.sum(had), 0)).select_from(came)

    def _pairs(self, of: Filter, zone: tzinfo, kind: Kind) -> Subquery:
        """Who and what about, each once."""
        here = [*within(of, zone, kind), *of_whom(of), E.who.is_not(None)]
        return select(E.about, E.who).where(*here).distinct().subquery()

    async def papers(self, of: Filter, zone: tzinfo) -> PaperFigures:
        here = [*within(of, zone, Kind.PAPER_SUBMITTED), *of_whom(of)]
        query = select(func.count(E.about.distinct()), func.count(E.who.distinct())).where(*here)
        submitted, authors = (await self._sql.connection.execute(query)).one()
        return PaperFigures(
            submitted=submitted,
            authors=authors,
            decided=await self._by_detail("decision", Kind.PAPER_DECIDED, of, zone),
        )

    async def research(self, of: Filter, zone: tzinfo) -> ResearchFigures:
        here = [*within(of, zone, Kind.ACHIEVEMENT_CONFIRMED), *of_whom(of)]
        return ResearchFigures(
            confirmed=await self._by_detail("kind", Kind.ACHIEVEMENT_CONFIRMED, of, zone),
            people=await self._sql.number(select(func.count(E.who.distinct())).where(*here)),
        )

    async def _by_detail(self, name: str, kind: Kind, of: Filter, zone: tzinfo) -> dict[str, int]:
        detail = self._sql.detail(name)
        return await self._sql.counted(
            select(detail, func.count())
            .where(*within(of, zone, kind), *of_whom(of))
            .group_by(detail)
            .order_by(func.count().desc(), detail)
        )

    async def association(self, of: Filter, zone: tzinfo) -> Association:
        await self._sql.plan_for_these_days()
        return await use_and_outcome(self._sql, of, zone)

    async def ticket_rows(self, of: Filter, zone: tzinfo, *, limit: int) -> Sequence[TicketRow]:
        await self._sql.plan_for_these_days()
        found = (await self._sql.connection.execute(self._ticket_rows(of, zone, limit))).all()
        return [
            TicketRow(
                ticket=int(row.about.rpartition(":")[2]),
                opened_at=row.at,
                topic=row.topic or "",
                stage=row.stage or "",
                answered_at=row.first,
                answers=row.answers or 0,
                rating=None if row.rating is None else int(row.rating),
            )
            for row in reversed(found)
        ]

    def _ticket_rows(self, of: Filter, zone: tzinfo, limit: int) -> Select[Any]:
        first, rated = self._answers_of_tickets(of, zone), EVENTS.alias().c
        start, _ = of.period.bounds(zone)
        last = (
            select(rated.about, func.max(rated.id).label("id"))
            .where(rated.kind == Kind.TICKET_RATED, rated.at >= start)
            .group_by(rated.about)
            .subquery()
        )
        rating = EVENTS.alias()
        return (
            select(E.about, E.at, E.topic, E.stage, first.c.first, first.c.answers)
            .add_columns(rating.c.value.label("rating"))
            .outerjoin(first, first.c.about == E.about)
            .outerjoin(last, last.c.about == E.about)
            .outerjoin(rating, rating.c.id == last.c.id)
            .where(and_(*within(of, zone, Kind.TICKET_OPENED)), *of_whom(of))
            .order_by(E.at.desc(), E.id.desc())
            .limit(limit)
        )

    async def groups(self) -> Sequence[tuple[int | None, str | None, int]]:
        rows = await self._sql.connection.execute(
            select(PEOPLE.c.cohort, PEOPLE.c.class_name, func.count())
            .group_by(PEOPLE.c.cohort, PEOPLE.c.class_name)
            .order_by(PEOPLE.c.cohort.desc(), PEOPLE.c.class_name)
        )
        return [(cohort, class_name, count) for cohort, class_name, count in rows]


def _ways(counts: dict[str, int]) -> Ways:
    return Ways(**counts, total=sum(counts.values()))
