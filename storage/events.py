"""Writes events, in the transaction of what happened: one statement each.

Who it was is looked up where it is written: their key, their cohort and class as they are then.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Insert, cast, insert, literal, null, select
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.events.kinds import Kind, Path
from branch.outbox.kinds import LetterKind
from branch.people.model import PersonId
from storage.dialects import insert_into
from storage.event_tables import EVENT_KEYS, EVENTS
from storage.letter_tables import LETTERS
from storage.tables import PEOPLE

_COLUMNS: Final = (
    "at",
    "kind",
    "who",
    "about",
    "path",
    "cohort",
    "class_name",
    "topic",
    "stage",
    "value",
    "details",
)
_SHAPE: Final = EVENTS.c


async def give_key(connection: AsyncConnection, person: PersonId) -> None:
    """From now on their events can be told from others', by a key drawn by lot."""
    await connection.execute(
        insert_into(connection, EVENT_KEYS)
        .values(person_id=person, key=secrets.token_hex(16))
        .on_conflict_do_nothing()
    )


async def note(
    connection: AsyncConnection,
    kind: Kind,
    *,
    at: datetime,
    about: str = "",
    person: PersonId | int | None = None,
    path: Path = Path.CHAT,
    topic: str | None = None,
    stage: str | None = None,
    value: float | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Of `person`, or of nobody."""
    given: dict[str, Any] = {
        "at": at,
        "kind": kind.value,
        "about": about,
        "path": path.value,
        "topic": topic,
        "stage": stage,
        "value": value,
        "details": json.dumps(dict(details), ensure_ascii=False) if details else "",
    }
    if person is None:
        await connection.execute(insert(EVENTS).values(**given))
    else:
        await connection.execute(_of(person, given))


def _of(person: PersonId | int, given: Mapping[str, Any]) -> Insert:
    """With their key, and their cohort and class as they are now."""
    constants = {name: literal(each, _SHAPE[name].type) for name, each in given.items()}
    theirs = {
        "who": EVENT_KEYS.c.key,
        "cohort": PEOPLE.c.cohort,
        "class_name": PEOPLE.c.class_name,
    }
    return insert(EVENTS).from_select(
        list(_COLUMNS),
        select(*((constants | theirs)[name] for name in _COLUMNS))
        .join(EVENT_KEYS, EVENT_KEYS.c.person_id == PEOPLE.c.id)
        .where(PEOPLE.c.id == person),
    )


async def note_letters(connection: AsyncConnection, letters: Sequence[int]) -> None:
    """What has become of letters of notices; the others are not counted."""
    if not letters:
        return
    columns = _letter_columns()
    await connection.execute(
        insert(EVENTS).from_select(
            list(columns),
            select(*columns.values())
            .join(PEOPLE, PEOPLE.c.id == LETTERS.c.person_id)
            .join(EVENT_KEYS, EVENT_KEYS.c.person_id == PEOPLE.c.id)
            .where(
                LETTERS.c.id.in_(letters),
                LETTERS.c.kind == LetterKind.NOTICE,
                LETTERS.c.settled_at.is_not(None),
            ),
        )
    )


def _letter_columns() -> dict[str, Any]:
    fate = literal('{"fate": "') + LETTERS.c.fate + literal('"}')
    return {
        "at": LETTERS.c.settled_at,
        "kind": literal(Kind.LETTER_SETTLED.value),
        "who": EVENT_KEYS.c.key,
        "about": LETTERS.c.about,
        "path": literal(Path.CLOCK.value),
        "cohort": PEOPLE.c.cohort,
        "class_name": PEOPLE.c.class_name,
        "topic": cast(null(), _SHAPE.topic.type),
        "stage": cast(null(), _SHAPE.stage.type),
        "value": cast(null(), _SHAPE.value.type),
        "details": cast(fate, _SHAPE.details.type),
    }
