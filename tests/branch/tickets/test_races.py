"""Members who reach for one ticket at the same moment: one has it, nothing is lost."""

import asyncio
from datetime import timedelta

import pytest

from branch.outbox.kinds import LetterKind
from branch.people.errors import NotAllowed
from branch.tickets.answered import Answered
from branch.tickets.errors import TicketGone, TicketOver, TicketTaken, TooManyWaiting
from branch.tickets.guarding import MOST_WAITING
from branch.tickets.model import Ticket, TicketState
from branch.tickets.records import Sought
from branch.tickets.thread import Side
from tests.branch.tickets.desks import NOW, Office, said


async def test_of_ten_who_take_it_at_once_one_has_it(offices: list[Office]) -> None:
    asker = await offices[0].person(1)
    members = [await offices[0].member(10 + each) for each in range(10)]
    number = await offices[0].ask(asker)
    async with asyncio.timeout(20):
        outcomes = await asyncio.gather(
            *(offices[at % 2].desk.take(each, number, now=NOW) for at, each in enumerate(members)),
            return_exceptions=True,
        )

    has = [each for each in outcomes if isinstance(each, Ticket)]
    told = {each.by for each in outcomes if isinstance(each, TicketTaken)}
    assert len(has) == 1
    assert len(outcomes) == 10
    assert told == {each.name for each in members if each.id == has[0].member}
    assert await offices[0].letters(LetterKind.TICKET_STATE, number) == 1


async def test_of_members_who_answer_at_once_one_does(offices: list[Office]) -> None:
    asker = await offices[0].person(1)
    members = [await offices[0].member(10 + each) for each in range(6)]
    number = await offices[0].ask(asker)
    async with asyncio.timeout(20):
        outcomes = await asyncio.gather(
            *(
                offices[at % 2].desk.answer(each, number, said(f"答 {at}", 50), now=NOW)
                for at, each in enumerate(members)
            ),
            return_exceptions=True,
        )

    [answered] = [each for each in outcomes if isinstance(each, Answered)]
    assert [type(each) for each in outcomes if each is not answered] == [TicketOver] * 5
    _, lines = await offices[0].box.show(asker, number)
    assert [line.text for line in lines if line.side is Side.MEMBER] == [answered.line.text]
    assert await offices[0].letters(LetterKind.TICKET_ANSWER, number) == 1


async def test_transfer_take_and_close_at_once_leave_one_truth(offices: list[Office]) -> None:
    asker = await offices[0].person(1)
    one, other, third = [await offices[0].member(10 + each) for each in range(3)]
    for message in range(1, 9):
        number = await offices[0].ask(asker, message)
        async with asyncio.timeout(20):
            outcomes = await asyncio.gather(
                offices[0].desk.transfer(one, number, other.id, now=NOW),
                offices[1].desk.take(third, number, now=NOW),
                offices[message % 2].desk.close(other, number, now=NOW),
                return_exceptions=True,
            )
        assert all(isinstance(each, Ticket | TicketOver | TicketTaken) for each in outcomes)
        seen = await offices[0].shelf.show(one, number, now=NOW)
        assert seen.ticket.state is TicketState.CLOSED
        assert seen.ticket.member in (None, other.id, third.id)
        assert await offices[0].letters(LetterKind.TICKET_ANSWER, number) == 1
        moves = await offices[0].shelf.history(one, number, now=NOW)
        # as many moves as have won, and each counted in the version
        won = [each for each in outcomes if isinstance(each, Ticket)]
        assert len(moves) == 1 + len(won)
        assert seen.ticket.version == 1 + len(won)


async def test_answer_close_and_a_repeated_answer_at_once_end_in_one_answer_at_most(
    offices: list[Office],
) -> None:
    asker = await offices[0].person(1)
    member = await offices[0].member(2)
    for message in range(1, 9):
        number = await offices[0].ask(asker, message)
        await offices[0].desk.take(member, number, now=NOW)
        words = said("先想清楚能不能调剂", 2_000 + message)
        async with asyncio.timeout(20):
            outcomes = await asyncio.gather(
                offices[0].desk.answer(member, number, words, now=NOW),
                offices[1].desk.answer(member, number, words, now=NOW),
                offices[1 - message % 2].box.close(asker, number, now=NOW),
                return_exceptions=True,
            )
        assert all(isinstance(each, Answered | Ticket | TicketOver) for each in outcomes)
        ticket, lines = await offices[0].box.show(asker, number)
        assert ticket.state is TicketState.CLOSED
        answers = [line for line in lines if line.side is Side.MEMBER]
        sent = await offices[0].letters(LetterKind.TICKET_ANSWER, number)
        assert sent == len(answers) <= 1
        # what a member was told is sent is kept and on its way
        assert any(isinstance(each, Answered) for each in outcomes) == bool(answers)


