"""Notices that recur: each occurrence becomes a notice of its own, once."""

from datetime import datetime, timedelta, tzinfo
from typing import Final

from msgspec.structs import replace

from branch.dates.holidays import Holidays
from branch.notices.changing import author_of
from branch.notices.letters import NoticeLetters
from branch.notices.model import Notice, NoticeId, NoticeState
from branch.notices.ports import Begin, NoticeWork

AHEAD: Final = timedelta(minutes=65)
"""The clock looks every hour: what occurs until the next time is written now."""
MADE_UP_WITHIN: Final = timedelta(hours=12)
"""What should have gone out longer ago, while we were down, is reported and not sent."""


class Series:
    def __init__(
        self,
        begin: Begin,
        look: Begin,
        letters: NoticeLetters,
        *,
        holidays: Holidays,
        zone: tzinfo,
    ) -> None:
        self._begin = begin
        self._look = look
        self._letters = letters
        self._holidays = holidays
        self._zone = zone

    async def go_on(self, *, now: datetime) -> bool:
        """Write the occurrences that are due soon; whether there may be more."""
        async with self._look() as work:
            recurring = await work.notices.in_state(NoticeState.RECURRING)
        due = [each for each in recurring if each.starts_at <= now + AHEAD]
        for series in due:
            await self._occur(series.id, now)
        return bool(due)

    async def _occur(self, number: NoticeId, now: datetime) -> None:
        async with self._begin() as work:
            series = await work.notices.get(number)
            if series is None or series.state is not NoticeState.RECURRING:
                return
            if series.starts_at > now + AHEAD or not await self._moves_on(work, series, now):
                return
            late = series.starts_at < now - MADE_UP_WITHIN
            occurrence = Notice(
                id=NoticeId(0),
                author=series.author,
                draft=replace(series.draft, recurrence=None, recurs_as="", send_at=None),
                state=NoticeState.MISSED if late else NoticeState.RUNNING,
                created_at=now,
                starts_at=series.starts_at,
                approved_by=series.approved_by,
                ended_at=now if late else None,
                series=series.id,
            )
            at = f"{series.starts_at.timestamp():.0f}"
            written, new = await work.notices.add(
                occurrence.draft,
                key=f"series:{series.id}:{at}",
                author=series.author,
                notice=occurrence,
            )
            if not new:
                return
            if late:
                await self._report_missed(work, written, now)
            else:
                await self._freeze(work, written, now)

    async def _moves_on(self, work: NoticeWork, series: Notice, now: datetime) -> bool:
        """To its next time; False if another process was first."""
        recurrence = series.draft.recurrence
        assert recurrence is not None, "it recurs"
        following = recurrence.next_after(series.starts_at, self._holidays, self._zone)
        if following is None:
            return await work.notices.save(series.moved(NoticeState.DONE, now=now))
        return await work.notices.save(replace(series, starts_at=following))

    async def _freeze(self, work: NoticeWork, number: NoticeId, now: datetime) -> None:
        notice = await work.notices.get(number)
        assert notice is not None, "written in this transaction"
        draft = notice.draft
        recipients = await work.audiences.freeze(
            number, draft.audience, kind=draft.kind, urgent=draft.urgent, now=now
        )
        await work.notices.save(replace(notice, recipients=recipients))

    async def _report_missed(self, work: NoticeWork, number: NoticeId, now: datetime) -> None:
        notice = await work.notices.get(number)
        assert notice is not None, "written in this transaction"
        author = await author_of(work, notice, now=now)
        if author is not None:
            letter = self._letters.to_author("missed", notice, author, now, at=notice.starts_at)
            await work.outbox.put([letter])
