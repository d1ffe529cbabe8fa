"""What rows of all areas say of one person's part in the branch."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.people.life import ComingDay, Life, OwnPaper
from branch.people.model import PersonId
from branch.research.achievement import AchievementState
from branch.theme_days.model import Answer, DayState
from storage.paper_tables import SUBMISSIONS
from storage.research_tables import ACHIEVEMENTS
from storage.tables import ROLE_GRANTS
from storage.theme_day_tables import ATTENDANCES, SIGN_UPS, THEME_DAYS
from storage.ticket_tables import TICKETS

MOST_PAPERS = 10


class SqlLives:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, person: PersonId, *, since: datetime, now: datetime) -> Life:
        held = and_(THEME_DAYS.c.state == DayState.OPEN, THEME_DAYS.c.starts_at.between(since, now))
        there = ATTENDANCES.c.day_id == THEME_DAYS.c.id
        return Life(
            coming=await self._coming(person, now),
            came=await self._count(ATTENDANCES, ATTENDANCES.c.person_id == person, held, there),
            held=await self._count(THEME_DAYS, held),
            papers=await self._papers(person),
            achievements=await self._achievements(person),
            answered=await self._count(
                TICKETS, TICKETS.c.member_id == person, TICKETS.c.answered_at.is_not(None)
            ),
            term_until=await self._term(person, now),
        )

    async def _coming(self, person: PersonId, now: datetime) -> list[ComingDay]:
        rows = await self._connection.execute(
            select(THEME_DAYS.c.title, THEME_DAYS.c.starts_at, SIGN_UPS.c.answer)
            .join(SIGN_UPS, SIGN_UPS.c.day_id == THEME_DAYS.c.id)
            .where(
                SIGN_UPS.c.person_id == person,
                SIGN_UPS.c.answer != Answer.CANNOT,
                THEME_DAYS.c.state == DayState.OPEN,
                THEME_DAYS.c.starts_at > now,
            )
            .order_by(THEME_DAYS.c.starts_at)
        )
        return [ComingDay(title=title, starts_at=at, answer=answer) for title, at, answer in rows]

    async def _papers(self, person: PersonId) -> list[OwnPaper]:
        row = SUBMISSIONS.c
        rows = await self._connection.execute(
            select(row.title, row.receipt, row.state)
            .where(row.author_id == person)
            .order_by(row.id.desc())
            .limit(MOST_PAPERS)
        )
        return [
            OwnPaper(title=title, receipt=receipt, state=state) for title, receipt, state in rows
        ]

    async def _achievements(self, person: PersonId) -> list[tuple[str, int, int]]:
        row = ACHIEVEMENTS.c
        confirmed = func.sum(case((row.state == AchievementState.CONFIRMED, 1), else_=0))
        waiting = func.sum(case((row.state == AchievementState.CLAIMED, 1), else_=0))
        rows = await self._connection.execute(
            select(row.kind, confirmed, waiting)
            .where(row.reporter_id == person)
            .group_by(row.kind)
            .order_by(row.kind)
        )
        return [(kind, int(sure), int(open_)) for kind, sure, open_ in rows if sure or open_]

    async def _term(self, person: PersonId, now: datetime) -> datetime | None:
        """When the last of their roles ends; None where one has no end, or there is none."""
        row = ROLE_GRANTS.c
        ends = list(
            await self._connection.scalars(
                select(row.until).where(
                    row.person_id == person,
                    row.ended_at.is_(None),
                    or_(row.until.is_(None), row.until > now),
                )
            )
        )
        known = [each for each in ends if each is not None]
        return max(known) if known and len(known) == len(ends) else None

    async def _count(self, table: Any, *where: Any) -> int:
        counted = await self._connection.execute(
            select(func.count()).select_from(table).where(*where)
        )
        return int(counted.scalar_one())
