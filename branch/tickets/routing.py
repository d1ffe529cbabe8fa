"""Who is told of a ticket: who takes its subject and knows its school, the least busy first."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from branch.outbox.kinds import LetterKind
from branch.people.model import Person, PersonId, Role
from branch.tickets.duties import Duty, Load
from branch.tickets.letters import about
from branch.tickets.model import Ticket
from branch.tickets.ports import TicketWork
from branch.tickets.thread import Side
from texts.telegram_html import shown

AT_ONCE: Final = 3
"""So many hear of a ticket in private at a time; the next when they decline, or it is late."""
LATELY: Final = timedelta(days=7)


def fitting(
    members: Sequence[Person],
    duties: Mapping[PersonId, Duty],
    loads: Mapping[PersonId, Load],
    ticket: Ticket,
    words: str,
    *,
    now: datetime,
) -> Sequence[tuple[Person, int]]:
    """Who may be asked, in the order in which they are, with how well it fits them.

    2 for each who knows a school or major that is named, 1 for the subject; who takes other
    subjects only is not asked, unless nobody else is left.
    """
    present = [each for each in members if not _duty(duties, each).away(now)]
    scored = [(each, _fit(_duty(duties, each), ticket, words)) for each in present]
    willing = [(each, score) for each, score in scored if score >= 0]
    return sorted(
        willing or [(each, 0) for each, _ in scored],
        key=lambda pair: (-pair[1], *_busy(loads, pair[0]), pair[0].id),
    )


class Routing:
    """The `Readers` of a ticket that nobody has in hand."""

    async def of(
        self,
        work: TicketWork,
        ticket: Ticket,
        *,
        besides: PersonId | None,
        again: bool = False,
        now: datetime,
    ) -> Sequence[Person]:
        ranked = await self._ranked(work, ticket, besides=besides, again=again, now=now)
        chat = await work.chats.desk()
        if chat is not None and chat.lost_at is None:
            return [each for each, score in ranked[:1] if score > 0]
        return [each for each, _ in ranked[:AT_ONCE]]

    async def next(
        self, work: TicketWork, ticket: Ticket, *, besides: PersonId | None, now: datetime
    ) -> Sequence[Person]:
        ranked = await self._ranked(work, ticket, besides=besides, again=False, now=now)
        return [each for each, _ in ranked[:1]]

    async def _ranked(
        self,
        work: TicketWork,
        ticket: Ticket,
        *,
        besides: PersonId | None,
        again: bool,
        now: datetime,
    ) -> Sequence[tuple[Person, int]]:
        passed = {besides} if again else {besides, *await _told(work, ticket)}
        members = [
            each
            for each in await work.people.holding(Role.MEMBER, now=now)
            if each.unreachable_since is None and each.id not in passed
        ]
        lines = await work.ticket_thread.of(ticket.id, notes=False)
        asked = " ".join(shown(line.text) for line in lines if line.side is Side.ASKER)
        return fitting(
            members,
            await work.ticket_duties.all(),
            await work.tickets.loads(since=now - LATELY),
            ticket,
            f"{asked} {_stage(ticket)}".casefold(),
            now=now,
        )


async def _told(work: TicketWork, ticket: Ticket) -> Sequence[PersonId]:
    """Who has had a letter that it is there, whatever became of that."""
    fates = await work.outbox.fates(kind=LetterKind.TICKET_NEW, about=about(ticket.id))
    return [person for person, _ in fates]


def _stage(ticket: Ticket) -> str:
    """How far along who asks is, as members may have named it: their intake, in figures."""
    return "" if ticket.intake is None else f"{ticket.intake} {ticket.intake % 100:02d}\u5c4a"


def _duty(duties: Mapping[PersonId, Duty], person: Person) -> Duty:
    return duties.get(person.id) or Duty(member=person.id)


def _fit(duty: Duty, ticket: Ticket, words: str) -> int:
    """Less than 0: not theirs."""
    knows = 2 * sum(word.casefold() in words for word in duty.words)
    if not duty.subjects or ticket.subject is None:
        return knows
    if ticket.subject in duty.subjects:
        return knows + 1
    return knows or -1


def _busy(loads: Mapping[PersonId, Load], person: Person) -> tuple[int, int]:
    load = loads.get(person.id, Load())
    return load.in_hand, load.answered
