"""Letters arrive: whatever Telegram, the line or the clock does, and what it did is on record."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from branch.outbox import service
from branch.outbox.kinds import Lane, LetterKind
from branch.outbox.model import Fate, Letter
from branch.people.model import PersonId, TelegramId
from playground.clock import MovableClock
from playground.faults import Delay, DropAfter, DropBefore, Fault, FaultKind, Hang, Status
from playground.server import PlaygroundServer
from playground.world import World
from tests.bot.replica import runtime_of
from tests.bot.waiting import until
from tests.stage import Person, Stage, performance, run_bot

ABOUT = "exam:2027:preliminary_exam:2026-12-19"
ANSWER, REMINDER, REPORT = LetterKind.TICKET_ANSWER, LetterKind.EXAM_REMINDER, LetterKind.REPORT
DAY = timedelta(days=1)
FLOOD = Status(code=429, description="Too Many Requests: retry after 1", retry_after=1)
BROKEN = Status(code=500, description="Internal Server Error")


@pytest.fixture
async def students(stage: Stage) -> list[Person]:
    people = [stage.person(f"学生{number}") for number in range(3)]
    for person in people:
        await person.joins()
    return people


async def write(
    stage: Stage, kind: LetterKind, *people: Person, text: str = "信", **changes: object
) -> None:
    """One letter to each, due now."""
    now = stage.clock.now()
    async with stage.parts.transactions.begin() as work:
        for person in people:
            usual = {
                "key": f"{text}:{person.id}",
                "to": await _id_of(stage, person),
                "kind": kind,
                "body": text,
                "about": ABOUT,
                "due_at": now,
                "useful_until": now + DAY,
            }
            await work.outbox.put([Letter(**(usual | changes))])  # type: ignore[arg-type]  # a test's shorthand


async def _id_of(stage: Stage, person: Person) -> PersonId:
    async with stage.parts.transactions.glance() as work:
        kept = await work.people.by_telegram(TelegramId(person.id), now=stage.clock.now())
    assert kept is not None
    return kept.id


async def fates(stage: Stage, kind: LetterKind) -> list[Fate]:
    async with stage.parts.transactions.glance() as work:
        return [fate for _, fate in await work.outbox.fates(kind=kind, about=ABOUT)]


async def settled(stage: Stage, kind: LetterKind) -> list[Fate]:
    """The fates once none waits any more."""
    async with asyncio.timeout(20):
        while Fate.WAITING in (now := await fates(stage, kind)) or not now:  # noqa: ASYNC110 -- what is waited for is in the database
            await asyncio.sleep(0.02)
    return now


def copies(people: Sequence[Person], text: str = "信") -> list[int]:
    return [person.heard.count(text) for person in people]


async def test_letter_arrives_at_once_with_its_buttons(both_stages: Stage) -> None:
    student = both_stages.person()
    await student.joins()
    await write(
        both_stages,
        ANSWER,
        student,
        text="<b>学长</b>回你了",
        buttons=[[("看日历", "cal:0"), ("研招网", "https://yz.chsi.com.cn/")]],
    )
    await both_stages.settle()

    assert student.hears == "学长回你了"
    assert student.buttons == ["看日历", "研招网"]
    assert await fates(both_stages, ANSWER) == [Fate.DELIVERED]
    await student.taps("看日历")
    assert "考试日历" in student.hears


@pytest.mark.parametrize("kind", [ANSWER, REMINDER, REPORT])
async def test_waits_for_as_long_as_telegram_asks(
    stage: Stage, students: list[Person], kind: LetterKind
) -> None:
    stage.world.faults.add(Fault(kind=FLOOD, method="sendMessage", times=2))
    await write(stage, kind, *students)

    assert await settled(stage, kind) == [Fate.DELIVERED] * 3
    assert copies(students) == [1, 1, 1]


@pytest.mark.parametrize(
    ("kind", "fault", "fate", "arrived"),
    [
        (REPORT, BROKEN, Fate.UNKNOWN, 0),
        (REPORT, DropBefore(), Fate.UNKNOWN, 0),
        (REPORT, DropAfter(), Fate.UNKNOWN, 1),
        (REMINDER, BROKEN, Fate.DELIVERED, 1),
        (REMINDER, DropBefore(), Fate.DELIVERED, 1),
        (REMINDER, DropAfter(), Fate.DELIVERED, 2),
        (ANSWER, BROKEN, Fate.DELIVERED, 1),
        (ANSWER, DropBefore(), Fate.DELIVERED, 1),
        (ANSWER, DropAfter(), Fate.DELIVERED, 2),
    ],
    ids=str,
)
async def test_where_nobody_knows_the_kind_decides(
    stage: Stage,
    students: list[Person],
    kind: LetterKind,
    fault: FaultKind,
    fate: Fate,
    arrived: int,
) -> None:
    stage.world.faults.add(Fault(kind=fault, method="sendMessage"))
    await write(stage, kind, students[0])

    assert await settled(stage, kind) == [fate]
    assert copies(students) == [arrived, 0, 0]


async def test_answer_to_a_silent_telegram_is_given_up_in_the_end_and_on_record(
    stage: Stage, students: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("branch.outbox.fates.FIRST_PAUSE", timedelta(milliseconds=1))
    stage.world.faults.add(Fault(kind=DropAfter(), method="sendMessage", times=100))
    await write(stage, REMINDER, students[0])

    assert await settled(stage, REMINDER) == [Fate.UNKNOWN]
    assert copies(students) == [6, 0, 0]


async def test_who_has_blocked_us_gets_the_answer_on_their_return(
    both_stages: Stage,
) -> None:
    student = both_stages.person()
    await student.joins()
    both_stages.world.block(student.id)
    await both_stages.settle()
    await write(both_stages, ANSWER, student, text="答")
    await write(both_stages, REMINDER, student, text="提醒")
    await both_stages.settle()
    assert await fates(both_stages, ANSWER) == [Fate.UNREACHABLE]

    both_stages.world.unblock(student.id)
    await both_stages.settle()
    assert await settled(both_stages, ANSWER) == [Fate.DELIVERED]
    assert await fates(both_stages, REMINDER) == [Fate.UNREACHABLE]
    assert [text for text in student.heard if text in ("答", "提醒")] == ["答"]


async def test_a_403_marks_them_until_they_write(stage: Stage, students: list[Person]) -> None:
    forbidden = Status(code=403, description="Forbidden: user is deactivated")
    stage.world.faults.add(Fault(kind=forbidden, method="sendMessage"))
    await write(stage, ANSWER, students[0], text="答")
    assert await settled(stage, ANSWER) == [Fate.UNREACHABLE]
    # nothing is even tried
    sent = stage.world.calls["sendMessage"]
    await write(stage, REPORT, students[0], text="报")
    assert await settled(stage, REPORT) == [Fate.UNREACHABLE]
    assert stage.world.calls["sendMessage"] == sent

    await students[0].types("国家线")
    assert await settled(stage, ANSWER) == [Fate.DELIVERED]
    assert copies(students, "答") == [1, 0, 0]


async def test_what_telegram_refuses_is_on_record_and_stops_nobody_else(
    stage: Stage, students: list[Person]
) -> None:
    await write(stage, ANSWER, students[0], text="<b>不完整")
    await write(stage, ANSWER, *students[1:])

    assert await settled(stage, ANSWER) == [Fate.REFUSED, Fate.DELIVERED, Fate.DELIVERED]
    assert copies(students) == [0, 1, 1]


async def test_answers_do_not_wait_behind_bulk_or_behind_a_slow_chat(
    stage: Stage, students: list[Person]
) -> None:
    stage.world.faults.add(Fault(kind=Delay(seconds=1.5), method="sendMessage", times=2))
    await write(stage, REPORT, students[0], text="报")
    await write(stage, ANSWER, students[1], text="慢")
    await until(lambda: stage.world.calls["sendMessage"] >= 2, seconds=5)
    await write(stage, ANSWER, students[2], text="快")
    await until(lambda: copies(students, "快") == [0, 0, 1], seconds=1)

    assert copies(students, "慢") == [0, 0, 0]
    assert await settled(stage, ANSWER) == [Fate.DELIVERED] * 2


NIGHT = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
"""Eleven in the evening in Shanghai."""


@pytest.fixture
async def night(sqlite_url: str) -> AsyncIterator[Stage]:
    async with performance(sqlite_url, clock=MovableClock(NIGHT)) as playing:
        playing.clock.on_moved(playing.parts.alarm_clock.moved)
        yield playing


async def test_reminders_wait_for_morning_and_answers_do_not(night: Stage) -> None:
    student = night.person()
    await student.joins()
    await write(night, ANSWER, student, text="答")
    await write(night, LetterKind.ALERT, student, text="急")
    await write(night, LetterKind.EXAM_CORRECTION, student, text="改期")
    await write(night, REMINDER, student, text="提醒")
    await night.settle()
    assert set(student.heard[-3:]) == {"答", "急", "改期"}

    await night.clock.move_to(datetime(2026, 11, 22, 23, 29, tzinfo=UTC))
    await night.settle()
    assert copies([student], "提醒") == [0]
    await night.clock.move_to(datetime(2026, 11, 22, 23, 31, tzinfo=UTC))
    assert copies([student], "提醒") == [1]


async def test_along_a_moved_clock_each_letter_goes_out_at_its_own_time(night: Stage) -> None:
    """It would be too late for all of them at the end of the way."""
    student = night.person()
    await student.joins()
    for day in range(1, 31):
        due = NIGHT + timedelta(days=day, hours=12)
        await write(
            night,
            REMINDER,
            student,
            text=f"第 {day} 天",
            due_at=due,
            useful_until=due + timedelta(hours=1),
        )
    await night.clock.move_to(NIGHT + timedelta(days=31))

    assert [text for text in student.heard if text.startswith("第")] == [
        f"第 {day} 天" for day in range(1, 31)
    ]


async def test_at_start_what_is_overdue_goes_out_and_what_is_too_late_does_not(
    world: World, server: PlaygroundServer, either_url: str
) -> None:
    async with run_bot(world, server, world.clock, either_url) as before:
        student = before.person()
        await student.joins()
        now = world.clock.now()
        later = {"due_at": now + timedelta(hours=1), "useful_until": now + timedelta(hours=3)}
        await write(before, REPORT, student, text="有用", **later)
        await write(
            before, REPORT, student, text="太晚", **later | {"useful_until": later["due_at"]}
        )
    await world.clock.move_to(now + timedelta(hours=2))
    async with run_bot(world, server, world.clock, either_url) as after:
        assert await settled(after, REPORT) == [Fate.DELIVERED, Fate.EXPIRED]

    assert copies([student], "有用") == [1]
    assert copies([student], "太晚") == [0]


async def test_stopping_lets_what_is_under_way_end(
    world: World, server: PlaygroundServer, sqlite_url: str
) -> None:
    async with run_bot(world, server, world.clock, sqlite_url) as before:
        student = before.person()
        await student.joins()
        world.faults.add(Fault(kind=Delay(seconds=0.5), method="sendMessage"))
        calls = world.calls["sendMessage"]
        await write(before, REPORT, student)
        await until(lambda: world.calls["sendMessage"] > calls)
    async with run_bot(world, server, world.clock, sqlite_url) as after:
        assert await fates(after, REPORT) == [Fate.DELIVERED]

    assert copies([student]) == [1]


async def test_what_was_under_way_when_all_broke_down_is_settled_by_its_kind(
    world: World, server: PlaygroundServer, either_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.runtime.LETTERS_GRACE", 0.0)
    async with run_bot(world, server, world.clock, either_url) as before:
        student = before.person()
        await student.joins()
        world.faults.add(Fault(kind=Hang(), method="sendMessage", times=2))
        await write(before, REPORT, student)
        await write(before, ANSWER, student, text="答")
        await until(lambda: world.faults._ordered == [])
    await world.clock.move_to(world.clock.now() + service.LEASE)
    async with run_bot(world, server, world.clock, either_url) as after:
        assert await settled(after, REPORT) == [Fate.UNKNOWN]
        assert await settled(after, ANSWER) == [Fate.DELIVERED]

    assert copies([student], "答") == [1]


@pytest.mark.postgres
async def test_two_programs_on_one_database_send_each_letter_once(
    world: World, server: PlaygroundServer, postgres_url: str
) -> None:
    async with run_bot(world, server, world.clock, postgres_url, bulk_rate=500) as stage:
        people = [stage.person(f"学生{number}") for number in range(4)]
        for person in people:
            await person.joins()
        other = runtime_of(world, server.api_url, postgres_url)
        await other._parts.application.initialize()
        rounds = [asyncio.create_task(other._parts.delivery.run(lane)) for lane in Lane]
        try:
            for batch in range(30):
                await write(stage, REPORT, *people, text=f"报 {batch}")
                await write(stage, ANSWER, *people, text=f"答 {batch}")
                other._parts.delivery.wake()
            reports, answers = await settled(stage, REPORT), await settled(stage, ANSWER)
        finally:
            await other._parts.delivery.close(5)
            await asyncio.wait(rounds, timeout=6)
            await other.close()

    assert reports == answers == [Fate.DELIVERED] * 120
    said = [text for person in people for text in person.heard if text[0] in "报答"]
    assert len(said) == 240
    assert all(len(set(person.heard[-60:])) == 60 for person in people)
