"""What is done with a notice on its way: stopped, let go on, ended, sent again, asked after."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from branch.notices.changing import change, demand_hold
from branch.notices.letters import NoticeLetters
from branch.notices.model import Notice, NoticeId, NoticeState
from branch.notices.ports import Begin
from branch.outbox.model import Fate
from branch.people.model import AuditRecord, Deed, Person

_OPEN = (
    NoticeState.PENDING,
    NoticeState.RECURRING,
    NoticeState.RUNNING,
    NoticeState.PAUSED,
)
_SENT = (NoticeState.RUNNING, NoticeState.PAUSED, NoticeState.DONE)
_WENT_WRONG = (Fate.REFUSED, Fate.EXPIRED)


class Steering:
    """Each raises NotAllowed, NoticeGone, NoticeMovedOn."""

    def __init__(self, begin: Begin, letters: NoticeLetters) -> None:
        self._begin = begin
        self._letters = letters

    async def pause(self, member: Person, notice_id: NoticeId, *, now: datetime) -> Notice:
        async with self._begin() as work:
            await demand_hold(work, member, notice_id, now=now)
            notice = await change(
                work,
                notice_id,
                lambda each: each.moved(NoticeState.PAUSED, now=now),
                NoticeState.RUNNING,
                NoticeState.PAUSED,
            )
            await work.mails.hold(notice.about)
            return notice

    async def resume(self, member: Person, notice_id: NoticeId, *, now: datetime) -> Notice:
        async with self._begin() as work:
            await demand_hold(work, member, notice_id, now=now)
            notice = await change(
                work,
                notice_id,
                lambda each: each.moved(NoticeState.RUNNING, now=now),
                NoticeState.PAUSED,
                NoticeState.RUNNING,
            )
            await work.mails.release(notice.about, now=now)
            return notice

    async def cancel(self, member: Person, notice_id: NoticeId, *, now: datetime) -> Notice:
        """What has arrived stays; nothing more goes out."""
        async with self._begin() as work:
            await demand_hold(work, member, notice_id, now=now)
            notice = await change(
                work, notice_id, lambda each: each.moved(NoticeState.CANCELLED, now=now), *_OPEN
            )
            await work.mails.call_back(notice.about, now=now)
            details = {"notice": notice.id}
            await work.audit.add(
                AuditRecord(at=now, actor=member.id, deed=Deed.NOTICE_CANCELLED, details=details)
            )
            return notice

    async def send_failed_again(self, member: Person, notice_id: NoticeId, *, now: datetime) -> int:
        """To those whom it did not reach, and who may be reachable now; how many."""
        async with self._begin() as work:
            notice = await demand_hold(work, member, notice_id, now=now)
            until = now + timedelta(days=notice.draft.useful_days)
            again = await work.mails.again(notice.about, _WENT_WRONG, now=now, until=until)
            again += await work.mails.again_to_returned(notice.about, now=now, until=until)
            if again:
                await change(work, notice_id, lambda each: _goes_on(each, now), *_SENT)
            return again

    async def settle_unknown(
        self, member: Person, notice_id: NoticeId, *, resend: bool, now: datetime
    ) -> int:
        """Those of whom nobody knows: sent again, or taken as having arrived; how many."""
        async with self._begin() as work:
            notice = await demand_hold(work, member, notice_id, now=now)
            if not resend:
                return await work.mails.take_as_delivered(notice.about, now=now)
            until = now + timedelta(days=notice.draft.useful_days)
            again = await work.mails.again(notice.about, [Fate.UNKNOWN], now=now, until=until)
            if again:
                await change(work, notice_id, lambda each: _goes_on(each, now), *_SENT)
            return again

    async def remind(self, member: Person, notice_id: NoticeId, *, time: int, now: datetime) -> int:
        """Those who got it and have not said so, for the `time`th time; how many.

        The same time twice is once.
        """
        async with self._begin() as work:
            notice = await demand_hold(work, member, notice_id, now=now)
            if notice.reminders >= time:
                return 0
            notice = await change(
                work, notice_id, lambda each: replace(each, reminders=time), *_SENT
            )
            mails = await work.mails.unacknowledged(notice.id)
            return await work.outbox.put(
                self._letters.again(notice, mail, now=now) for mail in mails
            )


def _goes_on(notice: Notice, now: datetime) -> Notice:
    if notice.state is NoticeState.PAUSED:
        return notice
    return notice.moved(NoticeState.RUNNING, now=now)
