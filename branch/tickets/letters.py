"""The letters about a ticket: to members that it is there, to who asked what came of it."""

import html
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from msgspec import Struct

from branch.outbox.chats import Chat
from branch.outbox.kinds import LetterKind
from branch.outbox.model import Buttons, Letter
from branch.people.model import Person, PersonId
from branch.tickets.model import Ticket, TicketId
from branch.tickets.pseudonyms import name_of
from branch.tickets.thread import LONGEST_QUESTION, Line, Part, enclosed_in, joined
from texts.language import Language
from texts.renderer import Texts
from texts.telegram_html import shown_units

NEW_IS_USEFUL_FOR: Final = timedelta(days=3)
ANSWER_IS_USEFUL_FOR: Final = timedelta(days=365)
DIGEST_IS_USEFUL_FOR: Final = timedelta(hours=10)
STATE_IS_USEFUL_FOR: Final = timedelta(days=2)
LONGEST_TOPIC: Final = 60
AN_ALBUM_GATHERS_FOR: Final = timedelta(seconds=2)

Tap = Callable[[TicketId], str]
"""What a button that opens the ticket says when it is tapped."""
_QUOTES: Final = re.compile(r"</?blockquote[^>]*>")


class Suggested(Struct, frozen=True):
    """An answer that one tap sends: what it is called, and what the tap says."""

    label: str
    tap: Tap


def about(ticket_id: TicketId) -> str:
    return f"ticket:{ticket_id}:"


def answer_key(line: Line) -> str:
    """Every message of an answer is a letter of its own."""
    return f"ticket:{line.ticket}:answer:{line.id}"


def ticket_in(subject: str) -> TicketId | None:
    """The ticket that a letter was about; None where it was about something else."""
    area, _, number = subject.rstrip(":").partition(":")
    return TicketId(int(number)) if area == "ticket" and number.isdecimal() else None


def post_key(event: str, ticket: Ticket, line: Line | None) -> str:
    mark = f"v{ticket.version}" if line is None else line.id
    return f"ticket:{ticket.id}:post:{event}:{'' if event == 'new' else mark}"


def task_key(event: str, ticket: Ticket, to: Person, line: Line | None) -> str:
    mark = f"v{ticket.version}" if line is None else line.id
    edited = f":{int(line.edited_at.timestamp())}" if line and line.edited_at else ""
    return f"ticket:{ticket.id}:{event}:{to.id}:{mark}{edited}"


def gathered(line: Line, now: datetime) -> datetime:
    """When it may set out: an album's photos come one by one, and go together."""
    return now if line.album is None else now + AN_ALBUM_GATHERS_FOR


def sending(ticket: Ticket, suggested: Sequence[Suggested]) -> Buttons:
    """A row for each answer that one tap sends."""
    return [[(each.label, each.tap(ticket.id))] for each in suggested]


def said(lines: Sequence[Line] | Sequence[Part]) -> str:
    """What the lines say, to stand within a quotation: Telegram does not take one in another."""
    return _QUOTES.sub("", joined([line.text for line in lines]))


class Taps(Struct, frozen=True, kw_only=True):
    """What the buttons below letters say."""

    take: Tap
    show: Tap
    decline: Tap
    suggest: Tap
    add: Tap
    rate: Tap
    pass_on: Callable[[], str]
    overdue: Callable[[], str]
    in_group: Callable[[Ticket, Language], Buttons] = lambda _ticket, _language: ()


