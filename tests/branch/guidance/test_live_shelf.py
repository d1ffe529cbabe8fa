"""What was written in the chat stands over the files: at once, after a restart, elsewhere."""

from collections.abc import Callable
from copy import copy
from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from branch.guidance.entry_texts import EntryTexts
from branch.guidance.entry_writing import fingerprint, texts_of
from branch.guidance.live_shelf import LiveShelf
from branch.guidance.model import Entry, Library, Origin, Slug
from branch.guidance.replies import Answered
from branch.guidance.revisions import (
    THE_FILES,
    NewRevision,
    RevisionDeed,
    RevisionId,
)
from branch.guidance.service import GuidanceLibrary
from storage.work import Transactions
from tests.branch.guidance.conftest import MILESTONES
from texts.language import Language

NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
DATES = Slug("exam-dates")
FILE = "guidance/timeline/exam-dates.md"
Opened = Callable[..., LiveShelf]


@pytest.fixture
def opened(library: Library, transactions: Transactions) -> Opened:
    """A process that has just read the files, or these in place of one of them."""

    def open_shelf(*changed: Entry, gone: Slug | None = None) -> LiveShelf:
        slugs = {entry.slug for entry in changed} | {gone}
        kept = (entry for entry in library.entries if entry.slug not in slugs)
        files = replace(library, entries=(*kept, *changed))
        return LiveShelf(GuidanceLibrary(files), transactions.glance, milestones=lambda: MILESTONES)

    return open_shelf


def reworded(entry: Entry, question: str) -> Entry:
    return replace(entry, questions={**entry.questions, Language.ZH: question})


async def write(
    transactions: Transactions,
    entry: Entry | Slug,
    *,
    over: Entry | None,
    parent: RevisionId = THE_FILES,
    texts: EntryTexts | None = None,
) -> RevisionId:
    """As somebody's edit would: an entry, or a slug that leaves the shelf."""
    retired = not isinstance(entry, Entry)
    revision = NewRevision(
        slug=entry if not isinstance(entry, Entry) else entry.slug,
        at=NOON,
        by=None,
        deed=RevisionDeed.RETIRED if retired else RevisionDeed.EDITED,
        texts=texts or (texts_of(entry) if isinstance(entry, Entry) else None),
        parent=parent,
        basis=fingerprint(over),
    )
    async with transactions.begin() as work:
        await work.revisions.lock()
        (written,) = await work.revisions.add([revision])
    return written


def question(shelf: LiveShelf, slug: Slug = DATES) -> str | None:
    entry = shelf.library.entry(slug)
    return entry.questions[Language.ZH] if entry else None


@pytest.fixture
def dates(library: Library) -> Entry:
    return next(entry for entry in library.entries if entry.slug == DATES)


async def test_an_edit_is_up_after_catching_up_and_after_a_restart(
    opened: Opened, dates: Entry, transactions: Transactions
) -> None:
    running = opened()
    await write(transactions, reworded(dates, "初试定在哪天"), over=dates)
    restarted = opened()
    for shelf in (running, restarted):
        await shelf.catch_up()

        assert question(shelf) == "初试定在哪天"
        reply = shelf.library.ask("初试定在哪天", language=Language.ZH, on=date(2026, 11, 25))
        assert isinstance(reply, Answered)


async def test_only_the_latest_revision_counts(
    opened: Opened, dates: Entry, transactions: Transactions
) -> None:
    first = await write(transactions, reworded(dates, "第一"), over=dates)
    second = await write(transactions, reworded(dates, "第二"), over=dates, parent=first)
    shelf = opened()
    await shelf.catch_up()

    assert question(shelf) == "第二"
    assert shelf.seen == second


async def test_a_retired_entry_leaves_the_shelf_and_comes_back(
    opened: Opened, dates: Entry, transactions: Transactions
) -> None:
    shelf = opened()
    gone = await write(transactions, DATES, over=dates)
    await shelf.catch_up()
    assert question(shelf) is None

    await write(transactions, dates, over=dates, parent=gone)
    await shelf.catch_up()
    assert question(shelf) == "考研初试是哪天"
    assert not shelf.overlays[DATES].differs


async def test_a_file_changed_after_the_edit_is_told_and_the_edit_stays_up(
    opened: Opened, dates: Entry, transactions: Transactions
) -> None:
    await write(transactions, reworded(dates, "聊天里改的"), over=dates)
    shelf = opened(reworded(dates, "文件里改的"))
    await shelf.catch_up()

    assert question(shelf) == "聊天里改的"
    assert [overlay.revision.slug for overlay in shelf.conflicts()] == [DATES]


async def test_a_file_that_says_the_same_as_the_edit_is_no_conflict(
    opened: Opened, dates: Entry, transactions: Transactions
) -> None:
    await write(transactions, reworded(dates, "聊天里改的"), over=dates)
    shelf = opened(reworded(dates, "聊天里改的"))
    await shelf.catch_up()

    assert shelf.conflicts() == []
    assert not shelf.overlays[DATES].differs


async def test_after_an_export_the_file_goes_on_and_an_old_file_does_not_win(
    opened: Opened, dates: Entry, transactions: Transactions
) -> None:
    written = await write(transactions, reworded(dates, "聊天里改的"), over=dates)
    async with transactions.begin() as work:
        await work.revisions.mark_exported([written], at=NOON)
    gone_on, not_deployed = opened(reworded(dates, "后来文件里又改")), opened()
    for shelf in (gone_on, not_deployed):
        await shelf.catch_up()

    assert question(gone_on) == "后来文件里又改"
    assert gone_on.conflicts() == []
    assert question(not_deployed) == "聊天里改的"


async def test_what_cannot_be_read_any_more_leaves_the_file_up(
    opened: Opened, dates: Entry, transactions: Transactions
) -> None:
    written = texts_of(reworded(dates, "聊天里改的"))
    lost = replace(written, texts={Language.ZH: written.texts[Language.ZH] + "{{ lost }}\n"})
    await write(transactions, dates, over=dates, texts=lost)
    shelf = opened()
    await shelf.catch_up()

    assert question(shelf) == "考研初试是哪天"
    assert [overlay.faults for overlay in shelf.unreadable()] == [
        (f"{FILE}:23: the intake 2027 of the calendar has no milestone 'lost'",)
    ]


async def test_nothing_new_changes_nothing(opened: Opened, transactions: Transactions) -> None:
    shelf = opened()
    before = copy(shelf.library.__dict__)
    await shelf.catch_up()

    assert shelf.library.__dict__ == before
    assert shelf.seen == THE_FILES


async def test_a_new_entry_of_another_process_is_found_by_asking(
    opened: Opened, dates: Entry, transactions: Transactions, replica: Transactions
) -> None:
    canteen = replace(
        reworded(dates, "食堂几点关门"),
        slug=Slug("canteen"),
        origin=Origin.CHAT,
        wordings={Language.ZH: ("食堂开到几点", "食堂晚饭到几点", "食堂营业时间")},
        questions={Language.ZH: "食堂几点关门"},
        bodies={Language.ZH: dates.bodies[Language.ZH]},
        markdown={Language.ZH: dates.markdown[Language.ZH]},
    )
    shelf = opened()
    await write(replica, canteen, over=None)
    await shelf.catch_up()

    assert question(shelf, Slug("canteen")) == "食堂几点关门"
    asked = shelf.library.ask("食堂几点关门", language=Language.ZH, on=date(2026, 11, 25))
    assert isinstance(asked, Answered)
    assert asked.entry.slug == "canteen"
