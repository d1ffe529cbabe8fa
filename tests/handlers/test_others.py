"""Below an answer that is not beyond doubt: what else may be meant, each a tap away."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import select

from branch.guidance.replies import Answered, Part
from branch.guidance.service import GuidanceLibrary
from branch.statistics.model import Ways
from branch.statistics.period import Filter, Period
from storage.tables import QUESTIONS
from tests.stage import NOW, SHANGHAI, Person, Stage

UNSURE, ENGLISH, SURE = "那几天到底怎么安排", "How are those days arranged", "准考证什么时候打印"
HEADING = "也许你问的是："
TIMETABLE, LAST_WEEK = "初试每科几点考、怎么排", "考前一周怎么安排"
"""The first is related to the answer too."""


@pytest.fixture(autouse=True)
def _an_answer_with_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """How sure is sure is the library's business, and tested there."""

    def reply(library: GuidanceLibrary) -> Answered:
        found = [library.entry(slug) for slug in ("exam-dates", "exam-timetable", "last-week")]
        answer, *others = (each for each in found if each is not None)
        return Answered(answer, 0.6, tuple(others))

    def hear(self: GuidanceLibrary, message: str, **about: Any) -> Sequence[Part]:
        about.pop("after", None)
        return [
            Part(each, reply(self) if each in {UNSURE, ENGLISH} else self.ask(each, **about))
            for each in message.split("？")
        ]

    monkeypatch.setattr(GuidanceLibrary, "hear", hear)


@pytest.fixture
async def asker(both_stages: Stage) -> Person:
    """Somebody who has just read such an answer, on a database of each kind."""
    person = both_stages.person()
    await person.joins()
    await person.types(UNSURE)
    return person


async def test_others_stand_first_below_the_answer_on_one_phone_screen(asker: Person) -> None:
    assert asker.hears.startswith("📌 2027 考研初试是哪几天")
    assert asker.hears.endswith(f"\n\n{HEADING}")
    assert asker.buttons[:4] == [TIMETABLE, LAST_WEEK, "有用", "没用"]
    assert asker.buttons.count(TIMETABLE) == 1
    assert asker.buttons[-3:] == ["问党员", "同类问题", "菜单"]
    assert len(asker.last.buttons) == 6


async def test_a_tap_opens_the_other_and_it_counts_as_chosen(asker: Person) -> None:
    assert await kept(asker.stage) == [(UNSURE, "answered", "exam-dates")]
    await asker.taps(LAST_WEEK)

    assert asker.hears.startswith(f"📌 {LAST_WEEK}")
    assert HEADING not in asker.hears
    assert asker.buttons[:2] == ["有用", "没用"]
    assert await kept(asker.stage) == [(UNSURE, "chosen", "last-week")]
    assert await ways(asker.stage) == Ways(choice=1, total=1)


async def test_a_double_tap_is_one_choice(asker: Person) -> None:
    message, data = asker.button(LAST_WEEK)
    said = len(asker.heard)
    for _ in range(2):
        await asker.taps_data(message, data, force=True)

    assert len(asker.heard) == said
    assert asker.hears.startswith(f"📌 {LAST_WEEK}")
    assert await kept(asker.stage) == [(UNSURE, "chosen", "last-week")]
    assert await ways(asker.stage) == Ways(choice=1, total=1)


async def test_who_was_understood_says_so_and_reads_on_without_others(asker: Person) -> None:
    await asker.taps("有用")

    assert HEADING not in asker.hears
    assert asker.buttons[:2] == ["✓ 有用", "没用"]
    assert LAST_WEEK not in asker.buttons
    assert await kept(asker.stage) == [(UNSURE, "answered", "exam-dates")]


async def test_in_english_too(stage: Stage) -> None:
    alex = stage.person("Alex", language_code="en")
    await alex.joins(language="English")
    await alex.types(ENGLISH)
    assert alex.hears.endswith("\n\nOr did you mean:")
    assert alex.buttons[1] == "How do I spend the last week"

    await alex.taps("How do I spend the last week")
    assert alex.hears.startswith("📌 How do I spend the last week")
    assert await kept(stage) == [(ENGLISH, "chosen", "last-week")]


async def test_who_has_not_agreed_reads_the_other_and_nothing_is_kept(stage: Stage) -> None:
    passer_by = stage.person("路人")
    await passer_by.types(UNSURE)
    await passer_by.taps(LAST_WEEK)

    assert passer_by.hears.startswith(f"📌 {LAST_WEEK}")
    assert await kept(stage) == []


async def test_a_sure_answer_stands_alone(student: Person) -> None:
    await student.types(SURE)

    assert HEADING not in student.hears
    assert student.buttons[:2] == ["有用", "没用"]


@pytest.mark.parametrize("message", [f"{UNSURE}？{SURE}", f"{UNSURE}？{UNSURE}"])
async def test_of_several_questions_none_carries_others(student: Person, message: str) -> None:
    before = len(student.heard)
    await student.types(message)

    said = student.heard[before:]
    assert any("📌 2027 考研初试是哪几天" in each for each in said)
    assert not any(HEADING in each for each in said)
    assert LAST_WEEK not in student.buttons


async def test_in_a_group_there_are_none(stage: Stage) -> None:
    (person,) = stage.group("材料 1 班", stage.person("小林"))
    await stage.settle()
    await person.types(f"@{stage.world.bot_username} {UNSURE}")

    assert "12 月 19 日" in person.hears
    assert HEADING not in person.hears
    assert person.buttons == []


async def kept(stage: Stage) -> list[tuple[Any, ...]]:
    async with stage.parts.transactions.look() as work:
        rows = await work._connection.execute(
            select(QUESTIONS.c.text, QUESTIONS.c.outcome, QUESTIONS.c.entry).order_by(
                QUESTIONS.c.id
            )
        )
        return [tuple(row) for row in rows]


async def ways(stage: Stage) -> Ways:
    """How the figures say that questions were answered."""
    week = Period.days(7, today=NOW.astimezone(SHANGHAI).date())
    async with stage.parts.transactions.look() as work:
        figures = await work.statistics.questions(Filter(period=week), SHANGHAI)
    return figures.ways
