"""A reader says that they have read a notice."""

from dataclasses import dataclass
from datetime import datetime

from branch.notices.changing import current
from branch.notices.letters import key
from branch.notices.model import Draft, NoticeId
from branch.notices.ports import Begin
from branch.people.model import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """`first` is False where they had said so before."""

    draft: Draft
    first: bool


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
