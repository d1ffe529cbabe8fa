"""Where notices are confirmed: checked, frozen, and approved by a second person if they are big."""

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from branch.dates.holidays import Holidays
from branch.notices.changing import author_of, change, current
from branch.notices.checking import Checking
from branch.notices.errors import NeedsAnother, NoticeMovedOn, TimeIsPast
from branch.notices.letters import NoticeLetters
from branch.notices.model import Draft, Notice, NoticeId, NoticeState, Reach
from branch.notices.ports import Begin, NoticeWork, Reader
from branch.outbox.model import Letter
from branch.people.model import AuditRecord, Deed, Person, Role
from branch.people.permission import demand

SHOWN_AHEAD: Final = 3


class Sample(Struct, frozen=True, kw_only=True):
    reader: Reader
    letter: Letter


class NoticeDesk:
    """`approve_above`: a larger audience needs a second person. `woken` hears of new work."""

    def __init__(
        self,
        begin: Begin,
        look: Begin,
        letters: NoticeLetters,
        checking: Checking,
        *,
        holidays: Holidays,
        zone: tzinfo,
        approve_above: int,
        woken: Callable[[], None],
    ) -> None:
        self._begin = begin
        self._look = look
        self._letters = letters
        self._checking = checking
        self._holidays = holidays
        self._zone = zone
        self._approve_above = approve_above
        self._woken = woken

    def wake(self) -> None:
        """Something has been changed that others should look at now."""
        self._woken()

    async def reach(self, member: Person, draft: Draft, *, now: datetime) -> Reach:
        """Raises NotAllowed."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            return await self._checking.reach(work, draft, now=now)

    def next_times(self, draft: Draft, *, now: datetime) -> Sequence[datetime]:
        """When a recurring one goes out next, a few times ahead."""
        found: list[datetime] = []
        while draft.recurrence is not None and len(found) < SHOWN_AHEAD:
            after = found[-1] if found else now
            following = draft.recurrence.next_after(after, self._holidays, self._zone)
            if following is None:
                break
            found.append(following)
        return found

    async def preview(self, member: Person, draft: Draft, *, now: datetime) -> Sample:
        """As one of its readers would get it.

        Raises NotAllowed, NothingToSay, FieldFaulty, FieldUnknown, NobodyToTell, LetterTooLong.
        """
        self._checking.read(draft)
        async with self._look() as work:
            author = await demand(work, member, Role.MEMBER, now=now)
            reader = await self._checking.sample(work, draft, author, now=now)
            return Sample(reader=reader, letter=self._letters.sample(draft, reader, now=now))

    async def trial(self, member: Person, draft: Draft, *, now: datetime) -> Sample:
        """The same before an audience is chosen: as its author would get it, were all known."""
        self._checking.read(draft)
        reader = self._checking.somebody(member)
        return Sample(reader=reader, letter=self._letters.sample(draft, reader, now=now))

    async def test(self, member: Person, draft: Draft, *, key: str, now: datetime) -> None:
        """A letter to who writes it, by the way that all the others go. Raises as `preview`."""
        self._checking.read(draft)
        async with self._begin() as work:
            author = await demand(work, member, Role.MEMBER, now=now)
            reader = await self._checking.sample(work, draft, author, now=now)
            letter = self._letters.sample(draft, reader, now=now)
            await work.outbox.put([replace(letter, key=f"notice:test:{key}", to=author.id)])

    async def confirm(self, member: Person, draft: Draft, *, key: str, now: datetime) -> Notice:
        """Send it, or have it approved first; the same `key` a second time changes nothing.

        Raises NotAllowed, TimeIsPast, and what Checking does.
        """
        async with self._begin() as work:
            author = await demand(work, member, Role.MEMBER, now=now)
            starts_at = self._starts_at(draft, now)
            reach = await self._checking.check(work, draft, now=now)
            approvers = await self._approvers(work, author, reach, now)
            written = Notice(
                id=NoticeId(0),
                author=author.id,
                draft=draft,
                state=NoticeState.PENDING if approvers else self._state(draft),
                created_at=now,
                starts_at=starts_at,
            )
            number, new = await work.notices.add(draft, key=key, author=author.id, notice=written)
            if not new:
                return await current(work, number)
            notice = await self._freeze(work, number, now)
            await work.outbox.put(
                self._letters.to_approve(notice, author, each, reach.letters, now)
                for each in approvers
            )
            await self._record(work, Deed.NOTICE_SENT, author, notice, now)
        self._woken()
        return notice

    async def approve(self, secretary: Person, notice_id: NoticeId, *, now: datetime) -> Notice:
        """Raises NotAllowed, NoticeGone, NoticeMovedOn, NeedsAnother."""
        async with self._begin() as work:
            second = await self._second(work, secretary, notice_id, now)
            notice = await change(
                work,
                notice_id,
                lambda each: replace(
                    each,
                    state=self._state(each.draft),
                    approved_by=second.id,
                    starts_at=self._not_before(each, now),
                ),
                NoticeState.PENDING,
            )
            await self._tell(work, "approved", notice, second, now)
            await self._record(work, Deed.NOTICE_APPROVED, second, notice, now)
        self._woken()
        return notice

    async def refuse(self, secretary: Person, notice_id: NoticeId, *, now: datetime) -> Notice:
        """Raises NotAllowed, NoticeGone, NoticeMovedOn, NeedsAnother."""
        async with self._begin() as work:
            second = await self._second(work, secretary, notice_id, now)
            notice = await change(
                work,
                notice_id,
                lambda each: each.moved(NoticeState.REFUSED, now=now),
                NoticeState.PENDING,
            )
            await self._tell(work, "refused", notice, second, now)
            await self._record(work, Deed.NOTICE_REFUSED, second, notice, now)
            return notice

    async def _freeze(self, work: NoticeWork, number: NoticeId, now: datetime) -> Notice:
        """One that recurs is frozen each time that it occurs."""
        notice = await current(work, number)
        if notice.draft.recurrence is not None:
            return notice
        recipients = await work.audiences.freeze(
            number,
            notice.draft.audience,
            kind=notice.draft.kind,
            urgent=notice.draft.urgent,
            now=now,
        )
        if not await work.notices.save(replace(notice, recipients=recipients)):
            raise NoticeMovedOn
        return await current(work, number)

    async def _second(
        self, work: NoticeWork, person: Person, notice_id: NoticeId, now: datetime
    ) -> Person:
        second = await demand(work, person, Role.SECRETARY, now=now)
        if (await current(work, notice_id)).author == second.id:
            raise NeedsAnother
        return second

    async def _approvers(
        self, work: NoticeWork, author: Person, reach: Reach, now: datetime
    ) -> Sequence[Person]:
        """Who may approve it; nobody, where it is small, or there is nobody but a secretary."""
        if reach.letters <= self._approve_above:
            return []
        holding = await work.people.holding(Role.SECRETARY, now=now)
        others = [each for each in holding if each.id != author.id]
        if not others and not author.role.covers(Role.SECRETARY):
            raise NeedsAnother
        return others

    def _starts_at(self, draft: Draft, now: datetime) -> datetime:
        if draft.recurrence is not None:
            first = draft.recurrence.next_after(now, self._holidays, self._zone)
            if first is None:
                raise TimeIsPast
            return first
        if draft.send_at is not None and draft.send_at <= now:
            raise TimeIsPast
        return draft.send_at or now

    def _not_before(self, notice: Notice, now: datetime) -> datetime:
        """When it starts, though its approval has taken until now."""
        if notice.draft.recurrence is None:
            return max(notice.starts_at, now)
        following = notice.draft.recurrence.next_after(now, self._holidays, self._zone)
        if following is None:
            raise NoticeMovedOn
        return following

    def _state(self, draft: Draft) -> NoticeState:
        return NoticeState.RECURRING if draft.recurrence is not None else NoticeState.RUNNING

    async def _tell(
        self, work: NoticeWork, event: str, notice: Notice, by: Person, now: datetime
    ) -> None:
        author = await author_of(work, notice, now=now)
        if author is not None:
            letter = self._letters.to_author(event, notice, author, now, by=by.name)
            await work.outbox.put([letter])

    async def _record(
        self, work: NoticeWork, deed: Deed, by: Person, notice: Notice, now: datetime
    ) -> None:
        details = {"notice": notice.id, "recipients": notice.recipients}
        await work.audit.add(AuditRecord(at=now, actor=by.id, deed=deed, details=details))
