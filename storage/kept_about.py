"""Everything kept about a person, found from the tables themselves, also those to come."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, ForeignKey, Table, and_, false, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.people.model import Person
from storage.event_tables import EVENT_KEYS, EVENTS
from storage.paper_tables import PAPER_PROPOSALS, PAPER_REVIEWS
from storage.tables import AUDIT_LOG, METADATA, PEOPLE, TALKS
from storage.ticket_tables import TICKET_MESSAGES

_NOT_SHOWN: Final[dict[Any, Callable[[Any], Any]]] = {
    TICKET_MESSAGES: lambda table: table.c.side != "note",
    PAPER_REVIEWS: lambda _table: false(),
    PAPER_PROPOSALS: lambda table: table.c.released_at.is_not(None),
}
"""What goes with somebody's things and is not theirs to read: what members noted among them, what
reviewers say of a paper, and what is to become of it before that is let out.
"""


async def everything_about(connection: AsyncConnection, person: Person) -> dict[str, Any]:
    """The rows that name the person, and those that hang on what is theirs, by table.

    Of anybody else whom such a row names, nothing: not even a number.
    """
    kept: dict[str, Any] = {}
    for table in METADATA.sorted_tables:
        condition = _about(table, person)
        if condition is None:
            continue
        in_order = select(table).where(condition).order_by(*table.primary_key.columns)
        rows = await connection.execute(in_order)
        others = [column.name for column in _naming_a_person(table)]
        kept[table.name] = [
            _plain(dict(row._mapping), others, person.id)  # noqa: SLF001 -- SQLAlchemy's public name
            for row in rows
        ]
    return kept


def _about(table: Table, person: Person) -> ColumnElement[bool] | None:
    if table is TALKS:
        return TALKS.c.telegram_id == person.telegram_id
    if table is EVENTS:  # their own key leads to them, as long as they have one
        theirs = select(EVENT_KEYS.c.key).where(EVENT_KEYS.c.person_id == person.id)
        return EVENTS.c.who.in_(theirs)
    named = [column == person.id for column in _naming_a_person(table)]
    hanging = _hanging(table, person)
    if hanging is not None:
        visible = _NOT_SHOWN.get(table)
        named.append(hanging if visible is None else and_(hanging, visible(table)))
    return or_(*named) if named else None


def _owned(table: Any, person: Person) -> ColumnElement[bool] | None:
    """The rows that are deleted with the person; None where there are never any."""
    if table is PEOPLE:
        mine: ColumnElement[bool] = PEOPLE.c.id == person.id
        return mine
    theirs = [key.parent == person.id for key in _cascading(table) if key.column.table is PEOPLE]
    hanging = _hanging(table, person)
    conditions = [*theirs, *([] if hanging is None else [hanging])]
    return or_(*conditions) if conditions else None


def _hanging(table: Any, person: Person) -> ColumnElement[bool] | None:
    """The rows that are deleted with something of the person's."""
    on = [
        key.parent.in_(select(key.column).where(owned))
        for key in _cascading(table)
        if key.column.table is not PEOPLE
        for owned in [_owned(key.column.table, person)]
        if owned is not None
    ]
    return or_(*on) if on else None


def _cascading(table: Any) -> list[ForeignKey]:
    return [key for key in table.foreign_keys if key.ondelete == "CASCADE"]


def _naming_a_person(table: Table) -> list[Column[Any]]:
    if table is PEOPLE:
        return [PEOPLE.c.id]
    if table is AUDIT_LOG:  # its numbers outlive the people, so they are no foreign keys
        return [table.c.actor, table.c.about]
    return [key.parent for key in table.foreign_keys if key.column is PEOPLE.c.id]


def _plain(row: dict[str, Any], people: list[str], mine: int) -> dict[str, Any]:
    hidden = {name: None for name in people if row[name] != mine}
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in (row | hidden).items()
    }
