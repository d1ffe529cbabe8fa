"""When something goes wrong: the person is told, the log has the reason, nothing is lost."""

import logging
import re
import sqlite3
from typing import Any

import pytest
from msgspec.structs import replace
from telegram import Update
from telegram.ext import CommandHandler

from bot.assembly import Parts
from handlers.visit import Context
from tests.bot.waiting import until
from tests.stage import Person, Stage, performance


def with_a_fault(parts: Parts) -> None:
    """A handler of ours that fails, before all others."""

    async def fail(_update: Update, _context: Context) -> None:
        raise ZeroDivisionError("a fault of ours")

    parts.application.handlers[0].insert(0, CommandHandler("fail", fail))


@pytest.mark.parametrize(
    ("language", "told"),
    [("中文", "这边出了点问题，刚才那一下没有办成，请再试一次（参考号 {}）。"), ("English", None)],
)
async def test_a_failing_handler_is_told_with_a_reference_that_is_in_the_log(
    sqlite_url: str, language: str, told: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    async with performance(sqlite_url, change=with_a_fault) as stage:
        person = stage.person(language_code="zh-hans" if language == "中文" else "en")
        await person.joins(language=language)
        await person.types("/fail")
        reference = re.findall(r"\b[0-9A-F]{4}\b", person.hears)[-1]

        assert told is None or person.hears == told.format(reference)
        assert told is not None or person.hears.isascii()
        (record,) = [each for each in caplog.records if each.levelno == logging.ERROR]
        assert record.getMessage().startswith(f"reference {reference}, update ")
        assert "ZeroDivisionError: a fault of ours" in caplog.text

        await person.types("/help")
        assert "参考号" not in person.hears


async def test_a_failure_leaves_the_form_as_it_was(sqlite_url: str) -> None:
    async with performance(sqlite_url, change=with_a_fault) as stage:
        person = stage.person()
        await person.types("/start")
        await person.taps("同意")
        await person.types("/fail")
        assert "参考号" in person.hears
        await person.taps("2027")
        assert any("（2/2）" in each for each in person.heard)


async def unreachable(stage: Stage, person: Person) -> bool:
    async with stage.parts.transactions.look() as work:
        kept = await work.people.by_telegram(person.id, now=stage.clock.now())  # type: ignore[arg-type]  # a number is the id
    assert kept is not None
    return kept.unreachable_since is not None


async def test_who_blocks_us_is_unreachable_until_they_write_again(
    student: Person, stage: Stage
) -> None:
    stage.world.block(student.id)
    await stage.settle()
    blocked = await unreachable(stage, student)
    stage.world.unblock(student.id)
    await student.types("/help")

    assert blocked
    assert not await unreachable(stage, student)


async def test_a_reply_to_somebody_who_blocks_us_meanwhile_marks_them(
    student: Person, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """The update was on its way when they blocked us; nobody is apologised to."""
    caplog.set_level(logging.INFO)
    stage.world.say(student.id, student.id, "/help")
    account = stage.world.person(student.id)
    stage.world.people[student.id] = replace(account, has_blocked=True)
    await stage.settle()
    marked = await unreachable(stage, student)
    stage.world.people[student.id] = account
    await student.types("/help")

    assert marked
    assert not await unreachable(stage, student)
    assert "Traceback" not in caplog.text


@pytest.mark.usefixtures("short_pauses", "impatient_database")
async def test_a_database_that_goes_away_in_the_midst_is_waited_for(
    sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)

    def going_away(parts: Parts) -> None:
        """After the update was kept, and before the handler can write."""
        handle = parts.lanes._handle

        async def locked_first(update: Any) -> None:
            if "locks" in update.payload:
                other.execute("BEGIN IMMEDIATE")
            await handle(update)

        parts.lanes._handle = locked_first

    async with performance(sqlite_url, change=going_away) as stage:
        person = stage.person()
        await person.joins()
        heard = len(person.heard)
        stage.world.say(person.id, person.id, "/ask locks 今年考研哪天考")
        await until(lambda: "the database is locked" in caplog.text)
        silent = len(person.heard) == heard
        other.execute("ROLLBACK")
        other.close()
        await stage.settle()

        assert silent
        assert len(person.heard) == heard + 1
        assert "参考号" not in person.hears
