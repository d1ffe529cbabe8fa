"""The register: joining once, changing one's own, taking everything away, and leaving no trace."""

import asyncio
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    MetaData,
    Table,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from branch.people.model import CONSENT_VERSION, AuditRecord, Deed, Person, Sender, TelegramId
from branch.people.register import Register, YearOutOfRange
from storage.event_tables import EVENT_KEYS
from storage.tables import AUDIT_LOG, METADATA, PEOPLE, TALKS
from storage.updates import StoredUpdate
from storage.work import Transactions
from texts.language import Language

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
ME = Sender(telegram_id=TelegramId(5_000_000_001), name="林小雨")
OTHER = Sender(telegram_id=TelegramId(5_000_000_002), name="赵同学")


async def join(register: Register, sender: Sender = ME) -> Person:
    return await register.join(sender, language=Language.ZH, now=NOON)


async def test_joining_twice_changes_nothing(
    register: Register, transactions: Transactions
) -> None:
    first = await join(register)
    renamed = Sender(telegram_id=ME.telegram_id, name="别的名字")
    later = NOON + timedelta(days=1)
    again = await register.join(renamed, language=Language.EN, now=later)

    assert again == first
    assert await _audit(transactions) == [AuditRecord(at=NOON, actor=first.id, deed=Deed.JOINED)]


async def test_joining_at_the_same_moment_makes_one_person(
    register: Register, transactions: Transactions, replica: Transactions
) -> None:
    other_process = Register(replica.begin, replica.look)
    async with asyncio.timeout(10):
        people = await asyncio.gather(*(join(each) for each in [register, other_process] * 5))

    assert len(set(people)) == 1
    assert len(await _audit(transactions)) == 1


async def test_changes_are_read_back(register: Register) -> None:
    me, other = await join(register), await join(register, OTHER)
    await register.speak(me, Language.EN)
    await register.graduate_in(me, 2027)
    await register.sit_for(me, 2028)
    kept = await register.as_kept(me, now=NOON)

    assert (kept.language, kept.cohort, kept.intake) == (Language.EN, 2027, 2028)
    assert await register.as_kept(other, now=NOON) == other


@pytest.mark.parametrize("year", [1978, 2099, None])
async def test_years_that_can_be_meant_are_kept(register: Register, year: int | None) -> None:
    me = await join(register)
    await register.graduate_in(me, year)

    assert (await register.as_kept(me, now=NOON)).cohort == year


@pytest.mark.parametrize("year", [1977, 2100, 0, -1, 2**70])
async def test_years_out_of_range_change_nothing(register: Register, year: int) -> None:
    me = await join(register)
    for change in (register.graduate_in, register.sit_for):
        with pytest.raises(YearOutOfRange):
            await change(me, year)

    assert await register.as_kept(me, now=NOON) == me


async def test_somebody_who_has_blocked_us_is_kept_as_unreachable(register: Register) -> None:
    me = await join(register)
    await register.unreachable(me, now=NOON)

    assert (await register.as_kept(me, now=NOON)).unreachable_since == NOON


async def test_somebody_who_has_left_is_as_given(register: Register) -> None:
    me = await join(register)
    await register.forget(me, now=NOON)

    assert await register.as_kept(me, now=NOON) == me


async def test_export_holds_every_row_that_names_the_person(
    register: Register, engine: AsyncEngine
) -> None:
    """A table that points to people.id, in whatever column, is filled here by itself."""
    me, other = await join(register), await join(register, OTHER)
    async with engine.begin() as connection:
        rows = [await _fill_every_table(connection, person) for person in (me, other)]
    exported = await register.export(me, now=NOON)

    pointing = {*await _tables_pointing_to_people(engine), "ticket_edits", "paper_files", "events"}
    assert set(exported) == {"exported_at", "people", "talks", "audit_log", *pointing}
    assert {name: len(exported[name]) for name in rows[0]} == rows[0]
    assert [row["telegram_id"] for row in exported["people"]] == [ME.telegram_id]
    assert [row["actor"] for row in exported["audit_log"]] == [me.id]


async def test_export_is_json_and_recorded(register: Register, transactions: Transactions) -> None:
    me = await join(register)
    await register.graduate_in(me, 2027)
    exported = json.loads(json.dumps(await register.export(me, now=NOON)))

    assert exported["exported_at"] == "2026-11-22T04:00:00+00:00"
    assert exported["people"] == [
        {
            "id": me.id,
            "telegram_id": ME.telegram_id,
            "name": "林小雨",
            "language": "zh",
            "cohort": 2027,
            "intake": None,
            "class_name": None,
            "consented_at": "2026-11-22T04:00:00+00:00",
            "consent_version": CONSENT_VERSION,
            "unreachable_since": None,
        }
    ]
    assert (await _audit(transactions))[0] == AuditRecord(at=NOON, actor=me.id, deed=Deed.EXPORTED)


