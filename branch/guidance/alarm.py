"""Words of despair reach a person at once: who is there to look after people is alerted."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Final, Protocol

from branch.outbox.kinds import LetterKind
from branch.outbox.model import Letter
from branch.outbox.ports import Outbox
from branch.people.model import Person, Role, Sender
from branch.people.ports import People
from texts.renderer import Texts

ONCE_IN: Final = timedelta(hours=4)
USEFUL_FOR: Final = timedelta(hours=24)
ABOUT: Final = "despair"


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

    async def ring(self, sender: Sender, *, now: datetime) -> bool:
        """Alert secretaries and admins, members where there is no secretary; whether somebody is.

        However often it is rung for somebody, each of them hears of it once in a few hours.
        """
        async with self._begin() as work:
            known = await work.people.by_telegram(sender.telegram_id, now=now)
            called = await self._called(work, sender, now)
            await work.outbox.put(
                self._letter(each, len(called) - 1, sender, known, now) for each in called
            )
        return bool(called)

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

    def _letter(
        self, to: Person, others: int, sender: Sender, known: Person | None, now: datetime
    ) -> Letter:
        who = f"person:{known.id}" if known else f"stranger:{sender.telegram_id}"
        return Letter(
            key=f"alert:{who}:{int(now.timestamp() // ONCE_IN.total_seconds())}:{to.id}",
            to=to.id,
            kind=LetterKind.ALERT,
            body=self._texts.render(
                "alarm/alert",
                to.language,
                name=sender.name,
                telegram_id=sender.telegram_id,
                at=now,
                others=others,
            ),
            about=ABOUT,
            concerns=known.id if known else None,
            due_at=now,
            useful_until=now + USEFUL_FOR,
        )
