"""What a question may lean on: what its asker read a moment ago, whichever process showed it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from branch.guidance.replies import Choices, Part
from branch.guidance.service import GuidanceLibrary
from tests.stage import Person, Stage, performance

EXAM = "今年考研哪天考"
TORN = "那个怎么弄"
"""A question between three entries."""
Leanings = list[Any]


@pytest.fixture
def leanings(monkeypatch: pytest.MonkeyPatch) -> Leanings:
    """After which entry each message was understood."""
    seen: Leanings = []
    hear = GuidanceLibrary.hear

    def hear_and_note(self: GuidanceLibrary, message: str, **about: Any) -> Sequence[Part]:
        seen.append(about["after"])
        if message == TORN:
            return [Part(message, Choices(self.library.entries[:3]))]
        return hear(self, message, **about)

    monkeypatch.setattr(GuidanceLibrary, "hear", hear_and_note)
    return seen


@pytest.fixture
async def asker(both_stages: Stage) -> Person:
    person = both_stages.person()
    await person.joins()
    return person


async def test_the_answer_before_is_leant_on(asker: Person, leanings: Leanings) -> None:
    await asker.types(EXAM)
    await asker.types("那几点开始")

    assert leanings == [None, "exam-dates"]


async def test_an_opened_entry_is_leant_on(asker: Person, leanings: Leanings) -> None:
    await asker.types(EXAM)
    related = asker.buttons[asker.buttons.index("没用") + 1]
    await asker.taps(related)
    await asker.types("那材料呢")

    assert leanings[0] is None
    assert leanings[1] not in (None, "exam-dates")


async def test_a_chosen_entry_is_leant_on(asker: Person, leanings: Leanings) -> None:
    await asker.types(TORN)
    chosen = asker.button(asker.buttons[0])[1].rpartition(":")[2]
    await asker.taps(asker.buttons[0])
    await asker.types("那材料呢")

    assert leanings == [None, chosen]


async def test_after_a_quarter_of_an_hour_nothing_is_leant_on(
    asker: Person, leanings: Leanings
) -> None:
    clock = asker.stage.clock
    await asker.types(EXAM)
    await clock.move_to(clock.now() + timedelta(minutes=14))
    await asker.types("那几点开始")
    await clock.move_to(clock.now() + timedelta(minutes=16))
    await asker.types("那几点开始")

    assert leanings[:2] == [None, "exam-dates"]
    assert leanings[2] is None


async def test_a_restart_forgets_nothing(sqlite_url: str, leanings: Leanings) -> None:
    async with performance(sqlite_url) as before:
        person = before.person()
        await person.joins()
        await person.types(EXAM)
    async with performance(sqlite_url, world=before.world, clock=before.clock) as after:
        person.stage = after
        await person.types("那几点开始")

    assert leanings == [None, "exam-dates"]


async def test_of_somebody_who_has_not_agreed_nothing_is_remembered(
    stage: Stage, leanings: Leanings
) -> None:
    passer_by = stage.person("路人")
    for _ in range(2):
        await passer_by.types(EXAM)

    assert leanings == [None, None]


async def test_others_answers_are_not_leant_on(asker: Person, leanings: Leanings) -> None:
    other = asker.stage.person("赵同学")
    await other.joins()
    await other.types(EXAM)
    await asker.types("那几点开始")

    assert leanings == [None, None]
