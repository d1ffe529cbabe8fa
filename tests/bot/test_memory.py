"""A bot on the real content stays small: the budget of a small server, not a matter of speed."""

import os
import sys
from pathlib import Path

import pytest

from playground.clock import MovableClock
from playground.server import PlaygroundServer
from playground.world import World
from tests.bot.program import Running
from tests.bot.waiting import until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")

MOST_MIB = 150
"""Of the 143 that were held when this was written; libraries for development are among them."""
QUESTIONS = ("今年考研哪天考", "没过四级能考研吗", "国家线什么时候出", "调剂怎么填", "复试刷人比例")


@pytest.fixture
def world() -> World:
    """In the present: the program has a clock of its own."""
    return World(MovableClock())


def held_by(process: int) -> float:
    """What the process holds in memory now, in MiB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


async def test_without_the_embedding_little_is_held(
    world: World, server: PlaygroundServer, tmp_path: Path
) -> None:
    program = Running(
        tmp_path,
        TELEGRAM_TOKEN=world.token,
        TELEGRAM_API_URL=server.api_url,
        DATABASE_URL=f"sqlite:///{tmp_path / 'linghang.db'}",
        EMBEDDING="false",
    )
    people = [world.add_person(f"学生{number}").id for number in range(30)]
    for person in people:
        world.say(person, person, "/start")
    async with program:
        # a first start reads all the content anew, in a process that ends before this one polls
        await until(lambda: all(len(world.history(person)) > 1 for person in people), seconds=120)
        for question in QUESTIONS:
            said = [len(world.history(person)) for person in people]
            for person in people:
                world.say(person, person, question)
            await until(
                lambda said=said: all(  # type: ignore[misc]  # a lambda with a default has no type
                    len(world.history(person)) >= before + 2
                    for person, before in zip(people, said, strict=True)
                ),
                seconds=60,
            )

        assert held_by(program.pid) < MOST_MIB
