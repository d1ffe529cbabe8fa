"""The letters about a ticket: to members that it is there, to who asked what came of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from branch.outbox.model import Letter, LetterKind
from branch.people.model import Person
from branch.tickets.model import Ticket, TicketId
from texts.renderer import Texts

NEW_IS_USEFUL_FOR: Final = timedelta(days=3)
ANSWER_IS_USEFUL_FOR: Final = timedelta(days=365)

Tap = Callable[[TicketId], str]
"""What a button that opens the ticket says when it is tapped."""


def about(ticket_id: TicketId) -> str:
    return f"ticket:{ticket_id}:"


class TicketLetters:
    def __init__(self, texts: Texts, *, take: Tap, show: Tap, pass_on: Callable[[], str]) -> None:
        self._texts = texts
        self._take = take
        self._show = show
        self._pass_on = pass_on

    def new(self, ticket: Ticket, asker: Person, to: Person, now: datetime) -> Letter:
        """Without a name: a member answers a question, not a person."""
        label = self._texts.label("button.answer_ticket", to.language)
        return Letter(
            key=f"ticket:{ticket.id}:new:{to.id}",
            to=to.id,
            kind=LetterKind.TICKET_NEW,
            about=about(ticket.id),
            concerns=asker.id,
            body=self._texts.render("tickets/new", to.language, ticket=ticket, intake=asker.intake),
            buttons=[[(label, self._take(ticket.id))]],
            due_at=now,
            useful_until=now + NEW_IS_USEFUL_FOR,
        )

    def answer(self, ticket: Ticket, to: Person, now: datetime) -> Letter:
        language = to.language
        return Letter(
            key=f"ticket:{ticket.id}:answer",
            to=to.id,
            kind=LetterKind.TICKET_ANSWER,
            about=about(ticket.id),
            body=self._texts.render("tickets/answer", language, ticket=ticket),
            buttons=[
                [
                    (self._texts.label("button.ask_more", language), self._pass_on()),
                    (self._texts.label("button.my_ticket", language), self._show(ticket.id)),
                ]
            ],
            due_at=now,
            useful_until=now + ANSWER_IS_USEFUL_FOR,
        )

    def closed(self, ticket: Ticket, to: Person, now: datetime) -> Letter:
        language = to.language
        return Letter(
            key=f"ticket:{ticket.id}:closed",
            to=to.id,
            kind=LetterKind.TICKET_ANSWER,
            about=about(ticket.id),
            body=self._texts.render("tickets/closed_by_member", language, ticket=ticket),
            buttons=[[(self._texts.label("button.ask_more", language), self._pass_on())]],
            due_at=now,
            useful_until=now + ANSWER_IS_USEFUL_FOR,
        )
