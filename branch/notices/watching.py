"""Looks after notices on their way: how far they are, whether one should stop, when one is done."""

from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from branch.notices.changing import author_of
from branch.notices.letters import NoticeLetters
from branch.notices.model import Notice, NoticeState, Progress
from branch.notices.ports import Begin, NoticeWork
from branch.outbox.kinds import LetterKind
from branch.outbox.model import Fate

RATE_OVER: Final = timedelta(seconds=10)
SHOWN_AFTER_AMENDING: Final = timedelta(seconds=10)
FAILS_TOO_OFTEN: Final = 0.3
AT_LEAST_FAILED: Final = 10


class Watching:
    def __init__(self, begin: Begin, look: Begin, letters: NoticeLetters) -> None:
        self._begin = begin
        self._look = look
        self._letters = letters

    async def progress(self, notice: Notice, *, now: datetime) -> Progress:
        async with self._look() as work:
            return await progress_of(work, notice, now)

    async def look_after(self, *, now: datetime) -> list[Notice]:
        """End what is done and stop what fails too often; gives what is under way, or just was."""
        async with self._look() as work:
            running = await work.notices.in_state(NoticeState.RUNNING)
            paused = await work.notices.in_state(NoticeState.PAUSED)
            amended = await work.notices.amended_since(now - SHOWN_AFTER_AMENDING)
            found = [(each, await progress_of(work, each, now)) for each in running]
        moved = [await self._moved(notice, progress, now) for notice, progress in found]
        return [*amended, *moved, *paused]

    async def _moved(self, notice: Notice, progress: Progress, now: datetime) -> Notice:
        if notice.lettered_at is not None and progress.waiting == 0:
            return await self._ends(notice, now)
        if _fails(progress) and not notice.paused_itself:
            return await self._stops(notice, now)
        return notice

    async def _ends(self, notice: Notice, now: datetime) -> Notice:
        async with self._begin() as work:
            present = await work.notices.get(notice.id)
            if present is None or present.state is not NoticeState.RUNNING:
                return notice
            progress = await progress_of(work, present, now)
            done = present.moved(NoticeState.DONE, now=now)
            if progress.waiting or not await work.notices.save(done):
                return notice
            await self._tell(work, "done", replace(done, version=done.version + 1), progress, now)
            return done

    async def _stops(self, notice: Notice, now: datetime) -> Notice:
        async with self._begin() as work:
            present = await work.notices.get(notice.id)
            if present is None or present.state is not NoticeState.RUNNING:
                return notice
            stopped = replace(present.moved(NoticeState.PAUSED, now=now), paused_itself=True)
            if not await work.notices.save(stopped):
                return notice
            await work.mails.hold(notice.about)
            progress = await progress_of(work, present, now)
            await self._tell(work, "paused", stopped, progress, now)
            return stopped

    async def _tell(
        self, work: NoticeWork, event: str, notice: Notice, progress: Progress, now: datetime
    ) -> None:
        author = await author_of(work, notice, now=now)
        if author is not None:
            letter = self._letters.to_author(event, notice, author, now, progress=progress)
            await work.outbox.put([letter])


async def progress_of(work: NoticeWork, notice: Notice, now: datetime) -> Progress:
    fates = await work.mails.fates(notice.about, LetterKind.NOTICE)
    to_write = 0
    if notice.state.under_way and notice.lettered_at is None:
        to_write = max(0, notice.recipients - sum(fates.values()))
    lately = await work.mails.settled_since(notice.about, since=now - RATE_OVER)
    waiting = fates.get(Fate.WAITING, 0)
    return Progress(
        fates=fates,
        to_write=to_write,
        receipts=await work.receipts.count(notice.id) if notice.draft.wants_receipt else 0,
        rate=lately / RATE_OVER.total_seconds() if lately and waiting + to_write else None,
        next_at=await work.mails.next_at(notice.about) if waiting else None,
    )


def _fails(progress: Progress) -> bool:
    failed = progress.of(Fate.REFUSED, Fate.UNKNOWN)
    tried = failed + progress.delivered
    return failed >= AT_LEAST_FAILED and failed >= FAILS_TOO_OFTEN * tried
