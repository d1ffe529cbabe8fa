"""Asking: answers, choices, what is not covered, and what is not ours to answer."""

from datetime import UTC, datetime

from tests.stage import Person, Stage


async def test_a_question_is_answered_with_source_and_validity(student: Person) -> None:
    await student.types("今年考研哪天考")

    assert student.hears.startswith("📌 2027 考研初试是哪几天\n\n2027 届初试在 12 月 19 日至 20 日")
    assert "\n来源：教育部" in student.hears
    assert "适用 2027 届" in student.hears


async def test_the_countdown_follows_the_clock(stage: Stage, student: Person) -> None:
    await stage.clock.move_to(datetime(2026, 12, 18, 4, 0, tzinfo=UTC))
    await student.types("今年考研哪天考")
    assert "就是明天" in student.hears
    await stage.clock.move_to(datetime(2026, 12, 19, 4, 0, tzinfo=UTC))
    await student.types("今年考研哪天考")
    assert "正在进行" in student.hears
    await stage.clock.move_to(datetime(2027, 1, 15, 4, 0, tzinfo=UTC))
    await student.types("2027考研初试是哪几天")
    assert "已经结束" in student.hears


async def test_registration_in_november_is_said_to_be_over(student: Person) -> None:
    await student.types("现在还能报名吗")

    assert "10 月 24 日" in student.hears
    assert "2028 届" in student.hears


async def test_an_entry_past_its_review_is_not_shown_as_current(
    stage: Stage, student: Person
) -> None:
    await stage.clock.move_to(datetime(2028, 3, 1, tzinfo=UTC))
    await student.types("2027考研初试是哪几天")

    assert "⚠️ 这一条过了复核日期" in student.hears


async def test_ask_takes_the_question_with_it_or_asks_for_one(student: Person) -> None:
    await student.types("/ask 准考证什么时候打印")
    assert "准考证" in student.hears
    await student.types("/ask")
    assert "想问什么" in student.hears
    await student.types("准考证什么时候打印")
    assert "准考证" in student.hears


async def test_what_is_not_covered_is_said_in_plain_words(student: Person) -> None:
    await student.types("我们这门课的出题老师是哪位")

    assert "答不好" in student.hears
    assert "📚 按主题看" in student.buttons


async def test_words_of_despair_get_warmth_and_the_hotlines_and_are_not_kept(
    stage: Stage, student: Person
) -> None:
    await student.types("我不想活了，复习不完")

    assert "12356" in student.hears
    assert "12355" in student.hears
    assert "120" in student.hears
    assert student.buttons == []
    async with stage.parts.transactions.look() as work:
        assert [
            text for _, text in await work.questions.latest(outcome="out_of_bounds", limit=5)
        ] == [""]


async def test_topics_lead_to_answers(student: Person) -> None:
    await student.types("/start")
    await student.taps("按主题看")
    await student.taps("时间安排")
    await student.taps("2027 考研初试是哪几天")

    assert "12 月 19 日" in student.hears
    assert len([each for each in student.heard if "按主题看" in each]) == 0


async def test_an_english_question_gets_an_english_answer(stage: Stage) -> None:
    alex = stage.person("Alex", language_code="en")
    await alex.joins(language="English")
    await alex.types("When is the exam this year?")

    assert "19–20 December" in alex.hears
    assert "Source: " in alex.hears


async def test_the_calendar_shows_the_intake_with_countdowns(student: Person) -> None:
    await student.types("/calendar")

    assert "🗓 2027 届考试日历" in student.hears
    assert "🔹 初试：12 月 19 日至 20 日（周六、周日，还有 27 天）" in student.hears
    assert "已经过去的：\n• 推免系统填报：" in student.hears
    assert "• 网上报名：10 月 15 日至 24 日\n" in student.hears
    await student.taps("26 届")
    assert "🗓 2026 届考试日历" in student.hears


async def test_an_edited_question_is_kept_as_it_reads_now(stage: Stage, student: Person) -> None:
    message = stage.world.say(student.id, student.id, "出题老师是哪位")
    await stage.settle()
    stage.world.edit(student.id, student.id, message, "今年考研哪天考")
    await stage.settle()
    async with stage.parts.transactions.look() as work:
        asked = await work.questions.latest(outcome="answered", limit=5)
        unanswered = await work.questions.latest(outcome="not_covered", limit=5)

    assert [text for _, text in asked] == ["今年考研哪天考"]
    assert unanswered == []


async def test_beside_what_is_ones_own_to_decide_stands_what_may_help(student: Person) -> None:
    await student.types("二战还是先就业")

    assert "不替你下结论" in student.hears
    assert "下面几条也许用得上" in student.hears
    await student.taps("二战之前要想清楚什么")
    assert student.hears.startswith("📌 二战之前要想清楚什么")
