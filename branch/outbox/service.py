"""The post office: takes what is due, has it carried, and records what became of it."""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from branch.outbox.fates import after_carrying, before_carrying
from branch.outbox.kinds import Lane, LetterKind, Priority
from branch.outbox.model import Claim, Fate, Settled
from branch.outbox.ports import Begin, Courier, OutboxWork
from branch.outbox.quiet_hours import QuietHours
from branch.people.model import PersonId

LEASE: Final = timedelta(seconds=60)
"""A letter whose carrier has died is due again after this; a living one renews it in time."""
RENEWED_EVERY: Final = 20.0
PROMPT_AT_ONCE: Final = 100
BULK_AT_ONCE: Final = (4, 120)
"""Few where they go out slowly: of those in hand nobody knows anything after a crash."""
IN_HAND_FOR: Final = 0.05
"""Seconds of sending that one round of bulk letters holds, within those bounds."""
RECORD_AGAIN_AFTER: Final = 0.5
RECORDED_TOGETHER: Final = 0.02
ALERTS_KEPT: Final = timedelta(hours=48)


class Round(Struct, frozen=True, kw_only=True):
    """What was claimed at one moment; what has become clear without carrying is counted only."""

    claimed: int
    to_carry: Sequence[Claim]
    watch: Callable[[], datetime]


class PostOffice:
    """Every step is one transaction, and nothing is carried inside one.

    `bulk_rate` is how many bulk letters a second the courier is going to send. `away` names the
    errors that say that the database, not we, is at fault: what has been carried is then recorded
    as soon as it is back.
    """

    def __init__(
        self,
        begin: Begin,
        look: Begin,
        courier: Courier,
        *,
        bulk_rate: float,
        quiet_hours: QuietHours | None = None,
        away: tuple[type[Exception], ...] = (),
    ) -> None:
        self._begin = begin
        self._look = look
        self._courier = courier
        fewest, most = BULK_AT_ONCE
        in_hand = max(fewest, min(most, round(bulk_rate * IN_HAND_FOR)))
        self._at_once = {Lane.PROMPT: PROMPT_AT_ONCE, Lane.BULK: in_hand}
        self._quiet_hours = quiet_hours
        self._away = away

    async def next_try(self, lane: Lane, *, now: datetime) -> datetime | None:
        """When the lane has something to carry, from what is written now; None for nothing."""
        async with self._look() as work:
            return await work.outbox.next_try(self._priorities(lane, now))

    async def next_of_all(self) -> datetime | None:
        """When the next letter of any kind falls due, whether it may go out then or has to wait."""
        async with self._look() as work:
            return await work.outbox.next_try(list(Priority))

    async def claim(self, lane: Lane, *, now: datetime) -> Round:
        """Take what is due, so that nobody else carries it."""
        watch = _watch(now)
        async with self._begin() as work:
            claims = await work.outbox.claim(
                self._priorities(lane, now), now=now, until=now + LEASE, limit=self._at_once[lane]
            )
            clear = {claim.id: before_carrying(claim, now=now) for claim in claims}
            await work.outbox.settle([each for each in clear.values() if each is not None])
        to_carry = [claim for claim in claims if clear[claim.id] is None]
        return Round(claimed=len(claims), to_carry=to_carry, watch=watch)

    async def carry(self, taken: Round) -> None:
        """Carry them side by side; each is recorded soon after its outcome is known."""
        done: asyncio.Queue[Settled] = asyncio.Queue()
        async with asyncio.TaskGroup() as carriers:
            for claim in taken.to_carry:
                carriers.create_task(self._carry_one(claim, taken.watch, done))
            renewing = carriers.create_task(self._renew(taken))
            await self._record_all(len(taken.to_carry), done)
            renewing.cancel()

    async def welcome_back(self, person_id: PersonId, *, now: datetime) -> int:
        """Somebody writes again: they are reachable, and what waited for them goes out."""
        async with self._begin() as work:
            await work.people.change(person_id, unreachable_since=None)
            return await work.outbox.revive(person_id, now=now)

    async def welcome_back_in(self, telegram_id: int, *, now: datetime) -> int:
        """We are in a group of ours again: what waited for that goes out."""
        async with self._begin() as work:
            chat = await work.chats.found(telegram_id)
            return 0 if chat is None else await work.outbox.revive_in(chat, now=now)

    async def moved(self, telegram_id: int, to: int) -> None:
        """A group of ours has become another, as Telegram says itself."""
        async with self._begin() as work:
            await work.chats.moved(telegram_id, to)

    async def forget_alerts(self, *, now: datetime) -> int:
        """Delete alerts that have done their work; how many there were."""
        async with self._begin() as work:
            return await work.outbox.prune(LetterKind.ALERT, before=now - ALERTS_KEPT)

    async def _carry_one(
        self, claim: Claim, watch: Callable[[], datetime], done: asyncio.Queue[Settled]
    ) -> None:
        at_night = claim.letter.kind.silent_at_night and self._quiet(watch())
        silently = claim.letter.silent or at_night
        outcome = await self._courier.carry(claim, silently=silently)
        done.put_nowait(after_carrying(claim, outcome, now=watch()))

    async def _record_all(self, number: int, done: asyncio.Queue[Settled]) -> None:
        """What comes while one group is being written, and a moment after, makes up the next."""
        while number > 0:
            group = [await done.get()]
            await asyncio.sleep(RECORDED_TOGETHER)
            while not done.empty():
                group.append(done.get_nowait())
            await self._record(group)
            number -= len(group)

    async def _record(self, group: Sequence[Settled]) -> None:
        while True:
            try:
                async with self._begin() as work:
                    await work.outbox.settle(group)
                    for settled in group:
                        await _note_whereabouts(work, settled)
                        await _remember(work, settled)
            except self._away:
                # they have been carried: forgetting that would send them twice
                await asyncio.sleep(RECORD_AGAIN_AFTER)
            else:
                return

    async def _renew(self, taken: Round) -> None:
        while True:
            await asyncio.sleep(RENEWED_EVERY)
            try:
                async with self._begin() as work:
                    await work.outbox.renew(taken.to_carry, until=taken.watch() + LEASE)
            except self._away:
                continue

    def _priorities(self, lane: Lane, now: datetime) -> Sequence[Priority]:
        quiet = self._quiet(now)
        return [
            priority
            for priority in Priority
            if priority.lane is lane and not (quiet and priority.waits_for_morning)
        ]

    def _quiet(self, moment: datetime) -> bool:
        return self._quiet_hours is not None and self._quiet_hours.cover(moment)


async def _note_whereabouts(work: OutboxWork, settled: Settled) -> None:
    """What a letter has taught about its reader: not there any more, or moved."""
    letter = settled.claim.letter
    if settled.moved_to is not None:
        await work.chats.moved(settled.claim.address, settled.moved_to)
    if settled.fate is not Fate.UNREACHABLE:
        return
    if letter.to is not None:
        await work.people.change(letter.to, unreachable_since=settled.at)
    elif letter.to_chat is not None:
        await work.chats.lost(letter.to_chat, now=settled.at)


async def _remember(work: OutboxWork, settled: Settled) -> None:
    letter = settled.claim.letter
    if settled.message_id is None or not letter.kind.finds_back:
        return
    for message_id in (settled.message_id, *settled.more):
        await work.posts.remember(
            letter.about,
            message_id,
            person=letter.to,
            chat=None if letter.to_chat is None else settled.claim.address,
            thread=settled.thread,
            now=settled.at,
        )


def _watch(now: datetime) -> Callable[[], datetime]:
    """A clock that starts at `now`: letters can be carried at a moment that is not the present."""
    started = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - started)
