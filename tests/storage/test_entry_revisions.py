"""Revisions: kept in order, told with their author's name, which goes when the author goes."""

import asyncio

import pytest
from sqlalchemy.exc import IntegrityError

from branch.guidance.entry_texts import EntryTexts
from branch.guidance.model import Slug, TopicId
from branch.guidance.revisions import THE_FILES, NewRevision, RevisionDeed, RevisionId
from branch.people.model import Person
from storage.work import Transactions
from tests.storage.newcomers import NOON, newcomer
from texts.language import Language

TEXT = EntryTexts(
    slug=Slug("money"),
    topic=TopicId("fees"),
    texts={Language.ZH: "---\n“学费” 😀\n", Language.EN: "---\nFees\n"},
)


def revision(
    slug: str = "money",
    *,
    by: Person | None = None,
    parent: int = THE_FILES,
    texts: EntryTexts | None = TEXT,
) -> NewRevision:
    return NewRevision(
        slug=Slug(slug),
        at=NOON,
        by=by.id if by else None,
        deed=RevisionDeed.EDITED,
        texts=texts,
        parent=RevisionId(parent),
        basis="f" * 64,
    )


async def add(transactions: Transactions, *revisions: NewRevision) -> list[RevisionId]:
    async with transactions.begin() as work:
        await work.revisions.lock()
        return list(await work.revisions.add(revisions))


async def test_a_revision_is_kept_as_it_was_written(transactions: Transactions) -> None:
    person = await newcomer(transactions)
    (written,) = await add(transactions, revision(by=person))

    async with transactions.look() as work:
        (kept,) = await work.revisions.of(Slug("money"), limit=5)
        newest = await work.revisions.newest()
    assert newest == kept.id == written
    assert (kept.slug, kept.at, kept.by, kept.by_name) == ("money", NOON, person.id, "林小雨")
    assert (kept.texts, kept.parent, kept.basis) == (TEXT, THE_FILES, "f" * 64)
    assert not kept.exported


async def test_the_latest_of_each_entry_come_in_order(transactions: Transactions) -> None:
    first = await add(transactions, revision("a"), revision("b"), revision("c"))
    again = await add(transactions, revision("a", parent=first[0], texts=None))

    async with transactions.look() as work:
        everything = await work.revisions.latest(after=THE_FILES)
        since = await work.revisions.latest(after=first[1])
    assert [(each.slug, each.id) for each in everything] == [
        ("b", first[1]),
        ("c", first[2]),
        ("a", again[0]),
    ]
    assert [each.slug for each in since] == ["c", "a"]
    assert everything[-1].texts is None


async def test_two_that_follow_the_same_revision_are_one_too_many(
    transactions: Transactions, replica: Transactions
) -> None:
    async with asyncio.timeout(10):
        ended = await asyncio.gather(
            *(add(each, revision()) for each in (transactions, replica)), return_exceptions=True
        )

    faults = [each for each in ended if isinstance(each, BaseException)]
    assert [type(fault) for fault in faults] == [IntegrityError]


async def test_thousands_are_written_at_once_and_in_order(transactions: Transactions) -> None:
    ids = await add(transactions, *(revision(f"faq-{number}") for number in range(1200)))

    async with transactions.look() as work:
        latest = await work.revisions.latest(after=THE_FILES)
    assert [each.slug for each in latest] == [f"faq-{number}" for number in range(1200)]
    assert [each.id for each in latest] == ids == sorted(ids)


async def test_a_forgotten_author_leaves_the_text_and_no_name(transactions: Transactions) -> None:
    person = await newcomer(transactions)
    await add(transactions, revision(by=person))
    async with transactions.begin() as work:
        await work.people.forget(person)

    async with transactions.look() as work:
        (kept,) = await work.revisions.of(Slug("money"), limit=5)
    assert (kept.by, kept.by_name, kept.texts) == (None, None, TEXT)


async def test_what_was_exported_is_marked(transactions: Transactions) -> None:
    ids = await add(transactions, revision("a"), revision("b"))
    async with transactions.begin() as work:
        await work.revisions.mark_exported([ids[1]], at=NOON)

    async with transactions.look() as work:
        latest = await work.revisions.latest(after=THE_FILES)
    assert [(each.slug, each.exported) for each in latest] == [("a", False), ("b", True)]


@pytest.mark.parametrize("limit", [1, 2])
async def test_history_comes_newest_first(transactions: Transactions, limit: int) -> None:
    first = (await add(transactions, revision()))[0]
    second = (await add(transactions, revision(parent=first)))[0]

    async with transactions.look() as work:
        history = await work.revisions.of(Slug("money"), limit=limit)
    assert [each.id for each in history] == [second, first][:limit]
