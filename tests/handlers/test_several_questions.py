"""Several questions in one message: one after the other, each kept, each with its own buttons."""

from typing import Any

import pytest
from sqlalchemy import select

from branch.guidance.replies import Choices, Part
from branch.guidance.service import GuidanceLibrary
from storage.tables import LAST_READ, QUESTIONS
from tests.stage import Person, Stage, content_of
from texts.language import Language

EXAM, TICKET = "今年考研哪天考", "准考证什么时候打印"
ENTRIES = content_of().library.library.entries
TORN = "那个怎么弄"
"""A question between three entries."""


@pytest.fixture(autouse=True)
def _one_question_a_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a message is parted is the library's business, and tested there."""

    def hear(
        self: GuidanceLibrary, message: str, *, after: object = None, **about: Any
    ) -> list[Part]:
        pieces = [piece for piece in message.split("？") if piece.strip()]
        torn = Choices(self.library.entries[:3])
        return [
            Part(piece, torn if piece == TORN else self.ask(piece, **about)) for piece in pieces
        ]

    monkeypatch.setattr(GuidanceLibrary, "hear", hear)


@pytest.fixture
async def asker(both_stages: Stage) -> Person:
    person = both_stages.person()
    await person.joins()
    return person


async def test_each_is_answered_in_a_message_of_its_own(asker: Person) -> None:
    await asker.types(f"{EXAM}？{TICKET}？")

    first, second = asker.heard[-2:]
    assert first.startswith(
        f"你问了两件事，一件一件说。\n\n1/2 · {EXAM}\n\n📌 2027 考研初试是哪几天"
    )
    assert second.startswith(f"2/2 · {TICKET}\n\n📌 ")
    assert "有用" in asker.buttons
    assert await kept(asker.stage) == [
        (0, EXAM, "answered", "exam-dates"),
        (1, TICKET, "answered", "admission-ticket"),
    ]


async def test_a_single_question_has_no_lead(asker: Person) -> None:
    await asker.types(f"{EXAM}？")

    assert asker.hears.startswith("📌")
    assert [row[0] for row in await kept(asker.stage)] == [0]


async def test_choices_belong_to_their_part(asker: Person) -> None:
    await asker.types(f"{EXAM}？{TORN}？{TORN}？")
    assert asker.heard[-2:] == [f"{number}/3 · {TORN}\n\n你问的是哪一个？" for number in (2, 3)]
    questions = [each.question(Language.ZH) for each in ENTRIES[:3]]
    assert asker.buttons == [*questions, "问党员", "都不是"]
    await asker.taps("都不是")

    assert [(part, outcome) for part, _, outcome, _ in await kept(asker.stage)] == [
        (0, "answered"),
        (1, "choices"),
        (2, "none_fits"),
    ]


async def test_four_at_most_and_the_others_are_asked_for_again(asker: Person) -> None:
    await asker.types("图书馆几点关？" * 2 + f"{EXAM}？{TICKET}？插座修好了吗？食堂几点开？")

    assert "你一下问了好几件事，先说前四件，其余的再发一次就行。" in asker.heard[-4]
    assert asker.hears.startswith("4/4 · ")
    assert len(await kept(asker.stage)) == 4


async def test_the_same_answer_is_given_once(asker: Person) -> None:
    before = len(asker.heard)
    await asker.types(f"{EXAM}？{EXAM}？")

    assert len(asker.heard) == before + 1
    assert asker.hears.startswith("📌")
    assert len(await kept(asker.stage)) == 2


async def test_an_edit_takes_away_what_is_no_longer_asked(asker: Person) -> None:
    stage = asker.stage
    message = stage.world.say(asker.id, asker.id, f"{EXAM}？{TICKET}？")
    await stage.settle()
    stage.world.edit(asker.id, asker.id, message, f"{TICKET}？")
    await stage.settle()

    assert await kept(stage) == [(0, TICKET, "answered", "admission-ticket")]


async def test_despair_in_one_part_is_all_that_counts(asker: Person) -> None:
    before = len(asker.heard)
    await asker.types(f"{EXAM}？复习不完，我不想活了？")

    assert len(asker.heard) == before + 1
    assert "12356" in asker.hears
    assert asker.buttons == []
    assert await kept(asker.stage) == [(0, "", "out_of_bounds", None)]


async def test_anger_in_one_part_is_not_kept_and_the_rest_is_answered(asker: Person) -> None:
    await asker.types(f"{EXAM}？你就是个傻逼？")

    assert [(text, found) for _, text, found, _ in await kept(asker.stage)] == [
        (EXAM, "answered"),
        ("", "out_of_bounds"),
    ]


async def test_what_was_read_last_is_what_the_next_question_may_lean_on(asker: Person) -> None:
    await asker.types(f"{TICKET}？{EXAM}？")

    assert await last_read(asker.stage) == ["exam-dates"]


async def kept(stage: Stage) -> list[tuple[Any, ...]]:
    async with stage.parts.transactions.look() as work:
        rows = await work._connection.execute(
            select(
                QUESTIONS.c.part, QUESTIONS.c.text, QUESTIONS.c.outcome, QUESTIONS.c.entry
            ).order_by(QUESTIONS.c.message_id, QUESTIONS.c.part)
        )
        return [tuple(row) for row in rows]


async def last_read(stage: Stage) -> list[str]:
    async with stage.parts.transactions.look() as work:
        return list(await work._connection.scalars(select(LAST_READ.c.entry)))