async def test_one_message_opens_one_ticket_however_often_it_comes(
    offices: list[Office],
) -> None:
    asker = await offices[0].person(1)
    await offices[0].member(2)
    for anonymous in (False, True):
        async with asyncio.timeout(20):
            numbers = await asyncio.gather(
                *(each.ask(asker, 1 + anonymous, anonymous=anonymous) for each in offices * 5)
            )
        assert len(set(numbers)) == 1
        assert await offices[0].letters(LetterKind.TICKET_NEW, numbers[0]) == 1
        _, lines = await offices[0].box.show(asker, numbers[0])
        assert len(lines) == 1


async def test_the_same_edit_and_addition_from_two_sides_happen_once(
    offices: list[Office],
) -> None:
    asker = await offices[0].person(1)
    member = await offices[0].member(2)
    number = await offices[0].ask(asker, 1)
    await offices[0].desk.take(member, number, now=NOW)
    async with asyncio.timeout(20):
        later = NOW + timedelta(minutes=1)
        await asyncio.gather(
            *(each.box.add(asker, number, [said("补一句", 9)], now=later) for each in offices * 3),
            *(each.box.edit(asker, 1, "改了", edited_at=NOW, now=NOW) for each in offices * 3),
        )

    ticket, lines = await offices[0].box.show(asker, number)
    assert [line.text for line in lines] == ["改了", "补一句"]
    assert ticket.gist == "改了"
    assert await offices[0].letters(LetterKind.TICKET_TASK, number) == 2


async def test_guard_counts_what_waits_and_lets_the_same_one_through_again(
    office: Office,
) -> None:
    asker, other = await office.person(1), await office.person(2)
    for message in range(MOST_WAITING):
        await office.ask(asker, message + 1, anonymous=message % 2 == 0)
    for anonymous in (False, True):
        with pytest.raises(TooManyWaiting):
            await office.ask(asker, 99, anonymous=anonymous)

    await office.ask(asker, MOST_WAITING, anonymous=True)
    await office.ask(other, 1)


async def test_services_check_for_themselves(office: Office) -> None:
    asker, stranger = await office.person(1), await office.person(2)
    number = await office.ask(asker)
    words = said("x", 7)
    for deed in (
        office.desk.take(stranger, number, now=NOW),
        office.desk.put_back(stranger, number, now=NOW),
        office.desk.transfer(stranger, number, stranger.id, now=NOW),
        office.desk.answer(stranger, number, words, now=NOW),
        office.desk.note(stranger, number, words, now=NOW),
        office.desk.snooze(stranger, number, until=NOW, now=NOW),
        office.desk.close(stranger, number, now=NOW),
        office.desk.reopen(stranger, number, now=NOW),
        office.desk.mark(stranger, number, urgent=True, now=NOW),
        office.shelf.show(stranger, number, now=NOW),
        office.shelf.history(stranger, number, now=NOW),
        office.shelf.earlier(stranger, number, now=NOW),
        office.shelf.found(stranger, Sought(), now=NOW),
    ):
        with pytest.raises(NotAllowed):
            await deed
    for hidden in (
        office.box.show(stranger, number),
        office.box.close(stranger, number, now=NOW),
        office.box.reopen(stranger, number, now=NOW),
        office.box.add(stranger, number, [words], now=NOW),
        office.box.rate(stranger, number, 5, now=NOW),
    ):
        with pytest.raises(TicketGone):
            await hidden
    assert await office.box.edit(stranger, 1, "不是我的", edited_at=NOW, now=NOW) is None


async def test_tickets_leave_with_who_asked_and_stay_when_the_member_leaves(
    office: Office,
) -> None:
    asker = await office.person(1)
    member = await office.member(2)
    number = await office.ask(asker)
    await office.desk.take(member, number, now=NOW)
    async with office.transactions.begin() as work:
        await work.people.forget(member)
    other = await office.member(3)
    taken = await office.desk.take(other, number, now=NOW + timedelta(minutes=1))
    assert taken.member == other.id

    async with office.transactions.begin() as work:
        assert len((await work.people.everything_about(asker))["tickets"]) == 1
        await work.people.forget(asker)
    with pytest.raises(TicketGone):
        await office.desk.take(other, number, now=NOW)
    assert await office.letters(LetterKind.TICKET_NEW, number) == 0
