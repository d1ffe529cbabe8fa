"""Along a moved clock, jobs that have nothing to do rest: nobody hears anything else for it."""

import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from schedules.timetable import Job
from tests.handlers import calling
from tests.handlers.conftest import a_member
from tests.handlers.test_theme_day_life import begins_series, goes, plans
from tests.noticing import students, writes
from tests.stage import NOW, THOROUGH, Person, Stage, performance

DAYS = timedelta(days=25 if THOROUGH else 2, hours=15)
"""Past a reminder of the call, the theme day and what recurs; thoroughly, past the call's end."""


async def goes_on(stage: Stage) -> Sequence[datetime]:
    """A branch with something of each kind ahead of it; when its jobs were rung in these days.

    The clock itself stands still: what goes on by real time does not mix with it.
    """
    member, author = await a_member(stage), await a_member(stage, "甲")
    [student] = await students(stage, 1)
    await calling.opens(member, deadline="11月30日")
    await calling.writes(author)
    await plans(member, when="11月24日 19:00")
    await goes(student)
    await begins_series(member, "每月第三个周四 19:00")
    await member.taps("建好")
    await writes(member)
    await member.taps("时间")
    await member.types("每周二 19:00")
    await member.taps("确认发给")
    await stage.settle()
    rung = note_rings(stage)
    await stage.parts.alarm_clock.moved(NOW, NOW + DAYS)
    await stage.settle()
    return rung


def note_rings(stage: Stage) -> Sequence[datetime]:
    clock, rung = stage.parts.alarm_clock, list[datetime]()
    really = clock._ring

    async def ring(job: Job, at: datetime | None = None) -> datetime | None:
        rung.append(at or NOW)
        return await really(job, at)

    clock._ring = ring  # type: ignore[method-assign]  # this test listens to one clock
    return rung


async def test_whoever_rests_says_all_the_same(migrated_sqlite: Path, tmp_path: Path) -> None:
    heard: list[list[list[str]]] = []
    rings: list[int] = []
    for name in ("rests.db", "wakes.db"):
        shutil.copy(migrated_sqlite, tmp_path / name)
        async with performance(f"sqlite:///{tmp_path / name}") as stage:
            if name == "wakes.db":
                stage.parts.alarm_clock._changes = None
            rings.append(len(await goes_on(stage)))
            # letters of one moment go out side by side: which comes first is nobody's promise
            people = sorted(stage.world.people)
            heard.append([sorted(Person(stage, each).heard) for each in people])

    assert heard[0] == heard[1]
    assert any(each.startswith(f"🔔 {calling.THEME}：") for each in heard[0][1])
    assert rings[0] < rings[1] / 3