async def test_forgetting_leaves_a_number_in_the_audit_log_and_nothing_else(
    register: Register, engine: AsyncEngine, transactions: Transactions
) -> None:
    me, other = await join(register), await join(register, OTHER)
    async with engine.begin() as connection:
        for person in (me, other):
            await _fill_every_table(connection, person)
    before = await _mentions(engine, other)
    await _handle_an_update_of(transactions, me)
    await register.forget(me, now=NOON)

    assert await _mentions(engine, me) == {"audit_log": 2}
    assert await _mentions(engine, other) == before
    assert (await _audit(transactions))[0] == AuditRecord(at=NOON, actor=me.id, deed=Deed.FORGOTTEN)
    async with engine.begin() as connection:
        log = (await connection.execute(select(AUDIT_LOG))).all()
    assert ME.name not in str(log)
    assert str(ME.telegram_id) not in str(log)


async def test_forgetting_twice_is_fine_and_coming_back_starts_anew(register: Register) -> None:
    me = await join(register)
    await register.graduate_in(me, 2027)
    for _ in range(2):
        await register.forget(me, now=NOON)
    back = await join(register)

    assert back.id != me.id
    assert back.cohort is None


async def _audit(transactions: Transactions) -> list[AuditRecord]:
    async with transactions.look() as work:
        return [record for _, record in await work.audit.latest(limit=99)]


async def _handle_an_update_of(transactions: Transactions, person: Person) -> None:
    update = StoredUpdate(update_id=1, lane=person.telegram_id, payload=f'"{person.name}"')
    async with transactions.begin() as work:
        await work.updates.store([update], now=NOON)
        await work.updates.finish([1], now=NOON)


def _keys_to_people(table: Table) -> list[ForeignKey]:
    """What is deleted with the person first: a row's number then says whose it is."""
    keys = [key for key in table.foreign_keys if key.column.table is PEOPLE]
    return sorted(keys, key=lambda key: (key.ondelete != "CASCADE", key.parent.name))


async def _tables_pointing_to_people(engine: AsyncEngine) -> list[str]:
    """As the database itself says, whatever the code believes."""

    def read(connection: Any) -> list[str]:
        seen = inspect(connection)
        return [
            name
            for name in seen.get_table_names()
            if any(key["referred_table"] == "people" for key in seen.get_foreign_keys(name))
        ]

    async with engine.begin() as connection:
        return await connection.run_sync(read)


async def _fill_every_table(connection: AsyncConnection, person: Person) -> dict[str, int]:
    """A row for each column that can name the person, and one of what is deleted with theirs.

    How many each table has got.
    """
    filled: dict[str, int] = {}
    theirs = {PEOPLE.name}
    for table in METADATA.sorted_tables:
        keys = _keys_to_people(table)
        hangs = [key for key in table.foreign_keys if key.column.table.name in filled]
        going = [key.column.table.name for key in table.foreign_keys if key.ondelete == "CASCADE"]
        if theirs.isdisjoint(going) and not keys:
            continue  # it belongs to something that stays
        if not theirs.isdisjoint(going):
            theirs.add(table.name)
        if table is EVENT_KEYS:
            filled[table.name] = 1  # everybody has one from the start
            continue
        for number, key in enumerate(keys or hangs[:1]):
            row = _row(table, person.id * 1_000 + number)
            named = [key, *(each for each in keys if not each.parent.nullable)]
            row |= {each.parent.name: person.id for each in named if keys}
            row |= {
                each.parent.name: person.id * 1_000
                + min(number, filled[each.column.table.name] - 1)
                for each in hangs
                if not each.parent.nullable
            }
            await connection.execute(insert(table).values(row))
        if keys or hangs:
            filled[table.name] = len(keys) or 1
    talk = _row(TALKS, person.id) | {"telegram_id": person.telegram_id}
    await connection.execute(insert(TALKS).values(talk))
    return filled


def _row(table: Any, number: int) -> dict[str, Any]:
    return {
        column.name: _value(column, number)
        for column in table.columns
        if not column.nullable and not column.foreign_keys
    }


def _value(column: Column[Any], number: int) -> Any:
    kind = column.type
    if isinstance(getattr(kind, "impl", kind), DateTime):
        return NOON
    if isinstance(kind, Date):
        return NOON.date()
    if isinstance(kind, Float):
        return 0.5
    return number if kind.python_type is int else str(number)


async def _mentions(engine: AsyncEngine, person: Person) -> dict[str, int]:
    """Rows of the real tables in which the person's number, Telegram id or name stands."""
    found: dict[str, int] = {}
    async with engine.begin() as connection:
        reflected = MetaData()
        await connection.run_sync(reflected.reflect)
        for table in reflected.sorted_tables:
            rows: Iterable[Any] = await connection.execute(text(f"SELECT * FROM {table.name}"))  # noqa: S608 -- our own tables' names
            count = sum(_names(table, row._mapping, person) for row in rows)
            if count:
                found[table.name] = count
    return found


def _names(table: Table, row: Any, person: Person) -> bool:
    by_number = {"actor", "about"} if table.name == "audit_log" else {"id"}
    by_number = by_number if table.name in ("audit_log", "people") else set()
    by_number |= {
        key.parent.name for key in table.foreign_keys if key.column.table.name == "people"
    }
    numbered = any(row[name] == person.id for name in by_number)
    return numbered or any(value in (person.telegram_id, person.name) for value in row.values())
