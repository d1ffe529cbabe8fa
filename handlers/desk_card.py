"""A ticket as a member sees it: who asks, all that was said, what arrived, what can be done."""

from typing import Any

from msgspec import Struct
from telegram import Update

from branch.outbox.model import Fate
from branch.outbox.ports import Standing
from branch.people.model import Person, Role
from branch.tickets.letters import TicketLetters
from branch.tickets.looking import Seen, TicketShelf
from branch.tickets.model import Ticket, TicketId, TicketState
from branch.tickets.thread import Line, Side, enclosed_in, latest
from handlers.buttons import CloseTicket, Row, ShowDesk, ShowTicket, TakeTicket, keyboard
from handlers.parts import as_said
from handlers.refusals import Refusals
from handlers.replies import Say
from handlers.ticket_buttons import (
    AnswerTogether,
    MarkUrgent,
    PickMember,
    PickMute,
    PickSnooze,
    PickSubjectOf,
    Purpose,
    ReopenTicket,
    SendAgain,
    ShowEarlier,
    ShowFiles,
    ShowHistory,
    ShowMore,
    Suggest,
    WriteFor,
    WriteIntoBase,
)
from handlers.visit import current_visit

FAILED = (Fate.REFUSED, Fate.UNKNOWN, Fate.EXPIRED, Fate.UNREACHABLE)
"""Fates of an answer after which it may be sent again."""
_MOST = 3000
"""UTF-16 units of what was said; the rest of the message is about it."""


class DeskCard(Struct, frozen=True):
    shelf: TicketShelf
    letters: TicketLetters
    refusals: Refusals
    say: Say

    async def show(
        self, update: Update, person: Person, number: TicketId, *, more: bool = False
    ) -> None:
        """The ticket with what to do next; with `more`, what else can be done."""
        looking = self.shelf.show(person, number, now=current_visit().moment)
        seen = await self.refusals.or_why(update, looking, number=number)
        if seen is None:
            return
        rows = self._more(seen, person) if more else self._first(seen)
        await self.say(update, "tickets/card", keyboard=keyboard(*rows), **self.values(seen))

    def values(self, seen: Seen) -> dict[str, Any]:
        """What the template of a ticket says to a member."""
        ticket, now, label = seen.ticket, current_visit().moment, self.say.label
        shown = latest(seen.lines, most=_MOST)
        said = as_said(shown, label)
        for line, each in zip(shown, said, strict=True):
            each["standing"] = self._standing(line, seen)
        return {
            "ticket": ticket,
            "who": self.who(ticket),
            "state": label("ticket.overdue" if ticket.overdue(now) else f"ticket.{ticket.state}"),
            "subject": label(f"subject.{ticket.subject}") if ticket.subject else None,
            "asleep": ticket.sleeps(now),
            "said": said,
            "left_out": len(seen.lines) - len(shown),
        }

    def who(self, ticket: Ticket) -> str:
        """By their name, or by the one they go by."""
        name = self.letters.pseudonym(ticket, current_visit().language)
        return name or ticket.asker_name or self.say.label("ticket.somebody")

    def _standing(self, line: Line, seen: Seen) -> str | None:
        if line.side is not Side.MEMBER:
            return None
        return standing_word(seen.standings.get(line.id), self.say)

    def _first(self, seen: Seen) -> list[Row]:
        ticket, label = seen.ticket, self.say.label
        rows: list[Row] = []
        if ticket.waits:
            rows += [
                [
                    (label("button.answer_ticket"), TakeTicket(ticket.id)),
                    (label("button.transfer"), PickMember(ticket.id)),
                ],
                [
                    (label("button.suggestions"), Suggest(ticket.id, 1)),
                    (label("button.together"), AnswerTogether(ticket.id)),
                ],
                [
                    (label("button.later"), PickSnooze(ticket.id)),
                    (label("button.note"), WriteFor(Purpose.NOTE, ticket.id)),
                ],
            ]
        else:
            rows += [
                [
                    (label("button.answer_further"), TakeTicket(ticket.id)),
                    (label("button.note"), WriteFor(Purpose.NOTE, ticket.id)),
                ]
            ]
        if any(line.side is Side.MEMBER for line in seen.lines):
            rows.append([(label("button.into_base"), WriteIntoBase(ticket.id))])
        failed = [line for line in seen.lines if _failed(seen.standings.get(line.id))]
        if failed:
            again = SendAgain(ticket.id, failed[-1].id)
            rows.append([(label("button.send_again"), again)])
        last: Row = [(label("button.more"), ShowMore(ticket.id))]
        if ticket.state is not TicketState.CLOSED:
            last = [(label("button.close_ticket"), CloseTicket(ticket.id)), *last]
        else:
            last = [(label("button.reopen"), ReopenTicket(ticket.id)), *last]
        return [*rows, last, [(label("button.back"), ShowDesk(0))]]

    def _more(self, seen: Seen, person: Person) -> list[Row]:
        ticket, label = seen.ticket, self.say.label
        urgent = label("button.not_urgent" if ticket.urgent else "button.urgent")
        rows: list[Row] = [
            [
                (urgent, MarkUrgent(ticket.id, int(not ticket.urgent))),
                (label("button.subject_of"), PickSubjectOf(ticket.id)),
            ],
            [
                (label("button.tags"), WriteFor(Purpose.TAGS, ticket.id)),
                (label("button.history"), ShowHistory(ticket.id)),
            ],
            [(label("button.mute"), PickMute(ticket.id))],
        ]
        if not ticket.anonymous:
            rows[-1] = [(label("button.earlier"), ShowEarlier(ticket.id)), *rows[-1]]
        if enclosed_in(seen.lines):
            rows.append([(label("button.files"), ShowFiles(ticket.id))])
        if ticket.anonymous and person.role.covers(Role.SECRETARY):
            rows.append([(label("button.reveal"), WriteFor(Purpose.REVEAL, ticket.id))])
        return [*rows, [(label("button.back"), ShowTicket(ticket.id))]]


def standing_word(standing: Standing | None, say: Say) -> str | None:
    """What has become of an answer, in a word or two; nothing known, nothing said."""
    if standing is None:
        return None
    return say.label(f"fate.{standing.fate}")


def _failed(standing: Standing | None) -> bool:
    return standing is not None and standing.fate in FAILED
