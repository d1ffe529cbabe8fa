"""The letters about revealing a name: to who has to agree, to who asked for it, to whose it is."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from branch.outbox.kinds import LetterKind
from branch.outbox.model import Letter
from branch.people.model import Person
from branch.tickets.letters import ANSWER_IS_USEFUL_FOR, about
from branch.tickets.model import Ticket
from branch.tickets.pseudonyms import name_of
from branch.tickets.records import Reveal, RevealId
from texts.renderer import Texts


class RevealTaps(Struct, frozen=True, kw_only=True):
    """What the buttons below them say."""

    agree: Callable[[RevealId], str]
    refuse: Callable[[RevealId], str]
    who: Callable[[RevealId], str]


class UnveilingLetters:
    """None of them holds the name: it is shown on a tap, to the two who agreed."""

    def __init__(self, texts: Texts, taps: RevealTaps) -> None:
        self._texts = texts
        self._taps = taps

    def asked(self, ticket: Ticket, reveal: Reveal, to: Person, now: datetime) -> Letter:
        return self._letter(
            "reveal_asked",
            ticket,
            to,
            now,
            key=f"ticket:{ticket.id}:reveal:{reveal.id}:{to.id}",
            buttons=[
                ("agree_to_reveal", self._taps.agree(reveal.id)),
                ("refuse_to_reveal", self._taps.refuse(reveal.id)),
            ],
            reason=reveal.reason,
            by=reveal.asked_by_name,
        )

    def decided(self, ticket: Ticket, reveal: Reveal, to: Person, now: datetime) -> Letter:
        event = "reveal_granted" if reveal.granted else "reveal_refused"
        return self._letter(
            event,
            ticket,
            to,
            now,
            key=f"ticket:{ticket.id}:reveal:{reveal.id}:decided",
            buttons=[("who_is_it", self._taps.who(reveal.id))] if reveal.granted else [],
        )

    def revealed(self, ticket: Ticket, reveal: Reveal, to: Person, now: datetime) -> Letter:
        """To whose name it is."""
        return self._letter(
            "revealed",
            ticket,
            to,
            now,
            key=f"ticket:{ticket.id}:reveal:{reveal.id}:told",
            reason=reveal.reason,
        )

    def _letter(
        self,
        event: str,
        ticket: Ticket,
        to: Person,
        now: datetime,
        *,
        key: str,
        buttons: Sequence[tuple[str, str]] = (),
        **values: Any,
    ) -> Letter:
        name = ticket.pseudonym and name_of(ticket.pseudonym, self._texts, to.language)
        row = [(self._texts.label(f"button.{label}", to.language), tap) for label, tap in buttons]
        return Letter(
            key=key,
            to=to.id,
            kind=LetterKind.TICKET_ANSWER,
            about=about(ticket.id),
            body=self._texts.render(
                f"tickets/{event}", to.language, ticket=ticket, pseudonym=name, **values
            ),
            buttons=[row] if row else [],
            due_at=now,
            useful_until=now + ANSWER_IS_USEFUL_FOR,
        )
