"""What another process writes about an entry is on this one's shelf within a second."""

import asyncio
import time

import pytest
from msgspec.structs import replace

from branch.guidance.entry_writing import fingerprint, texts_of
from branch.guidance.revisions import THE_FILES, NewRevision, RevisionDeed, RevisionId
from storage.engine import close_engine, open_engine
from storage.errors import StorageUnavailable
from storage.work import Transactions
from tests.bot.waiting import until
from tests.stage import NOW, Stage, performance
from texts.language import Language


async def elsewhere_written(
    database_url: str, stage: Stage, body: str, *, parent: int = THE_FILES
) -> RevisionId:
    """Another process on the same database changes an answer."""
    entry = stage.parts.services.guidance.shelf.files[
        next(iter(stage.parts.services.guidance.shelf.files))
    ]
    entry = replace(entry, markdown={**entry.markdown, Language.ZH: body})
    engine = open_engine(database_url)
    transactions = Transactions(engine)
    revision = NewRevision(
        slug=entry.slug,
        at=NOW,
        by=None,
        deed=RevisionDeed.EDITED,
        texts=texts_of(entry),
        parent=RevisionId(parent),
        basis=fingerprint(stage.parts.services.guidance.shelf.files[entry.slug]),
    )
    try:
        async with transactions.begin() as work:
            await work.revisions.lock()
            (written,) = await work.revisions.add([revision])
    finally:
        await transactions.close()
        await close_engine(engine)
    return written


def bodies(stage: Stage) -> list[str]:
    return [
        entry.markdown[Language.ZH]
        for entry in stage.parts.services.guidance.shelf.library.library.entries
    ]


async def test_an_edit_elsewhere_is_up_within_a_second(either_url: str) -> None:
    async with performance(either_url, embedding=False) as stage:
        began = time.monotonic()
        await elsewhere_written(either_url, stage, "别处刚改的。")
        await until(lambda: "别处刚改的。" in bodies(stage))
        took = time.monotonic() - began

    assert took < 3.0  # half a second of waiting, the rest is this machine's


async def test_an_edit_before_the_start_is_up_when_the_first_question_comes(
    sqlite_url: str,
) -> None:
    async with performance(sqlite_url, embedding=False) as before:
        await elsewhere_written(sqlite_url, before, "上次开着时改的。")
    async with performance(sqlite_url, embedding=False) as after:
        assert "上次开着时改的。" in bodies(after)


@pytest.mark.usefixtures("short_pauses")
async def test_a_database_that_is_away_for_a_while_is_followed_on(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with performance(sqlite_url, embedding=False) as stage:
        catch_up, tries = stage.parts.services.guidance.shelf.catch_up, 0

        async def away() -> None:
            nonlocal tries
            tries += 1
            if tries == 1:
                raise StorageUnavailable("locked")
            if tries == 2:
                raise ArithmeticError("a fault of ours")
            await catch_up()

        monkeypatch.setattr(stage.parts.services.guidance.shelf, "catch_up", away)
        await elsewhere_written(sqlite_url, stage, "锁过以后改的。")
        async with asyncio.timeout(10):
            await until(lambda: "锁过以后改的。" in bodies(stage))
    assert tries > 2
