"""What people do leaves the events that figures need, and no way back to who is nameless."""

from collections import Counter

from sqlalchemy import select

from storage.event_tables import EVENTS
from tests.handlers.test_tickets import opened
from tests.stage import Stage

ASKED = "食堂阿姨今天心情怎么样呀"


async def kinds(stage: Stage) -> Counter[tuple[str, bool]]:
    """How many of each kind, with somebody's key and without."""
    async with stage.parts.engine.begin() as connection:
        rows = await connection.execute(select(EVENTS.c.kind, EVENTS.c.who))
        return Counter((kind, who is not None) for kind, who in rows)


async def test_a_question_that_a_member_answers_is_one_of_theirs(both_stages: Stage) -> None:
    desk = await opened(both_stages)
    await desk.student.types(ASKED)
    await desk.student.taps("问党员")
    await desk.student.taps("发给党员")
    assert ("question_by_person", True) not in await kinds(both_stages)
    await desk.one.taps("回答")
    await desk.one.types("挺好的，去打个招呼")
    await desk.one.taps("发送")

    found = await kinds(both_stages)
    assert found["joined", True] == 3
    assert found["question_asked", True] == 1
    assert found["ticket_opened", True] == 1
    assert found["ticket_answered", True] == 1
    assert found["question_by_person", True] == 1


async def test_of_who_asks_without_a_name_there_is_no_key(stage: Stage) -> None:
    desk = await opened(stage)
    await desk.student.types(ASKED)
    await desk.student.taps("问党员")
    await desk.student.taps("匿名发")
    await desk.one.taps("回答")
    await desk.one.types("挺好的，去打个招呼")
    await desk.one.taps("发送")

    found = await kinds(stage)
    assert found["ticket_opened", False] == 1
    assert found["ticket_answered", True] == 1
    assert ("ticket_opened", True) not in found
    assert not [kind for kind, _ in found if kind == "question_by_person"]
