"""Members who reach for one ticket at the same moment: one has it, nothing is lost."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from branch.outbox.model import LetterKind
from branch.people.errors import NotAllowed
from branch.people.model import Person, Role, Sender, TelegramId
from branch.tickets.errors import TicketGone, TicketOver, TicketTaken, TooManyWaiting
from branch.tickets.letters import TicketLetters
from branch.tickets.model import Ticket, TicketId, TicketState
from branch.tickets.service import MOST_WAITING, TicketDesk
from storage.engine import close_engine, open_engine
from storage.work import Transactions
from texts.language import Language
from texts.renderer import Texts

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


@pytest.fixture
async def transactions(either_url: str) -> AsyncIterator[Transactions]:
    engine: AsyncEngine = open_engine(either_url)
    yield Transactions(engine)
    await close_engine(engine)


@pytest.fixture
async def replica(either_url: str) -> AsyncIterator[Transactions]:
    engine = open_engine(either_url)
    yield Transactions(engine)
    await close_engine(engine)


def desk_of(transactions: Transactions) -> TicketDesk:
    letters = TicketLetters(
        Texts(ZoneInfo("Asia/Shanghai")),
        take=lambda ticket: f"take:{ticket}",
        show=lambda ticket: f"ticket:{ticket}",
        pass_on=lambda: "member:0:0",
    )
    return TicketDesk(transactions.begin, transactions.look, letters)


@pytest.fixture
def desks(transactions: Transactions, replica: Transactions) -> list[TicketDesk]:
    return [desk_of(transactions), desk_of(replica)]


async def person(transactions: Transactions, number: int, role: Role | None = None) -> Person:
    async with transactions.begin() as work:
        sender = Sender(telegram_id=TelegramId(number), name=f"人 {number}")
        added = await work.people.add(sender, language=Language.ZH, now=NOW)
        assert added is not None
        if role:
            await work.roles.grant(added, role, by=None, now=NOW, until=None)
        kept = await work.people.by_id(added, now=NOW)
    assert kept is not None
    return kept


async def ticket_of(desk: TicketDesk, asker: Person, message: int = 1) -> TicketId:
    return (await desk.open(asker, "怎么选学校", message_id=message, now=NOW)).ticket.id


async def letters(transactions: Transactions, kind: LetterKind, ticket: TicketId) -> int:
    async with transactions.look() as work:
        return len(await work.outbox.fates(kind=kind, about=f"ticket:{ticket}:"))


async def test_of_ten_who_take_it_at_once_one_has_it(
    desks: list[TicketDesk], transactions: Transactions
) -> None:
    asker = await person(transactions, 1)
    members = [await person(transactions, 10 + each, Role.MEMBER) for each in range(10)]
    number = await ticket_of(desks[0], asker)
    async with asyncio.timeout(20):
        outcomes = await asyncio.gather(
            *(desks[at % 2].take(each, number, now=NOW) for at, each in enumerate(members)),
            return_exceptions=True,
        )

    has = [each for each in outcomes if isinstance(each, Ticket)]
    told = {each.by for each in outcomes if isinstance(each, TicketTaken)}
    assert len(has) == 1
    assert len(outcomes) == 10
    assert told == {each.name for each in members if each.id == has[0].member}


async def test_answer_close_and_a_repeated_answer_at_once_end_in_one_answer_at_most(
    desks: list[TicketDesk], transactions: Transactions
) -> None:
    asker = await person(transactions, 1)
    member = await person(transactions, 2, Role.MEMBER)
    for message in range(1, 9):
        number = await ticket_of(desks[0], asker, message)
        await desks[0].take(member, number, now=NOW)
        async with asyncio.timeout(20):
            outcomes = await asyncio.gather(
                desks[0].answer(member, number, "先想清楚能不能调剂", now=NOW),
                desks[1].answer(member, number, "先想清楚能不能调剂", now=NOW),
                desks[1 - message % 2].close(asker, number, now=NOW),
                return_exceptions=True,
            )
        assert all(isinstance(each, Ticket | TicketOver) for each in outcomes)
        kept = await desks[0].show(asker, number, now=NOW)
        assert kept.state is TicketState.CLOSED
        sent = await letters(transactions, LetterKind.TICKET_ANSWER, number)
        assert sent == (1 if kept.answer else 0)
        # what a member was told is sent is kept and on its way
        told = [each for each in outcomes[:2] if isinstance(each, Ticket)]
        assert bool(told) == bool(kept.answer)


async def test_one_message_opens_one_ticket_however_often_it_comes(
    desks: list[TicketDesk], transactions: Transactions
) -> None:
    asker = await person(transactions, 1)
    await person(transactions, 2, Role.MEMBER)
    async with asyncio.timeout(20):
        numbers = await asyncio.gather(*(ticket_of(each, asker) for each in desks * 5))

    assert len(set(numbers)) == 1
    assert await letters(transactions, LetterKind.TICKET_NEW, numbers[0]) == 1


async def test_guard_counts_what_waits_and_lets_the_same_one_through_again(
    desks: list[TicketDesk], transactions: Transactions
) -> None:
    asker, other = await person(transactions, 1), await person(transactions, 2)
    for message in range(MOST_WAITING):
        await ticket_of(desks[0], asker, message + 1)
    with pytest.raises(TooManyWaiting):
        await ticket_of(desks[0], asker, 99)

    await ticket_of(desks[0], asker, MOST_WAITING)
    await ticket_of(desks[0], other, 1)


async def test_services_check_for_themselves(
    desks: list[TicketDesk], transactions: Transactions
) -> None:
    asker, stranger = await person(transactions, 1), await person(transactions, 2)
    number = await ticket_of(desks[0], asker)
    for deed in (
        desks[0].take(stranger, number, now=NOW),
        desks[0].put_back(stranger, number, now=NOW),
        desks[0].answer(stranger, number, "x", now=NOW),
        desks[0].waiting(stranger, page=0, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            await deed
    for hidden in (
        desks[0].show(stranger, number, now=NOW),
        desks[0].close(stranger, number, now=NOW),
    ):
        with pytest.raises(TicketGone):
            await hidden


async def test_tickets_leave_with_who_asked_and_stay_when_the_member_leaves(
    desks: list[TicketDesk], transactions: Transactions
) -> None:
    asker = await person(transactions, 1)
    member = await person(transactions, 2, Role.MEMBER)
    number = await ticket_of(desks[0], asker)
    await desks[0].take(member, number, now=NOW)
    async with transactions.begin() as work:
        await work.people.forget(member)
    other = await person(transactions, 3, Role.MEMBER)
    taken = await desks[0].take(other, number, now=NOW + timedelta(minutes=1))
    assert taken.member == other.id

    async with transactions.begin() as work:
        assert len((await work.people.everything_about(asker))["tickets"]) == 1
        await work.people.forget(asker)
    with pytest.raises(TicketGone):
        await desks[0].take(other, number, now=NOW)
    assert await letters(transactions, LetterKind.TICKET_NEW, number) == 0
