"""Anybody asks in any chat by the bot's name, and drops an entry there."""

import pytest

from branch.people.model import TelegramId
from playground.faults import Fault, Status
from playground.model import InlineAnswer
from tests.stage import NOW, Person, Stage


async def asks_inline(person: Person, text: str) -> tuple[str, InlineAnswer]:
    """Type after the bot's name; what stands above the composer when the bot has answered."""
    query_id = person.stage.world.ask_inline(person.id, person.chat_id, text)
    await person.stage.settle()
    answer = person.stage.world.offered(query_id)
    assert answer is not None
    return query_id, answer


async def drops(person: Person, text: str, *, index: int = 0) -> str:
    """Ask, and take one of what is offered; the message as everybody in the chat reads it."""
    query_id, answer = await asks_inline(person, text)
    result = answer.results[index]
    world = person.stage.world
    sent = world.choose_inline(person.id, person.chat_id, query_id, result.id)
    await person.stage.settle()
    return next(each.text for each in world.history(person.chat_id) if each.id == sent)


async def test_an_entry_is_dropped_into_a_group_by_somebody_we_do_not_know(stage: Stage) -> None:
    xiao, wang = stage.person("小林"), stage.person("小王")
    group = stage.world.add_group("材料 1 班", [xiao.id, wang.id], with_bot=False)
    in_group = Person(stage, xiao.id, group)

    text = await drops(in_group, "今年考研哪天考")

    heading, *_, source, validity = [line for line in text.split("\n") if line]
    assert heading.startswith("📌 ")
    assert "12 月 19 日" in text
    assert source.startswith("来源：")
    assert "核对" in validity
    [dropped] = stage.world.history(group)
    assert (dropped.from_id, dropped.via_bot) == (xiao.id, True)
    [[(label, link)]] = dropped.buttons
    assert label == "私聊问更多"
    await wang.joins(payload=link.rpartition("=")[2])
    assert "12 月 19 日" in "\n".join(wang.heard)


async def test_what_is_offered_is_told_apart_by_question_and_first_line(student: Person) -> None:
    _, answer = await asks_inline(student, "调剂")

    assert 3 <= len(answer.results) <= 8
    assert len({result.title for result in answer.results}) == len(answer.results)
    assert all("调剂" in result.title for result in answer.results)
    for result in answer.results:
        assert result.description
        assert result.description in result.text
        assert result.title in result.text
    assert answer.button is None


async def test_the_surest_comes_first(student: Person) -> None:
    _, answer = await asks_inline(student, "准考证什么时候打印")
    await student.types("准考证什么时候打印")
    assert answer.results[0].title in student.hears


async def test_with_nothing_typed_yet_what_comes_next_is_offered(student: Person) -> None:
    _, answer = await asks_inline(student, "")
    ids = [result.id for result in answer.results]
    assert len(ids) == 8
    assert ids[0] == "admission-ticket"
    assert "exam-dates" in ids[1:3]


async def test_english_in_english_out(stage: Stage) -> None:
    alex = stage.person("Alex", language_code="en")
    text = await drops(alex, "When is the exam this year?")
    assert "Source: " in text
    _, nothing_typed = await asks_inline(alex, "")
    assert any(" exam" in result.title for result in nothing_typed.results)


@pytest.mark.parametrize(
    ("typed", "button"),
    [
        ("不想活了", "12356"),
        ("帮我写一首诗", "私聊我"),
    ],
)
async def test_where_there_is_nothing_to_drop_a_way_into_private_is_offered(
    student: Person, typed: str, button: str
) -> None:
    _, answer = await asks_inline(student, typed)
    assert answer.results == ()
    assert answer.button is not None
    assert button in answer.button["text"]


async def test_an_intake_of_the_one_who_drops_it_is_not_told(stage: Stage) -> None:
    later = stage.person("小李")
    await later.joins(cohort="2029")
    await later.types("今年考研哪天考")
    assert "你的那一届" in later.hears
    assert "你的那一届" not in await drops(later, "今年考研哪天考")


async def test_what_is_dropped_is_not_taken_for_a_question(student: Person) -> None:
    said = len(student.heard)
    await drops(student, "调剂")
    assert len(student.heard) == said


async def test_somebody_who_has_blocked_us_still_has(stage: Stage, student: Person) -> None:
    """And is not taken for one whom we may write to again."""
    stage.world.block(student.id)
    await stage.settle()
    (in_group,) = stage.group("材料 1 班", student)
    assert "12 月 19 日" in await drops(in_group, "今年考研哪天考")

    async with stage.parts.transactions.look() as work:
        known = await work.people.by_telegram(TelegramId(student.id), now=NOW)
    assert known is not None
    assert known.unreachable_since is not None


async def test_of_what_somebody_types_nothing_is_kept(stage: Stage) -> None:
    stranger = stage.person("路人")
    await asks_inline(stranger, "不想让人知道的问题")
    async with stage.parts.engine.connect() as connection:
        rows = await connection.exec_driver_sql("SELECT count(*) FROM updates")
        kept = rows.scalar_one()
    assert kept == 0


async def test_a_late_answer_goes_by_and_nobody_is_told_of_a_fault(
    stage: Stage, student: Person, caplog: pytest.LogCaptureFixture
) -> None:
    said = len(student.heard)
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    refused = Fault(kind=Status(code=400, description=too_old), method="answerInlineQuery")
    stage.world.faults.add(refused)
    stage.world.ask_inline(student.id, student.id, "调剂")
    await stage.settle()

    assert len(student.heard) == said
    assert [each for each in caplog.records if each.levelname == "ERROR"] == []
