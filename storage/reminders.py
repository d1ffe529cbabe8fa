"""The rows of who is reminded of what, and of the dates for which letters were written."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.exam_calendar.ports import Plan
from branch.exam_calendar.reminders import Subscriber, Subscription
from branch.people.model import PersonId
from storage.calendar_tables import EXAM_PLANS, REMINDER_SUBSCRIPTIONS
from storage.tables import PEOPLE
from texts.language import Language


class SqlSubscriptions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, person: PersonId) -> Subscription | None:
        rows = await self._connection.execute(
            select(REMINDER_SUBSCRIPTIONS).where(REMINDER_SUBSCRIPTIONS.c.person_id == person)
        )
        row = rows.one_or_none()
        return None if row is None else _subscription(row)

    async def put(self, subscription: Subscription) -> None:
        values = {
            "person_id": subscription.person,
            "milestones": ",".join(sorted(subscription.milestones)),
            "leads": ",".join(map(str, sorted(subscription.leads, reverse=True))),
            "paused_at": subscription.paused_at,
            "no_weekly": int(not subscription.weekly),
            "since": subscription.since,
        }
        insert = _dialect(self._connection).insert(REMINDER_SUBSCRIPTIONS)
        await self._connection.execute(
            insert.values(values).on_conflict_do_update(
                index_elements=[REMINDER_SUBSCRIPTIONS.c.person_id], set_=values
            )
        )

    async def end(self, person: PersonId) -> None:
        await self._connection.execute(
            delete(REMINDER_SUBSCRIPTIONS).where(REMINDER_SUBSCRIPTIONS.c.person_id == person)
        )

    async def active(self, person: PersonId | None = None) -> Sequence[Subscriber]:
        query = (
            select(REMINDER_SUBSCRIPTIONS, PEOPLE.c.language, PEOPLE.c.intake)
            .join(PEOPLE, PEOPLE.c.id == REMINDER_SUBSCRIPTIONS.c.person_id)
            .where(REMINDER_SUBSCRIPTIONS.c.paused_at.is_(None))
            .order_by(REMINDER_SUBSCRIPTIONS.c.person_id)
        )
        if person is not None:
            query = query.where(REMINDER_SUBSCRIPTIONS.c.person_id == person)
        return [
            Subscriber(
                subscription=_subscription(row),
                language=Language(row.language),
                intake=row.intake,
            )
            for row in await self._connection.execute(query)
        ]


class SqlPlans:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self) -> Sequence[Plan]:
        rows = await self._connection.execute(select(EXAM_PLANS))
        return [
            Plan(
                intake=row.intake,
                milestone=row.milestone,
                code=row.code,
                number=row.number,
                planned_at=row.planned_at,
            )
            for row in rows
        ]

    async def put(self, plans: Iterable[Plan]) -> None:
        insert = _dialect(self._connection).insert(EXAM_PLANS)
        changed = {name: insert.excluded[name] for name in ("code", "number", "planned_at")}
        statement = insert.on_conflict_do_update(
            index_elements=[EXAM_PLANS.c.intake, EXAM_PLANS.c.milestone], set_=changed
        )
        rows = [
            {
                "intake": plan.intake,
                "milestone": plan.milestone,
                "code": plan.code,
                "number": plan.number,
                "planned_at": plan.planned_at,
            }
            for plan in plans
        ]
        if rows:
            await self._connection.execute(statement, rows)


def _subscription(row: Any) -> Subscription:
    return Subscription(
        person=PersonId(row.person_id),
        milestones=frozenset(filter(None, row.milestones.split(","))),
        leads=frozenset(map(int, row.leads.split(","))),
        paused_at=row.paused_at,
        since=row.since,
        weekly=not row.no_weekly,
    )


def _dialect(connection: AsyncConnection) -> Any:
    return postgresql if connection.dialect.name == "postgresql" else sqlite
