"""Finds notices: what is under way, what was sent, what is to come, and who got what."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any

from msgspec import Struct

from branch.dates.holidays import Holidays
from branch.notices.changing import current
from branch.notices.model import Notice, NoticeId, NoticeState, Progress
from branch.notices.ports import Begin, ClockSent, Line
from branch.notices.watching import progress_of
from branch.outbox.kinds import LetterKind
from branch.people.model import Person, Role, TelegramId
from branch.people.permission import demand

PAGE = 6
LATEST = 30
_ALL = tuple(NoticeState)
_BY_THE_CLOCK = (
    LetterKind.EXAM_REMINDER,
    LetterKind.EXAM_CORRECTION,
    LetterKind.WEEK_AHEAD,
    LetterKind.THEME_DAY,
)
_SENT = (NoticeState.RUNNING, NoticeState.PAUSED, NoticeState.DONE)


class Coming(Struct, frozen=True, kw_only=True):
    """What goes out at a moment, and to how many as things are now."""

    at: datetime
    notice: Notice
    people: int


class NoticeShelf:
    """Each raises NotAllowed, and NoticeGone where one notice is meant."""

    def __init__(self, begin: Begin, look: Begin, *, holidays: Holidays, zone: tzinfo) -> None:
        self._begin = begin
        self._look = look
        self._holidays = holidays
        self._zone = zone

    async def find(
        self, member: Person, *, words: str = "", page: int = 0, now: datetime
    ) -> tuple[Sequence[Notice], bool]:
        """A page of them, the latest first, and whether there are more."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            found = await work.notices.found(
                words=words, states=_ALL, limit=PAGE + 1, offset=page * PAGE
            )
            return found[:PAGE], len(found) > PAGE

    async def get(
        self, member: Person, notice_id: NoticeId, *, now: datetime
    ) -> tuple[Notice, Progress]:
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            notice = await current(work, notice_id)
            return notice, await progress_of(work, notice, now)

    async def lines(
        self, member: Person, notice_id: NoticeId, *, now: datetime
    ) -> tuple[Notice, Sequence[Line]]:
        """What became of each letter."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            return await current(work, notice_id), await work.audiences.lines(notice_id)

    async def show_card(self, notice_id: NoticeId, *, chat: int, message: int) -> None:
        """Note which message shows its progress."""
        async with self._begin() as work:
            await work.notices.show_card(notice_id, chat=chat, message=message)

    async def on_card(
        self, notice_id: NoticeId, *, now: datetime
    ) -> tuple[Notice, Progress, Person] | None:
        """As it is now, and who looks at its card; None where nobody does."""
        async with self._look() as work:
            notice = await work.notices.get(notice_id)
            if notice is None or notice.card_chat is None:
                return None
            reader = await work.people.by_telegram(TelegramId(notice.card_chat), now=now)
            if reader is None:
                return None
            return notice, await progress_of(work, notice, now), reader

    async def may_redraw(self, notice_id: NoticeId, *, pause: timedelta, now: datetime) -> bool:
        """Whether the card was not drawn within `pause`; whoever asks draws it now."""
        async with self._begin() as work:
            return await work.notices.may_redraw(notice_id, now=now, since=now - pause)

    async def coming(self, member: Person, *, days: int, now: datetime) -> Sequence[Coming]:
        """What goes out in the next days, in order."""
        until = now + timedelta(days=days)
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            open_ones = await work.notices.in_state(
                NoticeState.RUNNING, NoticeState.PENDING, NoticeState.RECURRING
            )
            found: list[Coming] = []
            for notice in open_ones:
                people = notice.recipients
                if notice.draft.recurrence is not None:
                    reach = await work.audiences.reach(
                        notice.draft.audience,
                        kind=notice.draft.kind,
                        urgent=notice.draft.urgent,
                        now=now,
                    )
                    people = reach.letters
                found += [
                    Coming(at=at, notice=notice, people=people)
                    for at in self._moments(notice, now, until)
                ]
            return sorted(found, key=lambda each: (each.at, each.notice.id))

    async def sent_by_the_clock(
        self, member: Person, *, days: int, now: datetime
    ) -> Sequence[ClockSent]:
        """What the exam calendar and theme days have sent lately, the latest first."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            found = await work.letter_reports.sent(
                _BY_THE_CLOCK, since=now - timedelta(days=days), until=now
            )
            return sorted(found, key=lambda each: (each.at, each.about), reverse=True)

    async def values(
        self, member: Person, respect: str, *, now: datetime
    ) -> Sequence[tuple[Any, int]]:
        """What people are in this respect, and how many of them."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            return await work.audiences.values(respect, now=now)

    async def waiting_for_receipts(
        self, member: Person, *, now: datetime
    ) -> Sequence[tuple[NoticeId, int]]:
        """The latest notices that some have not acknowledged, and how many those are."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            latest = await work.notices.found(words="", states=_SENT, limit=LATEST, offset=0)
            counted = [
                (each.id, await work.mails.count_unacknowledged(each.id))
                for each in latest
                if each.draft.wants_receipt
            ]
            return [(number, count) for number, count in counted if count]

    def _moments(self, notice: Notice, now: datetime, until: datetime) -> Sequence[datetime]:
        recurrence = notice.draft.recurrence
        if recurrence is not None:
            return recurrence.upcoming(now, until, self._holidays, self._zone)
        return [notice.starts_at] if now < notice.starts_at <= until else []
