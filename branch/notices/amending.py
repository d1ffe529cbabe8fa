"""Corrects and takes back what has been delivered: copy by copy, a few hundred at a time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from branch.notices.changing import change, demand_hold
from branch.notices.checking import Checking
from branch.notices.errors import NoticeMovedOn, TooLateToRecall
from branch.notices.letters import NoticeLetters
from branch.notices.model import CAN_BE_RECALLED_FOR, Notice, NoticeId, NoticeState
from branch.notices.ports import Begin, NoticeWork, Reader
from branch.outbox.kinds import LetterKind
from branch.outbox.model import Fate, Letter, LetterTooLong, Mail
from branch.people.model import AuditRecord, Deed, Person, PersonId
from texts.fields import FieldFaulty

AT_ONCE: Final = 500
_SENT: Final = (NoticeState.RUNNING, NoticeState.PAUSED, NoticeState.DONE)
_TO_AMEND: Final = (*_SENT, NoticeState.RECALLED, NoticeState.CANCELLED)


class Amending:
    def __init__(
        self, begin: Begin, look: Begin, letters: NoticeLetters, checking: Checking
    ) -> None:
        self._begin = begin
        self._look = look
        self._letters = letters
        self._checking = checking

    async def correct(
        self, member: Person, notice_id: NoticeId, text: str, *, now: datetime
    ) -> Notice:
        """Other words, in every copy: in those that are there, and in those on their way.

        Raises NotAllowed, NoticeGone, NoticeMovedOn, and what Checking does.
        """
        async with self._begin() as work:
            notice = await demand_hold(work, member, notice_id, now=now)
            draft = replace(notice.draft, text=text, in_english="")
            await self._checking.check_text(work, draft, now=now)
            corrected = await change(
                work,
                notice_id,
                lambda each: _next_edition(
                    replace(each, draft=replace(each.draft, text=text, in_english=""))
                ),
                *_SENT,
            )
            await _record(work, Deed.NOTICE_CORRECTED, member, notice, now)
            return corrected

    async def recall(self, member: Person, notice_id: NoticeId, *, now: datetime) -> Notice:
        """Delete the copies that are there, and send no more.

        Raises NotAllowed, NoticeGone, NoticeMovedOn, TooLateToRecall.
        """
        async with self._begin() as work:
            notice = await demand_hold(work, member, notice_id, now=now)
            since = now - CAN_BE_RECALLED_FOR
            fates = await work.mails.fates(notice.about, LetterKind.NOTICE)
            delivered = fates.get(Fate.DELIVERED, 0)
            late = delivered and not await work.mails.settled_since(notice.about, since=since)
            if late and not fates.get(Fate.WAITING, 0) + fates.get(Fate.HELD, 0):
                raise TooLateToRecall
            recalled = await change(
                work,
                notice_id,
                lambda each: _next_edition(each.moved(NoticeState.RECALLED, now=now)),
                *_SENT,
            )
            await work.mails.call_back(notice.about, now=now)
            await _record(work, Deed.NOTICE_RECALLED, member, notice, now)
            return recalled

    async def go_on(self, *, now: datetime) -> bool:
        """Write some of the letters that amend; whether there may be more at once."""
        async with self._look() as work:
            some = await work.notices.to_amend()
        moved = False
        for notice in some:
            try:
                moved = await self._some(notice.id, now) or moved
            except NoticeMovedOn:
                continue
        return moved

    async def _some(self, number: NoticeId, now: datetime) -> bool:
        """Whether it has come on; copies that are under way have to be waited for."""
        async with self._begin() as work:
            notice = await work.notices.get(number)
            if notice is None or notice.state not in _TO_AMEND or _amended(notice):
                return False
            # those without a letter yet get one that is right from the start
            readers = await work.audiences.frozen(
                number, after=notice.amended_to, limit=AT_ONCE, before=notice.lettered_to
            )
            if not readers:
                await _save(work, replace(notice, amended_at=now))
                return True
            mails = await work.mails.of(notice.about, [each.id for each in readers])
            ready = _until_one_is_under_way(readers, mails)
            if not ready:
                return False
            if notice.state is NoticeState.RECALLED:
                await self._take_back(work, notice, ready, mails, now)
            else:
                await self._edit(work, notice, ready, mails, now)
            await _save(work, replace(notice, amended_to=ready[-1].id))
            return True

    async def _edit(
        self,
        work: NoticeWork,
        notice: Notice,
        readers: Sequence[Reader],
        mails: Mapping[PersonId, Mail],
        now: datetime,
    ) -> None:
        letters: list[Letter] = []
        bodies: dict[str, str] = {}
        for reader in readers:
            mail = mails.get(reader.id)
            if mail is None:
                continue
            try:
                if mail.fate not in (Fate.DELIVERED, Fate.UNKNOWN):
                    bodies[mail.key] = self._letters.body_for(notice.draft, reader)
                    continue
                said = await work.receipts.has(notice.id, reader.id)
                letters.append(self._letters.edit(notice, reader, mail, acknowledged=said, now=now))
            except (FieldFaulty, LetterTooLong):
                continue  # it was checked with the values of then: their copy stays as it is
        await work.mails.rewrite(bodies)
        await work.outbox.put(letters)

    async def _take_back(
        self,
        work: NoticeWork,
        notice: Notice,
        readers: Sequence[Reader],
        mails: Mapping[PersonId, Mail],
        now: datetime,
    ) -> None:
        letters = [
            self._letters.recall(notice, mail, until=until, now=now)
            for reader in readers
            for mail in [mails.get(reader.id)]
            if mail and mail.fate is Fate.DELIVERED and mail.messages and mail.settled_at
            for until in [mail.settled_at + CAN_BE_RECALLED_FOR]
            if now < until
        ]
        await work.outbox.put(letters)


def _next_edition(notice: Notice) -> Notice:
    return replace(notice, edition=notice.edition + 1, amended_to=0, amended_at=None)


def _amended(notice: Notice) -> bool:
    return notice.edition == 0 or notice.amended_at is not None


def _until_one_is_under_way(
    readers: Sequence[Reader], mails: Mapping[PersonId, Mail]
) -> Sequence[Reader]:
    for at, reader in enumerate(readers):
        mail = mails.get(reader.id)
        if mail is not None and mail.under_way:
            return readers[:at]
    return readers


async def _save(work: NoticeWork, notice: Notice) -> None:
    if not await work.notices.save(notice):
        raise NoticeMovedOn


async def _record(work: NoticeWork, deed: Deed, by: Person, notice: Notice, now: datetime) -> None:
    details = {"notice": notice.id}
    await work.audit.add(AuditRecord(at=now, actor=by.id, deed=deed, details=details))
