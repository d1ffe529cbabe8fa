"""Who is told of a ticket: who takes it and knows the school, the least busy, never who is away."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from branch.outbox.kinds import LetterKind
from branch.people.model import Person
from branch.tickets.asking import Asking
from branch.tickets.model import Subject, TicketId
from tests.branch.tickets.desks import NOW, Office, said

NEW = LetterKind.TICKET_NEW


async def asked(
    office: Office, student: Person, text: str, message: int, subject: Subject | None = None
) -> TicketId:
    asking = Asking(parts=[said(text, message)], message_id=9_000 + message, subject=subject)
    return (await office.box.open(student, asking, now=NOW)).ticket.id


async def told(office: Office, ticket: TicketId) -> set[int]:
    async with office.transactions.look() as work:
        fates = await work.outbox.fates(kind=NEW, about=f"ticket:{ticket}:")
    return {person for person, _ in fates}


async def test_who_takes_the_subject_comes_first_and_who_takes_others_not(office: Office) -> None:
    student = await office.person(1)
    one, two, three, four = [await office.member(number) for number in (11, 12, 13, 14)]
    await office.duties.toggle(one, Subject.ADJUSTMENT, now=NOW)
    await office.duties.toggle(two, Subject.RE_EXAM, now=NOW)
    ticket = await asked(office, student, "能调剂到哪", 1, Subject.ADJUSTMENT)
    assert await told(office, ticket) == {one.id, three.id, four.id}
    # of no subject it is anybody's; three at most hear of it at once
    assert len(await told(office, await asked(office, student, "在吗", 2))) == 3


async def test_who_knows_the_school_is_asked_though_they_take_other_subjects(
    office: Office,
) -> None:
    student = await office.person(1)
    knows = await office.member(11)
    await office.duties.toggle(knows, Subject.RE_EXAM, now=NOW)
    await office.duties.know(knows, ("浙大", "高分子"), now=NOW)
    others = [await office.member(number) for number in (12, 13, 14, 15)]
    ticket = await asked(office, student, "浙大高分子怎么选导师", 1, Subject.CHOOSING)
    assert knows.id in await told(office, ticket)
    assert len(await told(office, ticket) & {each.id for each in others}) == 2


async def test_the_load_is_balanced_and_who_is_away_is_not_asked(office: Office) -> None:
    student = await office.person(1)
    members = [await office.member(number) for number in (11, 12, 13, 14, 15)]
    for number, busy in enumerate(members[:2]):
        other = await office.person(100 + number)
        await office.desk.take(busy, await office.ask(other), now=NOW)
    await office.duties.be_away(members[2], NOW + timedelta(days=3), now=NOW)
    ticket = await asked(office, student, "怎么选", 1)
    assert await told(office, ticket) == {members[3].id, members[4].id, members[0].id}

    await office.duties.be_away(members[2], None, now=NOW)
    assert members[2].id in await told(office, await asked(office, student, "怎么选二", 2))


async def test_where_all_who_fit_are_away_the_others_are_asked(office: Office) -> None:
    student = await office.person(1)
    one, two = await office.member(11), await office.member(12)
    await office.duties.toggle(one, Subject.ADJUSTMENT, now=NOW)
    await office.duties.be_away(one, NOW + timedelta(days=3), now=NOW)
    await office.duties.toggle(two, Subject.EXAM, now=NOW)
    ticket = await asked(office, student, "能调剂到哪", 1, Subject.ADJUSTMENT)
    assert await told(office, ticket) == {two.id}


async def test_one_who_declines_is_followed_by_the_next_once_each(office: Office) -> None:
    student = await office.person(1)
    members = [await office.member(number) for number in (11, 12, 13, 14, 15)]
    ticket = await asked(office, student, "怎么选", 1)
    assert await told(office, ticket) == {each.id for each in members[:3]}
    assert await office.declining.decline(members[0], ticket, now=NOW) == 1
    assert await office.declining.decline(members[1], ticket, now=NOW) == 1
    assert await office.declining.decline(members[2], ticket, now=NOW) == 0
    assert await told(office, ticket) == {each.id for each in members}


async def test_late_is_told_once_to_the_next_the_holder_and_those_in_charge(
    office: Office,
) -> None:
    secretary, student = await office.secretary(2), await office.person(1)
    members = [await office.member(number) for number in (11, 12, 13)]
    ticket = await asked(office, student, "怎么选", 1)
    assert secretary.id in await told(office, ticket)  # a secretary answers too
    late = NOW + timedelta(hours=25)
    assert await office.keeper.escalate(now=late) == 1
    assert await office.keeper.escalate(now=late + timedelta(minutes=10)) == 0
    assert await told(office, ticket) == {secretary.id, *(each.id for each in members)}
    assert await office.letters(LetterKind.TICKET_TASK, ticket) == 1

    held = await asked(office, student, "第二个", 2)
    await office.desk.take(members[0], held, now=late)
    later = late + timedelta(hours=25)
    assert await office.keeper.escalate(now=later) == 1
    assert await office.letters(LetterKind.TICKET_TASK, held) == 2


async def test_the_digest_comes_once_a_morning_and_not_for_nothing(office: Office) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    await office.secretary(2)
    student = await office.person(1)
    assert await office.keeper.write_digest(now=NOW, zone=zone) == 0
    await asked(office, student, "怎么选", 1)
    morning = NOW.astimezone(zone).replace(hour=9, minute=0) + timedelta(days=2)
    assert await office.keeper.write_digest(now=morning - timedelta(hours=1), zone=zone) == 0
    assert await office.keeper.write_digest(now=morning, zone=zone) == 1
    assert await office.keeper.write_digest(now=morning + timedelta(hours=3), zone=zone) == 0


async def test_what_was_in_the_hands_of_who_left_is_told_anew(office: Office) -> None:
    student = await office.person(1)
    leaving, staying = await office.member(11), await office.member(12)
    ticket = await asked(office, student, "怎么选", 1)
    await office.desk.take(leaving, ticket, now=NOW)
    await office.end_roles(leaving)
    assert await office.keeper.release_departed(now=NOW) == 1
    assert await office.keeper.release_departed(now=NOW) == 0
    assert await office.letters(LetterKind.TICKET_TASK, ticket) == 1
    assert (await office.desk.take(staying, ticket, now=NOW)).member == staying.id


async def test_who_named_the_intake_is_asked_first(office: Office) -> None:
    student = await office.person(1)
    async with office.transactions.begin() as work:
        await work.people.change(student.id, intake=2028)
        student = await work.people.by_id(student.id, now=NOW) or student
    members = [await office.member(number) for number in (11, 12, 13, 14)]
    await office.duties.know(members[3], ("28届",), now=NOW)
    ticket = await asked(office, student, "大三先看什么", 1)
    assert members[3].id in await told(office, ticket)
