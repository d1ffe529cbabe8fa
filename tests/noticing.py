"""How people write, send and get notices, for tests of all kinds."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from branch.notices.model import NoticeId, Progress
from branch.notices.watching import progress_of
from branch.people.model import Role, Sender, TelegramId
from playground.world import World
from storage.work import Transactions
from tests.stage import NOW, Person, Stage
from texts.language import Language

WORDS = "明天下午三点在材料楼 301 开会"


async def students(stage: Stage, number: int) -> list[Person]:
    found = []
    for each in range(number):
        person = stage.person(f"学生{each}")
        await person.joins()
        found.append(person)
    return found


async def writes(member: Person, *, to: str = "所有人", words: str = WORDS) -> None:
    await member.types("/notice")
    await member.types(words)
    await member.taps(to)
    await member.taps("下一步")


async def sends(member: Person, *, to: str = "所有人", words: str = WORDS) -> None:
    await writes(member, to=to, words=words)
    await member.taps("确认发给")
    await worked(member.stage)


async def with_receipt(member: Person) -> None:
    await writes(member)
    await member.taps("设置")
    await member.taps("要点收到")
    await member.taps("好了")
    await member.taps("确认发给")
    await worked(member.stage)


async def worked(stage: Stage) -> None:
    """The watch has done what it does, twice: what it wrote may have been delivered between."""
    for _ in range(3):
        await stage.parts.services.notices.watch.go_on(now=stage.clock.now())
        await stage.settle()


async def later(stage: Stage, passed: timedelta) -> None:
    before = stage.clock.now()
    await stage.clock.move_to(before + passed)
    await stage.parts.alarm_clock.moved(before, stage.clock.now())
    await worked(stage)


def card(member: Person, button: str = "刷新") -> str:
    """What the message with this button says."""
    message, _ = member.button(button)
    return next(m.text for m in member.stage.world.history(member.id) if m.id == message)


async def secretary(stage: Stage, name: str = "陈书记") -> Person:
    person = stage.person(name)
    await person.joins()
    async with stage.parts.transactions.begin() as work:
        known = await work.people.by_telegram(TelegramId(person.id), now=NOW)
        assert known is not None
        await work.roles.grant(known.id, Role.SECRETARY, by=None, now=NOW, until=None)
    return person


async def readers(stage: Stage, number: int) -> list[Person]:
    """Many at once: they have joined without a word."""
    people = [stage.person(f"学生{each}") for each in range(number)]
    await have_joined(stage.world, stage.parts.transactions, [each.id for each in people])
    return people


async def have_joined(world: World, kept: Transactions, people: Sequence[int]) -> None:
    now = world.clock.now()
    async with kept.begin() as work:
        for person in people:
            world.people[person] = replace(world.people[person], has_started=True)
            sender = Sender(telegram_id=TelegramId(person), name=world.people[person].name)
            assert await work.people.add(sender, language=Language.ZH, now=now) is not None


async def to_students(member: Person, words: str = WORDS) -> None:
    """Up to the last look; whoever writes it is not among its readers."""
    await member.types("/notice")
    await member.types(words)
    await member.taps("按身份")
    await member.taps("学生")
    await member.taps("好了")
    await member.taps("下一步")


async def report(kept: Transactions, *, now: datetime, number: int = 1) -> Progress:
    """What the card, the message and the table say."""
    async with kept.look() as work:
        notice = await work.notices.get(NoticeId(number))
        assert notice is not None
        return await progress_of(work, notice, now)
