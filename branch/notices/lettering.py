"""Writes the letters of notices a few hundred at a time, so that nobody waits for a large one.

How far it has come is kept with the notice: killed in the midst, it goes on from there. A key that
is there is not written twice.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from branch.notices.errors import NoticeMovedOn
from branch.notices.letters import NoticeLetters, key
from branch.notices.model import Notice, NoticeId, NoticeState
from branch.notices.ports import Begin, NoticeWork, Reader
from branch.notices.wishes import Gathering
from branch.outbox.model import Letter, LetterTooLong
from texts.fields import FieldFaulty

AT_ONCE: Final = 500


class Lettering:
    def __init__(self, begin: Begin, look: Begin, letters: NoticeLetters) -> None:
        self._begin = begin
        self._look = look
        self._letters = letters

    async def go_on(self, *, now: datetime) -> bool:
        """Write some of what is to be written; whether there may be more at once."""
        async with self._look() as work:
            running = await work.notices.in_state(NoticeState.RUNNING)
        to_write = [notice.id for notice in running if notice.lettered_at is None]
        for number in to_write:
            try:
                await self._some(number, now)
            except NoticeMovedOn:
                continue  # another process has written these, or somebody has stopped it
        return bool(to_write)

    async def _some(self, number: NoticeId, now: datetime) -> None:
        async with self._begin() as work:
            notice = await work.notices.get(number)
            if notice is None or notice.state is not NoticeState.RUNNING or notice.lettered_at:
                return
            readers = await work.audiences.frozen(number, after=notice.lettered_to, limit=AT_ONCE)
            if not readers:
                await _save(work, replace(notice, lettered_at=now))
                return
            await self._write(work, notice, readers, now)
            await _save(work, replace(notice, lettered_to=readers[-1].id))

    async def _write(
        self, work: NoticeWork, notice: Notice, readers: Sequence[Reader], now: datetime
    ) -> None:
        resting = [each.id for each in readers if each.wishes.gathering is not Gathering.AT_ONCE]
        arriving = await work.mails.arriving_with(resting, now=now) if resting else frozenset()
        letters: list[Letter] = []
        faulty: dict[str, str] = {}
        for reader in readers:
            # of several that come together, one rings
            silent = (reader.id, self._letters.due(notice, reader)) in arriving
            try:
                letters.append(self._letters.letter(notice, reader, silent=silent))
            except (FieldFaulty, LetterTooLong) as error:
                letters.append(self._letters.blank(notice, reader))
                faulty[key(notice.id, reader.id)] = f"{type(error).__name__}: {error}"
        await work.outbox.put(letters)
        await work.mails.refuse(faulty, now=now)


async def _save(work: NoticeWork, notice: Notice) -> None:
    if not await work.notices.save(notice):
        raise NoticeMovedOn
