"""Each step of an intake by itself, and what is said once a step is over."""

from datetime import UTC, datetime

from tests.stage import Person, Stage
from texts.phone_screen import SCREEN, lines_of


async def test_each_step_has_its_note_its_provinces_and_its_source(student: Person) -> None:
    await student.types("/calendar")
    await student.taps("逐项看")
    await student.taps("网上确认")

    assert student.hears.startswith("📍 网上确认（2027 届）")
    assert "各省自己定起止时间，逾期不补。" in student.hears
    assert "• 辽宁：起止日期以辽宁招生考试之窗" in student.hears
    assert "来源：南京市教育局" in student.hears
    await student.taps("返回")
    await student.taps("国家线公布")
    assert "• 2025 届：2025 年 2 月 24 日" in student.hears
    await student.taps("返回")
    await student.taps("返回")
    assert student.hears.startswith("🗓 2027 届考试日历")


async def test_in_english_nothing_is_left_in_chinese_but_the_source(stage: Stage) -> None:
    student = stage.person("Lin", language_code="en")
    await student.joins(language="English")
    await student.types("/calendar")
    await student.taps("Step by step")
    await student.taps("Online confirmation")

    assert student.hears.startswith("📍 Online confirmation (2027 intake)")
    assert "• Liaoning: The days are in the notice" in student.hears


async def test_a_step_that_does_not_exist_is_chosen_anew(student: Person) -> None:
    await student.types("/calendar")
    await student.taps_data(student.last.id, "cstep:2027:graduation", force=True)

    assert "想看哪一步" in student.hears


async def test_of_an_intake_that_is_over_only_what_is_known_is_shown(student: Person) -> None:
    await student.types("/calendar")
    await student.taps("26 届")

    assert "• 初试：2025 年 12 月 20 日至 21 日" in student.hears
    assert "公布初试成绩" not in student.hears


async def test_asked_in_november_registration_is_over_was_then_and_comes_again(
    student: Person,
) -> None:
    await student.types("现在还能报名吗")

    assert "已经在 10 月 24 日结束" in student.hears
    assert "10 月 15 日（周四）至 10 月 24 日（周六）" in student.hears
    assert "下一届（2028 届）大约在 2027 年 10 月中下旬" in student.hears


async def test_with_nothing_dated_the_screen_folds_and_begins_with_what_comes_first(
    stage: Stage,
) -> None:
    student = stage.person()
    await student.joins(cohort="2028")
    await stage.clock.move_to(datetime(2027, 7, 2, 4, tzinfo=UTC))
    await student.types("/calendar")

    assert student.hears.startswith("🗓 2028 届考试日历\n\n还没公布的")
    assert lines_of(student.last.html) <= SCREEN + 3