class TicketLetters:
    def __init__(self, texts: Texts, taps: Taps) -> None:
        self._texts = texts
        self._taps = taps

    def new(
        self,
        ticket: Ticket,
        lines: Sequence[Line],
        to: Person,
        now: datetime,
        *,
        concerns: PersonId | None,
        suggested: Sequence[Suggested] = (),
    ) -> Letter:
        """To a member who may take it, with answers that one tap sends."""
        return Letter(
            key=f"ticket:{ticket.id}:new:{to.id}",
            to=to.id,
            kind=LetterKind.TICKET_NEW,
            about=about(ticket.id),
            concerns=concerns,
            body=self._render("new", ticket, to, question=said(lines), suggested=bool(suggested)),
            buttons=[
                *sending(ticket, suggested),
                *self._task_buttons(ticket, to),
                [
                    self._button("suggestions", to, self._taps.suggest(ticket.id)),
                    self._button("decline_ticket", to, self._taps.decline(ticket.id)),
                ],
            ],
            enclosures=enclosed_in(lines),
            due_at=now,
            useful_until=now + NEW_IS_USEFUL_FOR,
        )

    def answer(
        self, ticket: Ticket, line: Line, asked: Sequence[Line], to: Person, now: datetime
    ) -> Letter:
        """`asked` is what it answers; its beginning is quoted where all of it is too long."""
        question = said(asked)
        if not 0 < shown_units(question) <= LONGEST_QUESTION:
            question = html.escape(ticket.gist, quote=False)
        return Letter(
            key=answer_key(line),
            to=to.id,
            kind=LetterKind.TICKET_ANSWER,
            about=about(ticket.id),
            body=self._render("answer", ticket, to, question=question, answer=line.text),
            buttons=[
                [
                    self._button("add_to_ticket", to, self._taps.add(ticket.id)),
                    self._button("rate", to, self._taps.rate(ticket.id)),
                ]
            ],
            enclosures=enclosed_in([line]),
            due_at=gathered(line, now),
            useful_until=now + ANSWER_IS_USEFUL_FOR,
        )

    def closed(self, ticket: Ticket, to: Person, now: datetime) -> Letter:
        return Letter(
            key=f"ticket:{ticket.id}:closed:{ticket.version}",
            to=to.id,
            kind=LetterKind.TICKET_ANSWER,
            about=about(ticket.id),
            body=self._render("closed_by_member", ticket, to),
            buttons=[[self._button("ask_more", to, self._taps.pass_on())]],
            due_at=now,
            useful_until=now + ANSWER_IS_USEFUL_FOR,
        )

    def state(self, event: str, ticket: Ticket, to: Person, now: datetime) -> Letter:
        """How it stands now: in hand, in line again, open again."""
        return Letter(
            key=f"ticket:{ticket.id}:{event}:{ticket.version}",
            to=to.id,
            kind=LetterKind.TICKET_STATE,
            about=about(ticket.id),
            body=self._render(f"state_{event}", ticket, to),
            buttons=[[self._button("my_ticket", to, self._taps.show(ticket.id))]],
            due_at=now,
            useful_until=now + STATE_IS_USEFUL_FOR,
        )

    def task(
        self,
        event: str,
        ticket: Ticket,
        to: Person,
        now: datetime,
        *,
        lines: Sequence[Line] = (),
        concerns: PersonId | None = None,
        due_at: datetime | None = None,
    ) -> Letter:
        """To who has it in hand: more was said, it is theirs now, it is time again."""
        due = due_at or now
        if lines and due_at is None:
            due = gathered(lines[0], now)
        return Letter(
            key=task_key(event, ticket, to, lines[0] if lines else None),
            to=to.id,
            kind=LetterKind.TICKET_TASK,
            about=about(ticket.id),
            concerns=concerns or ticket.asker,
            body=self._render(f"task_{event}", ticket, to, said=said(lines)),
            buttons=self._task_buttons(ticket, to),
            enclosures=enclosed_in(lines),
            due_at=due,
            useful_until=due + NEW_IS_USEFUL_FOR,
        )

    def digest(
        self, tickets: Sequence[Ticket], count: int, to: Person, day: date, now: datetime
    ) -> Letter:
        """What is overdue this morning; the first of them by name."""
        return Letter(
            key=f"ticket-digest:{day}:{to.id}",
            to=to.id,
            kind=LetterKind.REPORT,
            about=f"ticket-digest:{day}",
            body=self._texts.render("tickets/digest", to.language, tickets=tickets, count=count),
            buttons=[[self._button("overdue_tickets", to, self._taps.overdue())]],
            due_at=now,
            useful_until=now + DIGEST_IS_USEFUL_FOR,
        )

    def post(
        self,
        event: str,
        ticket: Ticket,
        chat: Chat,
        now: datetime,
        *,
        lines: Sequence[Line] = (),
        by: Person | None = None,
        concerns: PersonId | None = None,
        suggested: Sequence[Suggested] = (),
    ) -> Letter:
        """Into the members' group, where all about one ticket stands in one thread."""
        name = self.pseudonym(ticket, chat.language)
        return Letter(
            key=post_key(event, ticket, lines[0] if lines else None),
            to_chat=chat.id,
            kind=LetterKind.TICKET_POST,
            about=about(ticket.id),
            concerns=concerns or ticket.asker,
            body=self._texts.render(
                f"tickets/post_{event}",
                chat.language,
                ticket=ticket,
                pseudonym=name,
                said=said(lines),
                by=None if by is None else by.name,
                suggested=bool(suggested),
            ),
            buttons=[
                *sending(ticket, suggested),
                *self._taps.in_group(ticket, chat.language),
            ],
            enclosures=enclosed_in(lines),
            topic=f"#{ticket.id} {ticket.gist[:LONGEST_TOPIC]}",
            opens=event == "new",
            due_at=gathered(lines[0], now) if lines else now,
            useful_until=now + ANSWER_IS_USEFUL_FOR,
        )

    def _task_buttons(self, ticket: Ticket, to: Person) -> Buttons:
        return [
            [
                self._button("answer_ticket", to, self._taps.take(ticket.id)),
                self._button("look_at_ticket", to, self._taps.show(ticket.id)),
            ]
        ]

    def _render(self, event: str, ticket: Ticket, to: Person, **more: Any) -> str:
        name = self.pseudonym(ticket, to.language)
        return self._texts.render(
            f"tickets/{event}", to.language, ticket=ticket, pseudonym=name, **more
        )

    def pseudonym(self, ticket: Ticket, language: Language) -> str | None:
        """What members call who asked anonymously; None for a named ticket."""
        if ticket.pseudonym is None:
            return None
        return name_of(ticket.pseudonym, self._texts, language)

    def _button(self, label: str, to: Person, tap: str) -> tuple[str, str]:
        return self._texts.label(f"button.{label}", to.language), tap
