"""A stage with a small base on it: trying a change of it takes no time."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.content import Content, read_content
from branch.guidance.replies import NotCovered, Part
from branch.guidance.service import GuidanceLibrary
from branch.people.model import Role, TelegramId
from tests.stage import NOW, SHANGHAI, Person, Stage, performance


@pytest.fixture
def small_content(small_folder: Path) -> Content:
    """By letters alone: a handful of entries is too little to weigh meanings by."""
    return read_content(small_folder, SHANGHAI)


@pytest.fixture
async def small_stage(sqlite_url: str, small_content: Content) -> AsyncIterator[Stage]:
    async with performance(sqlite_url, content=small_content, embedding=False) as playing:
        yield playing


@pytest.fixture
async def small_stages(either_url: str, small_content: Content) -> AsyncIterator[Stage]:
    """On SQLite and then on PostgreSQL."""
    async with performance(either_url, content=small_content, embedding=False) as playing:
        yield playing


@pytest.fixture
def gaps_in_the_base(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing covers what is broken (坏了): what is covered is the search's business."""
    hear = GuidanceLibrary.hear

    def hear_or_not(self: GuidanceLibrary, message: str, **about: Any) -> Sequence[Part]:
        if "坏了" in message:
            return [Part(message, NotCovered())]
        return hear(self, message, **about)

    monkeypatch.setattr(GuidanceLibrary, "hear", hear_or_not)


async def a_member(stage: Stage, name: str = "王学长") -> Person:
    """Somebody who has joined and is a member."""
    person = stage.person(name)
    await person.joins()
    async with stage.parts.transactions.begin() as work:
        known = await work.people.by_telegram(TelegramId(person.id), now=NOW)
        assert known is not None
        await work.roles.grant(known.id, Role.MEMBER, by=None, now=NOW, until=None)
    return person
