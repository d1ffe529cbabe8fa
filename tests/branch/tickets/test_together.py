"""One answer to many: all in one step, once each, raced by two members in two processes."""

import asyncio

from branch.outbox.kinds import LetterKind
from branch.tickets.errors import TicketOver, TicketTaken
from branch.tickets.model import TicketId, TicketState
from tests.branch.tickets.desks import NOW, Office, said

ANSWER = LetterKind.TICKET_ANSWER


async def questions(office: Office, count: int) -> list[TicketId]:
    return [await office.ask(await office.person(100 + number)) for number in range(count)]


async def test_each_gets_a_letter_of_their_own_and_a_repeat_changes_nothing(
    office: Office,
) -> None:
    member = await office.member(11)
    tickets = await questions(office, 5)
    for _ in range(2):
        reached = await office.together.answer(member, tickets, [said("等一周", 7)], now=NOW)
        assert list(reached.answered) == tickets
        assert not reached.left_out
    assert [await office.letters(ANSWER, each) for each in tickets] == [1] * 5
    async with office.transactions.look() as work:
        together = await work.ticket_records.answered_with(tickets[0])
    assert set(together) == set(tickets[1:])


async def test_two_members_who_answer_the_same_ones_never_both_reach_an_asker(
    offices: tuple[Office, Office],
) -> None:
    here, there = offices
    one, other = await here.member(11), await here.member(12)
    tickets = await questions(here, 6)
    done = await asyncio.gather(
        here.together.answer(one, tickets, [said("甲", 7)], now=NOW),
        there.together.answer(other, tickets[::-1], [said("乙", 8)], now=NOW),
    )
    assert sorted([*done[0].answered, *done[1].answered]) == tickets
    assert [await here.letters(ANSWER, each) for each in tickets] == [1] * 6


async def test_a_single_answer_in_the_midst_wins_its_own_ticket_only(
    offices: tuple[Office, Office],
) -> None:
    here, there = offices
    one, other = await here.member(11), await here.member(12)
    tickets = await questions(here, 3)

    async def single() -> bool:
        try:
            await there.desk.answer(other, tickets[1], said("单独答", 9), now=NOW)
        except (TicketOver, TicketTaken):
            return False
        return True

    reached, won = await asyncio.gather(
        here.together.answer(one, tickets, [said("一起答", 7)], now=NOW), single()
    )
    assert (tickets[1] in reached.answered) is not won
    assert [await here.letters(ANSWER, each) for each in tickets] == [1] * 3
    for each in tickets:
        seen = await here.shelf.show(one, each, now=NOW)
        assert seen.ticket.state is TicketState.ANSWERED


async def test_what_is_sent_elsewhere_is_the_answer_to_what_it_opens_with(
    office: Office,
) -> None:
    student, member = await office.person(1), await office.member(11)
    ticket = await office.ask(student)
    await office.desk.answer(member, ticket, said("专硕也行", 1), now=NOW)
    await office.desk.answer(member, ticket, said("看学费", 2), now=NOW)
    await office.box.add(student, ticket, [said("那学硕呢", 50)], now=NOW)
    await office.desk.answer(member, ticket, said("学硕另说", 3), now=NOW)
    await office.box.add(student, ticket, [said("谢谢", 51)], now=NOW)
    parts = await office.suggesting.answer(member, ticket, now=NOW)
    assert [part.text for part in parts] == ["专硕也行\n\n看学费"]
