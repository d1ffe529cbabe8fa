"""What was asked and how it was taken, counted; no query here gives out a person."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, text, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.guidance.feedback import Reason, Verdict
from branch.guidance.question_log import Outcome
from branch.guidance.tallies import Dislike, Tally, Unmet, UnmetWordings
from storage.tables import FEEDBACK, OPENINGS, QUESTIONS

_NOTHING_FITTED = (Outcome.NOT_COVERED, Outcome.NONE_FITS)
_HITS = (Outcome.ANSWERED, Outcome.CHOSEN)


class SqlReports:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def unmet(self, *, since: datetime, until: datetime, limit: int) -> UnmetWordings:
        """What was asked in that time and came to nothing, or to an answer off the point."""
        await self._plan_for_these_days()
        asked = union_all(_came_to_nothing(since, until), _off_the_point(since, until)).subquery()
        times = func.count()
        rows = (
            await self._connection.execute(
                select(
                    asked.c.text,
                    times.label("times"),
                    func.max(asked.c.id).label("question"),
                    func.sum(times).over().label("questions"),
                    func.count().over().label("different"),
                )
                .group_by(asked.c.text)
                .order_by(times.desc(), func.max(asked.c.id).desc())
                .limit(limit)
            )
        ).all()
        return UnmetWordings(
            wordings=[Unmet(row.text, row.times, row.question) for row in rows],
            questions=int(rows[0].questions) if rows else 0,
            different=rows[0].different if rows else 0,
        )

    async def askers(
        self, *, since: datetime, until: datetime, texts: Collection[str]
    ) -> Sequence[tuple[str, int]]:
        """Who used each of these wordings, of what came to nothing: each pair once."""
        asked = union_all(_came_to_nothing(since, until), _off_the_point(since, until)).subquery()
        rows = await self._connection.execute(
            select(asked.c.text, asked.c.person_id).where(asked.c.text.in_(texts)).distinct()
        )
        return [(text, person) for text, person in rows]

    async def text_of(self, question: int) -> str | None:
        """What the question said; None where it was withdrawn with its asker."""
        found = await self._connection.scalar(
            select(QUESTIONS.c.text).where(QUESTIONS.c.id == question)
        )
        return None if found is None else str(found)

    async def outcomes(self, *, since: datetime | None) -> dict[str, int]:
        rows = await self._connection.execute(
            select(QUESTIONS.c.outcome, func.count())
            .where(*_not_before(QUESTIONS.c.asked_at, since))
            .group_by(QUESTIONS.c.outcome)
        )
        return dict(rows.all())

    async def tallies(self, *, since: datetime | None, since_day: date | None) -> dict[str, Tally]:
        """By entry: how often it answered, was chosen, was opened, and how it was judged."""
        hits = await self._counted(
            select(QUESTIONS.c.entry, QUESTIONS.c.outcome, func.count())
            .where(QUESTIONS.c.entry.is_not(None), *_not_before(QUESTIONS.c.asked_at, since))
            .group_by(QUESTIONS.c.entry, QUESTIONS.c.outcome)
        )
        opened = await self._connection.execute(
            select(OPENINGS.c.entry, func.count())
            .where(*_not_before(OPENINGS.c.day, since_day))
            .group_by(OPENINGS.c.entry)
        )
        openings: dict[str, int] = dict(opened.all())
        verdicts = await self.verdicts(since=since)
        return {
            entry: Tally(
                answered=hits.get((entry, Outcome.ANSWERED), 0),
                chosen=hits.get((entry, Outcome.CHOSEN), 0),
                opened=openings.get(entry, 0),
                helpful=verdicts.get(entry, (0, 0))[0],
                not_helpful=verdicts.get(entry, (0, 0))[1],
            )
            for entry in {*(entry for entry, _ in hits), *openings, *verdicts}
        }

    async def verdicts(
        self, *, since: datetime | None, entries: Collection[str] | None = None
    ) -> dict[str, tuple[int, int]]:
        """By entry: whom it helped, and whom not, as they said last."""
        among = [] if entries is None else [FEEDBACK.c.entry.in_(entries)]
        counted = await self._counted(
            select(FEEDBACK.c.entry, FEEDBACK.c.verdict, func.count())
            .where(*_not_before(FEEDBACK.c.given_at, since), *among)
            .group_by(FEEDBACK.c.entry, FEEDBACK.c.verdict)
        )
        return {
            entry: (
                counted.get((entry, Verdict.HELPFUL), 0),
                counted.get((entry, Verdict.NOT_HELPFUL), 0),
            )
            for entry, _ in counted
        }

    async def dislikes(self, entry: str, *, since: datetime, limit: int) -> Sequence[Dislike]:
        """Why the entry did not help, the newest first."""
        rows = await self._connection.execute(
            select(FEEDBACK.c.reason, FEEDBACK.c.words)
            .where(FEEDBACK.c.entry == entry, FEEDBACK.c.verdict == Verdict.NOT_HELPFUL)
            .where(FEEDBACK.c.given_at >= since)
            .order_by(FEEDBACK.c.given_at.desc())
            .limit(limit)
        )
        return [Dislike(row.reason, row.words) for row in rows]

    async def _plan_for_these_days(self) -> None:
        """Until this transaction ends, plan each statement for the span it asks for.

        PostgreSQL otherwise settles on one plan after five times, made for a span it guesses; for
        a month among a million questions that took seconds.
        """
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))

    async def _counted(self, query: Any) -> dict[tuple[str, str], int]:
        rows = await self._connection.execute(query)
        return {(entry, kind): count for entry, kind, count in rows}


def _came_to_nothing(since: datetime, until: datetime) -> Select[int, str, int]:
    return select(QUESTIONS.c.id, QUESTIONS.c.text, QUESTIONS.c.person_id).where(
        QUESTIONS.c.outcome.in_(_NOTHING_FITTED),
        QUESTIONS.c.asked_at >= since,
        QUESTIONS.c.asked_at <= until,
        QUESTIONS.c.text != "",
    )


def _off_the_point(since: datetime, until: datetime) -> Select[int, str, int]:
    """What was asked by those who said that the answer to it was off the point."""
    return (
        select(QUESTIONS.c.id, QUESTIONS.c.text, QUESTIONS.c.person_id)
        .join(
            FEEDBACK,
            (FEEDBACK.c.person_id == QUESTIONS.c.person_id)
            & (FEEDBACK.c.entry == QUESTIONS.c.entry),
        )
        .where(FEEDBACK.c.reason == Reason.OFF_THE_POINT, FEEDBACK.c.given_at.between(since, until))
        .where(QUESTIONS.c.outcome.in_(_HITS), QUESTIONS.c.text != "")
    )


def _not_before(column: Any, since: date | None) -> list[ColumnElement[bool]]:
    return [] if since is None else [column >= since]
