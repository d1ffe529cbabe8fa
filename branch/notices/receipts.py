"""A reader says that they have read a notice."""

from datetime import datetime

from msgspec import Struct

from branch.notices.changing import current
from branch.notices.letters import gist, key
from branch.notices.model import Draft, Notice, NoticeId, NoticeState
from branch.notices.ports import Begin, NoticeWork
from branch.outbox.model import Fate
from branch.people.model import Person


class Acknowledged(Struct, frozen=True, kw_only=True):
    """`first` is False where they had said so before."""

    draft: Draft
    first: bool


class SaidSo(Struct, frozen=True, kw_only=True):
    """How the notice begins that was acknowledged, and how many more still are not."""

    gist: str
    left: int


_SENT = (NoticeState.RUNNING, NoticeState.PAUSED, NoticeState.DONE)
_LOOKED_AT = 20


class Receipts:
    def __init__(self, begin: Begin) -> None:
        self._begin = begin

    async def acknowledge(
        self, reader: Person, notice_id: NoticeId, *, message_id: int, now: datetime
    ) -> Acknowledged:
        """Whoever says so has it: where nobody knew whether it had arrived, it has.

        Raises NoticeGone.
        """
        async with self._begin() as work:
            notice = await current(work, notice_id)
            first = await work.receipts.add(notice_id, reader.id, now=now)
            await work.mails.has_arrived(key(notice_id, reader.id), message_id, now=now)
            return Acknowledged(draft=notice.draft, first=first)

    async def acknowledge_latest(self, reader: Person, *, now: datetime) -> SaidSo | None:
        """They say it in words: the latest that waits for it is meant. None if none does."""
        async with self._begin() as work:
            numbers = await work.receipts.lacking(reader.id, limit=_LOOKED_AT)
            waiting = [each for number in numbers if (each := await _waiting(work, number, reader))]
            if not waiting:
                return None
            await work.receipts.add(waiting[0].id, reader.id, now=now)
            return SaidSo(gist=gist(waiting[0].draft), left=len(waiting) - 1)


async def _waiting(work: NoticeWork, number: NoticeId, reader: Person) -> Notice | None:
    """The notice, if it wants to be acknowledged and they may have it."""
    notice = await work.notices.get(number)
    if notice is None or not notice.draft.wants_receipt or notice.state not in _SENT:
        return None
    mails = await work.mails.of(notice.about, [reader.id])
    mail = mails.get(reader.id)
    arrived = mail is not None and mail.fate in (Fate.DELIVERED, Fate.UNKNOWN)
    return notice if arrived else None
