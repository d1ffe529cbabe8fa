"""Words of despair reach a person at once: who is there to look after people is alerted."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Final, Protocol

from branch.outbox.kinds import LetterKind
from branch.outbox.model import Fate, Letter
from branch.outbox.ports import Outbox
from branch.people.model import Person, Role, Sender
from branch.people.ports import People
from texts.renderer import Texts

ONCE_IN: Final = timedelta(hours=4)
USEFUL_FOR: Final = timedelta(hours=24)
ABOUT: Final = "despair"
_NOT_THERE: Final = (Fate.UNREACHABLE, Fate.REFUSED, Fate.EXPIRED, Fate.CANCELLED)


class AlarmWork(Protocol):
    @property
    def people(self) -> People: ...
    @property
    def outbox(self) -> Outbox: ...


class Alarm:
    """Never passes on or keeps what was said; who said it is enough to go and see."""

    def __init__(
        self, begin: Callable[[], AbstractAsyncContextManager[AlarmWork]], texts: Texts
    ) -> None:
        self._begin = begin
        self._texts = texts

    async def ring(self, sender: Sender, *, outright: bool, now: datetime) -> bool:
        """Alert secretaries and admins, members where there is no secretary; whether somebody is.

        However often it is rung for somebody, each of them hears of it once in a few hours; once
        more if it was doubtful first and is said `outright` then, never the other way round.
        """
        async with self._begin() as work:
            known = await work.people.by_telegram(sender.telegram_id, now=now)
            who = f"person:{known.id}" if known else f"stranger:{sender.telegram_id}"
            when = int(now.timestamp() // ONCE_IN.total_seconds())
            called = {
                f"alert:{who}:{when}:{each.id}": each
                for each in await self._called(work, sender, now)
            }
            concerns = known.id if known else None
            told = set() if outright else await self._told(work, list(called))
            await work.outbox.put(
                Letter(
                    key=key if outright else f"{key}:doubtful",
                    to=each.id,
                    kind=LetterKind.ALERT,
                    body=self._body(each, len(called) - 1, sender, now, outright=outright),
                    about=ABOUT,
                    concerns=concerns,
                    due_at=now,
                    useful_until=now + USEFUL_FOR,
                )
                for key, each in called.items()
                if key not in told
            )
        return bool(called)

    async def _told(self, work: AlarmWork, alerts: Sequence[str]) -> AbstractSet[str]:
        """The alerts that are there or on their way: a doubtful word would only weaken them."""
        standings = await work.outbox.standings(alerts)
        return {key for key, each in standings.items() if each.fate not in _NOT_THERE}

    async def _called(self, work: AlarmWork, sender: Sender, now: datetime) -> Sequence[Person]:
        holders = await work.people.holding(Role.MEMBER, now=now)
        secretaries = [each for each in holders if each.role is Role.SECRETARY]
        least = Role.SECRETARY if secretaries else Role.MEMBER
        return [
            each
            for each in holders
            if each.role.covers(least)
            and each.telegram_id != sender.telegram_id
            and each.unreachable_since is None
        ]

    def _body(
        self, to: Person, others: int, sender: Sender, now: datetime, *, outright: bool
    ) -> str:
        return self._texts.render(
            "alarm/alert" if outright else "alarm/perhaps",
            to.language,
            name=sender.name,
            telegram_id=sender.telegram_id,
            at=now,
            others=others,
        )
