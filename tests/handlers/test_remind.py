"""Reminders of exam dates: asked for, set up, and there in time."""

from datetime import UTC, datetime, timedelta

from branch.people.model import TelegramId
from playground.clock import MovableClock
from tests.stage import NOW, Person, Stage, performance


def morning(month: int, day: int, *, year: int = 2026, hour: int = 1) -> datetime:
    """Nine in Shanghai on that day, unless another hour of UTC is given."""
    return datetime(year, month, day, hour, tzinfo=UTC)


def reminders(person: Person) -> list[str]:
    return [text for text in person.heard if text.startswith(("🔔 初试", "❗️更正"))]


async def subscribed(stage: Stage, name: str = "林小雨") -> Person:
    person = stage.person(name)
    await person.joins()
    stage.clock.on_moved(stage.parts.alarm_clock.moved)
    await person.types("/calendar")
    await person.taps("提醒我")
    await person.taps("提醒我")
    return person


async def test_one_tap_and_the_screen_says_what_comes(stage: Stage) -> None:
    student = await subscribed(stage)

    assert "🔔 提醒开着 · 2027 届" in student.hears
    assert "全部节点：提前 7 天、前一天、当天，早上 9 点" in student.hears
    assert "• 12 月 12 日（周六）初试，提前 7 天" in student.hears
    assert student.buttons == [
        "选节点",
        "提前几天",
        "暂停提醒",
        "不再提醒",
        "通知设置",
        "🗓 考试日历",
    ]


async def test_reminders_come_at_nine_and_once(both_stages: Stage) -> None:
    student = await subscribed(both_stages)

    await both_stages.clock.move_to(morning(12, 12) - timedelta(minutes=1))
    assert reminders(student) == []

    await both_stages.clock.move_to(morning(12, 12) + timedelta(minutes=1))
    assert len(reminders(student)) == 1
    assert "🔔 初试还有 7 天" in student.hears
    assert "12 月 19 日至 20 日（周六、周日" in student.hears

    await both_stages.clock.move_to(morning(12, 19, hour=4))
    assert [text.split("\n")[0] for text in reminders(student)] == [
        "🔔 初试还有 7 天",
        "🔔 初试：明天",
        "🔔 初试：就是今天",
    ]


async def test_ended_is_ended_and_what_was_on_its_way_does_not_come(both_stages: Stage) -> None:
    student = await subscribed(both_stages)
    await student.taps("不再提醒")
    assert "要不要我提醒你 2027 届的考试日期" in student.hears
    await both_stages.clock.move_to(morning(12, 19, hour=4))

    assert reminders(student) == []
    await student.types("/remind")
    assert student.buttons == ["🔔 提醒我", "通知设置", "🗓 考试日历"]


async def test_the_menu_leads_to_the_reminders(student: Person) -> None:
    await student.types("/start")
    await student.taps("提醒设置")

    assert "要不要我提醒你" in student.hears


async def test_who_never_asked_is_not_reminded(stage: Stage, student: Person) -> None:
    await student.types("/remind")
    heard = len(student.heard)
    await stage.clock.move_to(morning(12, 19, hour=4))

    assert len(student.heard) == heard


async def test_days_and_milestones_are_chosen(stage: Stage) -> None:
    student = await subscribed(stage)
    await student.taps("提前几天")
    await student.taps("提前 3 天")
    await student.taps("✓ 前一天")
    await student.taps("✓ 提前 7 天")
    await student.taps("✓ 当天")
    await student.taps("← 返回")
    assert "全部节点：提前 3 天，早上 9 点" in student.hears

    await stage.clock.move_to(morning(12, 19, hour=4))
    assert [text.split("\n")[0] for text in reminders(student)] == ["🔔 初试还有 3 天"]


async def test_one_must_remain(stage: Stage) -> None:
    student = await subscribed(stage)
    await student.taps("提前几天")
    await student.taps("✓ 前一天")
    await student.taps("✓ 提前 7 天")
    await student.taps("✓ 当天")
    await student.taps("✓ 当天")

    assert "至少留一个" in student.toast


async def test_a_milestone_that_is_not_wanted_does_not_come(stage: Stage) -> None:
    student = await subscribed(stage)
    await student.taps("选节点")
    await student.taps("✓ 初试")
    assert "全部节点" in student.buttons
    await student.taps("← 返回")
    assert "还没公布" in student.hears

    await stage.clock.move_to(morning(12, 19, hour=4))
    assert reminders(student) == []


async def test_pausing_calls_back_what_was_on_its_way(both_stages: Stage) -> None:
    student = await subscribed(both_stages)
    await both_stages.clock.move_to(morning(12, 12) - timedelta(hours=3))
    await student.taps("暂停提醒")
    assert any("⏸ 提醒已暂停" in each for each in student.heard)
    await both_stages.clock.move_to(morning(12, 15))
    assert reminders(student) == []

    await student.taps("恢复提醒")
    await both_stages.clock.move_to(morning(12, 19, hour=4))
    assert len(reminders(student)) == 2  # what was due while they were paused is not made up for


async def test_another_intake_has_other_dates(stage: Stage) -> None:
    student = await subscribed(stage)
    await stage.clock.move_to(morning(12, 11))
    await student.types("/profile")
    await student.taps("改考研年")
    await student.types("2028")
    await stage.clock.move_to(morning(12, 19, hour=4))

    assert reminders(student) == []


async def test_a_stranger_is_invited_in(stage: Stage) -> None:
    stranger = stage.person()
    await stranger.types("/remind")

    assert "/start" in stranger.hears


async def test_what_fell_due_while_we_were_away_is_made_up_for_if_it_is_useful(
    either_url: str,
) -> None:
    async with performance(either_url) as before:
        student = await subscribed(before)
        world, clock = before.world, MovableClock(before.clock.now())
    # two days away: the reminder of the 12th is too late, that of the 18th is still useful
    await clock.move_to(morning(12, 14))
    async with performance(either_url, world=world, clock=clock) as after:
        back = Person(after, student.id)
        await after.settle()
        assert reminders(back) == []
        assert await fates(after, back) == ["expired"]
    await clock.move_to(morning(12, 18, hour=6))
    async with performance(either_url, world=world, clock=clock) as later:
        back = Person(later, student.id)
        await later.settle()
        assert [text.split("\n")[0] for text in reminders(back)] == ["🔔 初试：明天"]


async def test_forgotten_is_forgotten(stage: Stage) -> None:
    student = await subscribed(stage)
    await student.types("/privacy")
    await student.taps("删除全部")
    await student.taps("要删")
    await student.taps("全部删除")
    heard = len(student.heard)
    await stage.clock.move_to(morning(12, 19, hour=4))

    assert len(student.heard) == heard


async def fates(stage: Stage, person: Person) -> list[str]:
    async with stage.parts.transactions.look() as work:
        known = await work.people.by_telegram(TelegramId(person.id), now=NOW)
        assert known is not None
        kept = await work.people.everything_about(known)
    return [row["fate"] for row in kept["letters"] if row["kind"] == "exam_reminder"]
