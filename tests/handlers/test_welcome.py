"""The first minute: greeting, consent, year, language, and what a deep link adds."""

import pytest

from branch.people.model import TelegramId
from tests.stage import Person, Stage


async def test_the_first_minute_takes_consent_the_year_and_the_language(
    both_stages: Stage,
) -> None:
    student = both_stages.person("林小雨")

    await student.types("/start")
    assert student.hears.startswith("你好，林小雨。我是领航")
    await student.taps("同意")
    assert student.hears.startswith("哪一年本科毕业？（1/2）")
    await student.taps("2027")
    assert "（2/2）" in student.hears
    await student.taps("中文")

    assert student.heard[-2].startswith("好了。")
    assert "还有 27 天" in student.hears
    assert "🗓 考试日历" in student.buttons


async def test_a_returning_person_goes_straight_to_the_menu(student: Person) -> None:
    await student.types("/start")

    assert "直接发问题给我就行" in student.hears


async def test_somebody_whose_phone_speaks_english_is_greeted_in_english(stage: Stage) -> None:
    alex = stage.person("Alex", language_code="en-GB")

    await alex.joins(cohort="2028", language="English")
    await alex.types("/profile")

    assert "2028" in alex.hears
    assert "English" in alex.hears


async def test_the_language_can_be_switched_before_agreeing(stage: Stage) -> None:
    alex = stage.person("Alex", language_code="zh-hans")

    await alex.types("/start")
    await alex.taps("English")

    assert "同意，开始" not in alex.buttons
    assert len(alex.heard) == 1


async def test_who_declines_is_not_kept_and_may_still_ask(stage: Stage) -> None:
    student = stage.person()

    await student.types("/start")
    await student.taps("先不了")
    assert "什么都没有存" in student.hears
    await student.types("今年考研哪天考")
    assert "12 月 19 日" in student.hears
    await student.types("/privacy")
    assert "没有存你的任何资料" in student.hears


@pytest.mark.parametrize(
    ("typed", "kept"), [("2028", "2028"), ("28届", "2028"), ("我是 2029 年毕业", "2029")]
)
async def test_the_year_may_be_typed(stage: Stage, typed: str, kept: str) -> None:
    student = stage.person()

    await student.types("/start")
    await student.taps("同意")
    await student.types(typed)
    await student.taps("中文")
    await student.types("/profile")

    assert f"毕业年：{kept}\n考研年：{kept} 届" in student.hears


async def test_an_impossible_year_is_asked_for_again(stage: Stage) -> None:
    student = stage.person()

    await student.types("/start")
    await student.taps("同意")
    await student.types("1890")
    assert "不太像毕业年" in student.hears
    await student.types("2027")

    assert "（2/2）" in student.hears


async def test_a_question_in_the_midst_of_the_first_minute_is_answered_and_the_form_waits(
    stage: Stage,
) -> None:
    student = stage.person()

    await student.types("/start")
    await student.taps("同意")
    await student.types("今年考研哪天考")
    assert "12 月 19 日" in student.hears
    await student.types("2027")

    assert "（2/2）" in student.hears


async def test_going_back_asks_the_year_again(stage: Stage) -> None:
    student = stage.person()

    await student.types("/start")
    await student.taps("同意")
    await student.taps("2027")
    await student.taps("返回")
    assert "（1/2）" in student.hears
    await student.taps("2028")
    await student.taps("中文")
    await student.types("/profile")

    assert "毕业年：2028" in student.hears


async def test_a_deep_link_opens_its_entry_after_the_first_minute(stage: Stage) -> None:
    student = stage.person()

    await student.joins(payload="entry_exam-dates")

    assert "2027 考研初试是哪几天" in student.hears


async def test_the_other_year_leaves_the_cohort_open_and_takes_the_next_exam(
    stage: Stage,
) -> None:
    student = stage.person()

    await student.joins(cohort="更早")
    await student.types("/profile")

    assert "毕业年：没填\n考研年：2027 届" in student.hears


async def test_consent_is_asked_for_again_when_what_is_kept_has_changed(
    stage: Stage, student: Person
) -> None:
    async with stage.parts.transactions.begin() as work:
        person = await work.people.by_telegram(TelegramId(student.id), now=stage.clock.now())
        assert person is not None
        await work.people.change(person.id, consent_version=0)

    await student.types("/start")
    assert "开始前说清楚" in student.hears
    await student.joins(cohort="2028")
    await student.types("/start")

    assert "直接发问题给我就行" in student.hears
