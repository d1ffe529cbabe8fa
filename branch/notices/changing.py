"""How a notice is changed: as it is now, by who may, once."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from branch.notices.errors import NoticeGone, NoticeMovedOn
from branch.notices.model import Notice, NoticeId, NoticeState
from branch.notices.ports import NoticeWork
from branch.people.errors import NotAllowed
from branch.people.model import Person, Role
from branch.people.permission import demand

TRIES: Final = 5


async def current(work: NoticeWork, notice_id: NoticeId) -> Notice:
    """Raises NoticeGone."""
    notice = await work.notices.get(notice_id)
    if notice is None:
        raise NoticeGone
    return notice


async def demand_hold(
    work: NoticeWork, member: Person, notice_id: NoticeId, *, now: datetime
) -> Notice:
    """The notice, for its author or a secretary. Raises NotAllowed, NoticeGone."""
    present = await demand(work, member, Role.MEMBER, now=now)
    notice = await current(work, notice_id)
    if notice.author != present.id and not present.role.covers(Role.SECRETARY):
        raise NotAllowed
    return notice


async def change(
    work: NoticeWork,
    notice_id: NoticeId,
    move: Callable[[Notice], Notice],
    *states: NoticeState,
) -> Notice:
    """Make the move on the notice as it is now, if it is in one of the states.

    Raises NoticeGone, NoticeMovedOn.
    """
    for _ in range(TRIES):
        notice = await current(work, notice_id)
        if notice.state not in states:
            raise NoticeMovedOn
        if await work.notices.save(move(notice)):
            return await current(work, notice_id)
    raise NoticeMovedOn


async def author_of(work: NoticeWork, notice: Notice, *, now: datetime) -> Person | None:
    """Who wrote it; nobody, if they have left."""
    return None if notice.author is None else await work.people.by_id(notice.author, now=now)
