"""Members change entries: tried before, kept, audited, undone; of two at once one wins."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from branch.content.provenance import Reliability, Source
from branch.guidance.entry_fields import Field
from branch.guidance.errors import (
    EntryMovedOn,
    EntryUnknown,
    GoldenBroken,
    NothingToUndo,
    WordingTaken,
)
from branch.guidance.knowledge import KnowledgeBook
from branch.guidance.live_shelf import LiveShelf
from branch.guidance.model import Entry, Library, Origin, Slug, TopicId
from branch.guidance.publishing import Publishing, Step
from branch.guidance.replies import Answered
from branch.guidance.revisions import THE_FILES, RevisionDeed
from branch.guidance.service import GuidanceLibrary
from branch.people.errors import NotAllowed
from branch.people.model import Deed, Person, Role
from storage.work import Transactions
from tests.branch.guidance.conftest import MILESTONES
from tests.storage.newcomers import newcomer
from texts.language import Language

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
DATES, FEES = Slug("exam-dates"), Slug("tuition")
Opened = Callable[[Transactions], KnowledgeBook]


@pytest.fixture
def opened(library: Library) -> Opened:
    """A process of its own on the database."""

    def open_book(transactions: Transactions) -> KnowledgeBook:
        shelf = LiveShelf(
            GuidanceLibrary(library), transactions.glance, milestones=lambda: MILESTONES
        )
        publishing = Publishing(transactions.begin, shelf, zone=ZONE)
        return KnowledgeBook(
            transactions.look, shelf, publishing, milestones=lambda: MILESTONES, zone=ZONE
        )

    return open_book


@pytest.fixture
def book(opened: Opened, transactions: Transactions) -> KnowledgeBook:
    return opened(transactions)


async def a_member(transactions: Transactions, telegram_id: int, name: str) -> Person:
    person = await newcomer(transactions, telegram_id, name)
    async with transactions.begin() as work:
        await work.roles.grant(person.id, Role.MEMBER, by=None, now=NOW, until=None)
    return person


@pytest.fixture
async def member(transactions: Transactions) -> Person:
    return await a_member(transactions, 5_001, "王学长")


@pytest.fixture
async def other(transactions: Transactions) -> Person:
    return await a_member(transactions, 5_002, "李学姐")


def canteen(book: KnowledgeBook) -> Entry:
    usual = book.library.library.entries[0]
    entry = replace(
        usual,
        slug=Slug("canteen"),
        topic=TopicId("money"),
        questions={},
        bodies={},
        wordings={},
        markdown={},
        not_wordings=(),
        related=(),
        source=Source(name="后勤处"),
        intake=None,
        reliability=Reliability.C,
        needs_check="还没对照过",
        origin=Origin.CHAT,
    )
    changes = {
        Field.QUESTION: "食堂几点关门",
        Field.BODY: "晚上八点。",
        Field.WORDINGS: "食堂开到几点\n食堂营业时间\n食堂晚饭到几点",
    }
    return book.revised(entry, changes, now=NOW)


def asked(book: KnowledgeBook, question: str) -> str | None:
    reply = book.library.ask(question, language=Language.ZH, on=date(2026, 11, 25))
    return reply.entry.slug if isinstance(reply, Answered) else None


async def deeds(transactions: Transactions) -> list[tuple[Deed, object]]:
    async with transactions.look() as work:
        records = await work.audit.latest(limit=20)
    return [(each.deed, (each.details or {}).get("entry")) for _, each in reversed(records)]


async def test_a_new_entry_is_answered_at_once_and_kept_once(
    book: KnowledgeBook, member: Person, transactions: Transactions
) -> None:
    assert asked(book, "食堂几点关门") is None

    card = await book.add(member, canteen(book), now=NOW)
    again = await book.add(member, canteen(book), now=NOW)

    assert asked(book, "食堂几点关门") == "canteen"
    assert again.version == card.version
    assert [each.deed for each in await book.history(member, Slug("canteen"), now=NOW)] == [
        RevisionDeed.ADDED
    ]
    assert await deeds(transactions) == [(Deed.ENTRY_ADDED, "canteen")]


async def test_an_edit_is_shown_kept_and_audited(
    book: KnowledgeBook, member: Person, transactions: Transactions
) -> None:
    card = await book.see(member, FEES, now=NOW)
    cheaper = book.revised(card.entry, {Field.BODY: "一年 **9000** 元。"}, now=NOW)
    after = await book.edit(member, cheaper, over=card.version, now=NOW)

    assert after.entry.markdown[Language.ZH] == "一年 **9000** 元。"
    assert after.latest is not None
    assert (after.latest.by_name, after.latest.deed) == ("王学长", RevisionDeed.EDITED)
    assert await deeds(transactions) == [(Deed.ENTRY_EDITED, "tuition")]


async def test_an_edit_that_changes_nothing_writes_nothing(
    book: KnowledgeBook, member: Person, transactions: Transactions
) -> None:
    card = await book.see(member, FEES, now=NOW)
    await book.edit(member, replace(card.entry), over=card.version, now=NOW)

    assert await deeds(transactions) == []


async def test_of_two_who_edit_the_same_one_wins_and_the_other_is_told_by_whom(
    opened: Opened,
    transactions: Transactions,
    replica: Transactions,
    member: Person,
    other: Person,
) -> None:
    mine, theirs = opened(transactions), opened(replica)
    card = await mine.see(member, FEES, now=NOW)

    async def edit(book: KnowledgeBook, person: Person, body: str) -> object:
        entry = book.revised(card.entry, {Field.BODY: body}, now=NOW)
        try:
            return await book.edit(person, entry, over=card.version, now=NOW)
        except EntryMovedOn as moved:
            return moved

    async with asyncio.timeout(30):
        ended = await asyncio.gather(edit(mine, member, "甲写的"), edit(theirs, other, "乙写的"))

    (lost,) = [each for each in ended if isinstance(each, EntryMovedOn)]
    winner = other if isinstance(ended[0], EntryMovedOn) else member
    assert lost.revision.by_name == winner.name
    assert len(await mine.history(member, FEES, now=NOW)) == 1


async def test_different_entries_edited_at_once_are_both_up_everywhere(
    opened: Opened,
    transactions: Transactions,
    replica: Transactions,
    member: Person,
    other: Person,
) -> None:
    mine, theirs = opened(transactions), opened(replica)

    async def edit(book: KnowledgeBook, person: Person, slug: Slug, body: str) -> None:
        card = await book.see(person, slug, now=NOW)
        entry = book.revised(card.entry, {Field.BODY: body}, now=NOW)
        await book.edit(person, entry, over=card.version, now=NOW)

    async with asyncio.timeout(30):
        await asyncio.gather(
            edit(mine, member, FEES, "甲写的"), edit(theirs, other, DATES, "乙写的")
        )
    for book in (mine, theirs):
        shown = [(await book.see(member, slug, now=NOW)).entry for slug in (FEES, DATES)]
        assert [entry.markdown[Language.ZH] for entry in shown] == ["甲写的", "乙写的"]


async def test_an_edit_that_breaks_a_golden_question_is_refused_with_what_broke(
    book: KnowledgeBook, member: Person, transactions: Transactions
) -> None:
    card = await book.see(member, DATES, now=NOW)
    spoiled = replace(
        card.entry,
        questions={Language.ZH: "宿舍怎么分"},
        wordings={Language.ZH: ("宿舍几人间", "住哪个楼", "宿舍有空调吗")},
        bodies={Language.ZH: card.entry.bodies[Language.ZH]},
        markdown={Language.ZH: card.entry.markdown[Language.ZH]},
        origin=Origin.CHAT,
    )
    with pytest.raises(GoldenBroken) as refused:
        await book.edit(member, spoiled, over=card.version, now=NOW)

    (broken,) = refused.value.broken
    assert (broken.ask, broken.expected, broken.before) == (
        "笔试到底是几号",
        ("exam-dates",),
        ("exam-dates",),
    )
    assert broken.now != ("exam-dates",)
    assert asked(book, "考研初试是哪天") == "exam-dates"
    assert await deeds(transactions) == []


async def test_an_entry_that_answers_what_must_not_be_answered_is_refused(
    book: KnowledgeBook, member: Person
) -> None:
    meat = book.revised(
        canteen(book),
        {
            Field.QUESTION: "怎样做红烧肉",
            Field.WORDINGS: "红烧肉怎么做\n怎么做红烧肉\n红烧肉做法",
        },
        now=NOW,
    )
    with pytest.raises(GoldenBroken) as refused:
        await book.add(member, meat, now=NOW)

    assert [(each.ask, each.now) for each in refused.value.broken] == [
        ("怎样做红烧肉", ("canteen",))
    ]


async def test_a_retired_entry_is_off_the_shelf_and_can_be_put_back(
    book: KnowledgeBook, member: Person, transactions: Transactions
) -> None:
    card = await book.see(member, FEES, now=NOW)
    gone = await book.retire(member, FEES, over=card.version, now=NOW)

    assert not gone.on_shelf
    assert gone.entry.questions == card.entry.questions
    assert book.library.entry(FEES) is None
    assert [entry.slug for entry in await book.retired(member, now=NOW)] == [FEES]

    back = await book.restore(member, FEES, over=gone.version, now=NOW)
    assert back.entry == card.entry
    assert await book.retired(member, now=NOW) == ()
    assert await deeds(transactions) == [
        (Deed.ENTRY_RETIRED, "tuition"),
        (Deed.ENTRY_RESTORED, "tuition"),
    ]


async def test_undo_takes_back_and_undo_again_brings_back(
    book: KnowledgeBook, member: Person
) -> None:
    card = await book.see(member, FEES, now=NOW)
    with pytest.raises(NothingToUndo):
        await book.undo(member, FEES, over=card.version, now=NOW)
    for body in ("一", "二"):
        card = await book.see(member, FEES, now=NOW)
        entry = book.revised(card.entry, {Field.BODY: body}, now=NOW)
        await book.edit(member, entry, over=card.version, now=NOW)

    seen = []
    for _ in range(3):
        card = await book.see(member, FEES, now=NOW)
        card = await book.undo(member, FEES, over=card.version, now=NOW)
        seen.append(card.entry.markdown[Language.ZH])
    assert seen == ["一", "二", "一"]


async def test_undoing_an_addition_takes_it_away_and_a_second_tap_says_it_moved_on(
    book: KnowledgeBook, member: Person
) -> None:
    card = await book.add(member, canteen(book), now=NOW)
    after = await book.undo(member, Slug("canteen"), over=card.version, now=NOW)

    assert not after.on_shelf
    with pytest.raises(EntryMovedOn):
        await book.undo(member, Slug("canteen"), over=card.version, now=NOW)


async def test_looking_again_is_noted_once_a_day(
    book: KnowledgeBook, member: Person, transactions: Transactions
) -> None:
    before = (await book.see(member, FEES, now=NOW)).entry
    await book.confirm(member, FEES, now=NOW)
    card = await book.confirm(member, FEES, now=NOW)

    assert card.entry.checked_on == date(2026, 11, 25)
    assert card.entry.review_after - card.entry.checked_on == (
        before.review_after - before.checked_on
    )
    assert await deeds(transactions) == [(Deed.ENTRY_CHECKED, "tuition")]


async def test_a_wording_that_another_entry_has_is_refused(
    book: KnowledgeBook, member: Person
) -> None:
    taken = book.revised(canteen(book), {Field.WORDINGS: "食堂\n一年要交多少钱"}, now=NOW)
    with pytest.raises(WordingTaken) as refused:
        await book.add(member, taken, now=NOW)

    assert (refused.value.wording, refused.value.slug) == ("一年要交多少钱", "tuition")


async def test_what_is_there_already_is_pointed_out(book: KnowledgeBook) -> None:
    near = await book.near(["学费多少钱", "专硕学费多少"], now=NOW)
    itself = await book.near(["专硕学费多少"], now=NOW, but=FEES)

    assert near[0].entry.slug == "tuition"
    assert "专硕学费多少" in near[0].answers
    assert FEES not in {each.entry.slug for each in itself}


async def test_search_finds_by_words_and_by_meaning(book: KnowledgeBook, member: Person) -> None:
    for words, slug in [("自划线", "dalian-line"), ("tuition", "tuition"), ("笔试几号", DATES)]:
        found = await book.find(member, words, language=Language.ZH, now=NOW)
        assert found[0].slug == slug, words


async def test_who_is_no_member_may_nothing(
    book: KnowledgeBook, transactions: Transactions, member: Person
) -> None:
    student = await newcomer(transactions, 6_001)
    card = await book.see(member, FEES, now=NOW)
    entry = canteen(book)
    attempts = [
        book.see(student, FEES, now=NOW),
        book.find(student, "学费", language=Language.ZH, now=NOW),
        book.history(student, FEES, now=NOW),
        book.due(student, now=NOW),
        book.retired(student, now=NOW),
        book.add(student, entry, now=NOW),
        book.edit(student, entry, over=card.version, now=NOW),
        book.confirm(student, FEES, now=NOW),
        book.retire(student, FEES, over=card.version, now=NOW),
        book.restore(student, FEES, over=card.version, now=NOW),
        book.undo(student, FEES, over=card.version, now=NOW),
        book.take_files(student, FEES, over=card.version, now=NOW),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            await attempt
    assert await deeds(transactions) == []


async def test_a_role_that_ended_between_looking_and_saving_saves_nothing(
    book: KnowledgeBook, member: Person, transactions: Transactions
) -> None:
    card = await book.see(member, FEES, now=NOW)
    async with transactions.begin() as work:
        (grant,) = await work.roles.active(now=NOW)
        await work.roles.end(grant.id, by=member.id, now=NOW)
    entry = book.revised(card.entry, {Field.BODY: "晚了"}, now=NOW)
    with pytest.raises(NotAllowed):
        await book.edit(member, entry, over=card.version, now=NOW)


async def test_an_entry_nobody_knows(book: KnowledgeBook, member: Person) -> None:
    with pytest.raises(EntryUnknown):
        await book.see(member, Slug("no-such"), now=NOW)


async def test_an_edit_of_an_entry_short_of_wordings_says_that_it_is_the_chats(
    book: KnowledgeBook, member: Person
) -> None:
    card = await book.see(member, FEES, now=NOW)
    short = book.revised(card.entry, {Field.WORDINGS: "学费\n学费贵吗"}, now=NOW)
    longer = book.revised(card.entry, {Field.SOURCE: "财务处 https://cw.example.edu/"}, now=NOW)

    assert (short.origin, longer.origin) == (Origin.CHAT, Origin.FILE)
    assert (await book.edit(member, short, over=card.version, now=NOW)).entry == short


async def test_what_is_due_after_the_turn_of_the_season(
    book: KnowledgeBook, member: Person
) -> None:
    in_july = datetime(2027, 7, 2, 4, 0, tzinfo=UTC)
    before = await book.due(member, now=NOW)
    after = await book.due(member, now=in_july)
    await book.confirm(member, DATES, now=in_july)
    rest = await book.due(member, now=in_july + timedelta(days=1))

    assert before == ()
    assert DATES in {entry.slug for entry in after}
    assert DATES not in {entry.slug for entry in rest}


async def test_what_somebody_looked_at_is_not_tried_again(
    library: Library, transactions: Transactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = LiveShelf(GuidanceLibrary(library), transactions.glance, milestones=lambda: MILESTONES)
    publishing = Publishing(transactions.begin, shelf, zone=ZONE)
    new = replace(
        library.entries[0],
        slug=Slug("canteen"),
        questions={Language.ZH: "食堂几点关门"},
        wordings={Language.ZH: ("食堂开到几点", "晚上食堂还开吗", "食堂关门时间")},
    )
    step = Step(slug=new.slug, entry=new, deed=RevisionDeed.ADDED, parent=THE_FILES)
    trials: list[object] = []
    whole = GuidanceLibrary.trial

    def counted(
        of: GuidanceLibrary, changed: Sequence[Entry], removed: Sequence[Slug] = ()
    ) -> GuidanceLibrary:
        trials.append(changed)
        return whole(of, changed, removed)

    monkeypatch.setattr(GuidanceLibrary, "trial", counted)
    publishing.foresee([step], now=NOW)
    async with asyncio.TaskGroup() as group:
        ahead = group.create_task(publishing.try_ahead())
        await asyncio.sleep(0)
        await publishing.put_up(None, [step], now=NOW)
        ahead.cancel()

    assert len(trials) == 1
    assert shelf.library.entry("canteen") is not None
