"""Words of despair: a person is told at once, and the student is told only what is true."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from branch.outbox.kinds import LetterKind
from branch.outbox.model import Fate
from branch.people.model import Role, TelegramId
from playground.clock import MovableClock
from storage.letter_tables import LETTERS
from tests.stage import Person, Stage, performance

WORDS = "我不想活了，复习不完"
BETWEEN_THE_LINES = "感觉一切都没劲透了"
ASKED_AFTER = "我也请支部里的人来问候你一声"
TOLD = "我也给支部里能帮你的人发了消息"


async def holder(stage: Stage, name: str, role: Role) -> Person:
    person = stage.person(name)
    await person.joins()
    async with stage.parts.transactions.begin() as work:
        kept = await work.people.by_telegram(TelegramId(person.id), now=stage.clock.now())
        assert kept is not None
        await work.roles.grant(kept.id, role, by=None, now=stage.clock.now(), until=None)
    return person


def alerts(person: Person) -> list[str]:
    return [text for text in person.heard if "🆘" in text]


def words_to_the_wise(person: Person) -> list[str]:
    return [text for text in person.heard if "💛" in text]


async def test_secretaries_and_admins_are_told_who_and_never_what(both_stages: Stage) -> None:
    admin = await both_stages.admin()
    secretary = await holder(both_stages, "刘书记", Role.SECRETARY)
    member = await holder(both_stages, "张党员", Role.MEMBER)
    student = both_stages.person("<b>林小雨")
    await student.joins()
    await student.types(WORDS)

    assert "12356" in student.hears
    assert TOLD in student.hears
    for person in (admin, secretary):
        [alert] = alerts(person)
        assert "<b>林小雨" in alert
        assert "不想活" not in alert
        assert "另外 1 位" in alert
    assert f'href="tg://user?id={student.id}"' in admin.last.html
    assert alerts(member) == []


async def test_an_alert_that_arrived_is_known_to_have_arrived(stage: Stage) -> None:
    admin = await stage.admin()
    student = stage.person()
    await student.joins()
    await student.types(WORDS)

    assert len(alerts(admin)) == 1
    async with stage.parts.transactions.look() as work:
        fates = list(await work._connection.scalars(select(LETTERS.c.fate)))
    assert fates == [Fate.DELIVERED]


async def test_members_are_told_where_there_is_no_secretary(stage: Stage) -> None:
    member = await holder(stage, "张党员", Role.MEMBER)
    student = stage.person()
    await student.joins()
    await student.types(WORDS)

    assert len(alerts(member)) == 1
    assert TOLD in student.hears


async def test_where_nobody_can_be_told_nobody_is_said_to_be(stage: Stage, student: Person) -> None:
    await student.types(WORDS)

    assert "12356" in student.hears
    assert "支部" not in student.hears


async def test_who_cannot_be_reached_or_is_the_one_does_not_count(stage: Stage) -> None:
    away = await holder(stage, "刘书记", Role.SECRETARY)
    stage.world.block(away.id)
    await stage.settle()
    secretary = await holder(stage, "王书记", Role.SECRETARY)
    await secretary.types(WORDS)

    assert TOLD not in secretary.hears
    assert alerts(secretary) == alerts(away) == []


async def test_again_within_hours_tells_nobody_twice_and_next_day_does(stage: Stage) -> None:
    admin = await stage.admin()
    student = stage.person()
    await student.joins()
    await student.types(WORDS)
    await student.types(WORDS)
    assert len(alerts(admin)) == 1
    assert TOLD in student.hears

    await stage.clock.move_to(stage.clock.now() + timedelta(days=1))
    await student.types(WORDS)
    assert len(alerts(admin)) == 2


async def test_what_only_sounds_like_it_is_asked_after_gently(both_stages: Stage) -> None:
    admin = await both_stages.admin()
    student = both_stages.person("林小雨")
    await student.joins()
    await student.types(BETWEEN_THE_LINES)

    assert "你还好吗" in student.hears
    assert "12356" in student.hears
    assert ASKED_AFTER in student.hears
    [word] = words_to_the_wise(admin)
    assert "林小雨" in word
    assert "没劲" not in word
    assert alerts(admin) == []


async def test_plain_words_after_a_hint_alert_once_more_and_a_hint_after_them_nobody(
    stage: Stage,
) -> None:
    admin = await stage.admin()
    student = stage.person()
    await student.joins()
    await student.types(BETWEEN_THE_LINES)
    await student.types(WORDS)
    assert len(words_to_the_wise(admin)) == len(alerts(admin)) == 1

    other = stage.person("周同学")
    await other.joins()
    await other.types(WORDS)
    await other.types(BETWEEN_THE_LINES)
    assert len(words_to_the_wise(admin)) == 1
    assert len(alerts(admin)) == 2
    assert ASKED_AFTER in other.hears


async def test_a_hint_is_passed_on_where_the_alert_before_it_did_not_arrive(stage: Stage) -> None:
    admin = await stage.admin()
    student = stage.person()
    await student.joins()
    await student.types(WORDS)
    async with stage.parts.transactions.begin() as work:
        await work._connection.execute(update(LETTERS).values(fate=Fate.EXPIRED))
    await student.types(BETWEEN_THE_LINES)

    assert len(words_to_the_wise(admin)) == 1


async def test_the_plainest_of_several_is_what_counts(stage: Stage) -> None:
    admin = await stage.admin()
    student = stage.person()
    await student.joins()
    await student.types(f"{BETWEEN_THE_LINES}。\n{WORDS}")

    assert TOLD in student.hears
    assert len(alerts(admin)) == 1


async def test_somebody_who_has_not_agreed_to_anything_is_looked_after_too(stage: Stage) -> None:
    admin = await stage.admin()
    stranger = stage.person("路过的人")
    await stranger.types(WORDS)

    assert TOLD in stranger.hears
    assert "路过的人" in alerts(admin)[0]


async def test_in_the_middle_of_the_night_it_goes_out_at_once(sqlite_url: str) -> None:
    night = MovableClock(datetime(2026, 11, 22, 18, 0, tzinfo=UTC))
    async with performance(sqlite_url, clock=night) as stage:
        admin = await stage.admin()
        await stage.person().types(WORDS)
        await stage.settle()

        assert len(alerts(admin)) == 1


async def test_alerts_are_gone_after_two_days_and_with_the_student(stage: Stage) -> None:
    stage.clock.on_moved(stage.parts.alarm_clock.moved)
    await stage.admin()
    await stage.person("路过的人").types(WORDS)
    student = stage.person()
    await student.joins()
    await student.types(WORDS)
    assert await _kept_alerts(stage) == 2

    await student.types("/privacy")
    await student.taps("删除全部")
    await student.taps("下一步")
    await student.taps("全部删除")
    assert await _kept_alerts(stage) == 1

    await stage.clock.move_to(stage.clock.now() + timedelta(days=3))
    assert await _kept_alerts(stage) == 0


async def _kept_alerts(stage: Stage) -> int:
    async with stage.parts.transactions.look() as work:
        return len(await work.outbox.fates(kind=LetterKind.ALERT, about="despair"))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
async def test_each_is_told_in_their_language(stage: Stage, language: str) -> None:
    admin = stage.person("Dr Chen", language_code=language)
    payload = stage.claims[-1].rpartition("=")[2]
    await admin.joins(payload=payload, language="中文" if language != "en" else "English")
    await stage.person().types(WORDS)

    assert ("Please reach out now" in alerts(admin)[0]) == (language == "en")


async def test_who_holds_a_role_now_is_known_by_the_highest(stage: Stage) -> None:
    admin = await stage.admin()
    graduate = await holder(stage, "毕业的党员", Role.MEMBER)
    now = stage.clock.now()
    over = now + timedelta(days=1)

    async def holding(least: Role, at: datetime) -> list[tuple[int, Role]]:
        async with stage.parts.transactions.look() as work:
            return [
                (each.telegram_id, each.role) for each in await work.people.holding(least, now=at)
            ]

    async with stage.parts.transactions.begin() as work:
        kept = await work.people.holding(Role.MEMBER, now=now)
        for person in kept:
            await work.roles.grant(person.id, Role.SECRETARY, by=None, now=now, until=over)

    assert await holding(Role.MEMBER, now) == [
        (admin.id, Role.ADMIN),
        (graduate.id, Role.SECRETARY),
    ]
    assert await holding(Role.SECRETARY, over) == [(admin.id, Role.ADMIN)]
    assert await holding(Role.MEMBER, over) == [
        (admin.id, Role.ADMIN),
        (graduate.id, Role.MEMBER),
    ]
