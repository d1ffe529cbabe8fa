"""What can be watched from outside."""

from prometheus_client import generate_latest

from tests.bot.waiting import until
from tests.stage import Person, Stage


def value(stage: Stage, name: str) -> float | None:
    return stage.parts.metrics.registry.get_sample_value(name)


async def test_what_was_handled_is_counted_and_timed(student: Person, stage: Stage) -> None:
    before = value(stage, "linghang_updates_handled_total") or 0
    await student.types("/help")
    await student.types("/menu")

    assert value(stage, "linghang_updates_handled_total") == before + 2
    assert value(stage, "linghang_update_seconds_count") == before + 2


async def test_what_waits_is_seen(student: Person, stage: Stage) -> None:
    at_rest = value(stage, "linghang_updates_waiting")
    for _ in range(3):
        stage.world.say(student.id, student.id, "/help")
    await until(lambda: stage.parts.lanes.count > 0, every=0)
    at_work = value(stage, "linghang_updates_waiting")
    await stage.settle()

    assert at_rest == 0
    assert at_work is not None
    assert at_work >= 1
    assert value(stage, "linghang_updates_waiting") == 0


async def test_the_last_poll_is_seen(stage: Stage) -> None:
    since = value(stage, "linghang_seconds_since_poll")
    assert since is not None
    assert 0 <= since < 30


async def test_nothing_personal_is_told(student: Person, stage: Stage) -> None:
    await student.types("林小雨 的 问题")
    told = generate_latest(stage.parts.metrics.registry).decode()
    assert str(student.id) not in told
    assert "林小雨" not in told
