"""A question on its way to a person: what is written so far, and how it is shown before it goes."""

from typing import Any

from markupsafe import Markup
from msgspec import Struct, field
from telegram import Update

from branch.tickets.letters import said
from branch.tickets.model import Subject
from branch.tickets.thread import Part
from handlers.ask_guidance import AskGuidance
from handlers.buttons import Confirm, Keyboard, Leave, Row, ShowEntry, keyboard
from handlers.parts import attached
from handlers.replies import Say
from handlers.ticket_buttons import PickSubject, SendAnonymously, WriteAnew
from handlers.visit import Context
from texts.telegram_html import shown


class TicketDraft(Struct):
    """`ticket` is the one that it adds to, 0 for a new one; `near` an entry that answers it."""

    parts: list[Part] = field(default_factory=list)
    subject: Subject | None = None
    ticket: int = 0
    near: str = ""

    @property
    def words(self) -> str:
        """All that was typed, as plain text."""
        return " ".join(shown(part.text) for part in self.parts if part.text).strip()


class TicketPreview:
    def __init__(self, asking: AskGuidance, say: Say) -> None:
        self._asking = asking
        self._say = say

    async def show(self, update: Update, context: Context) -> int:
        return await self._say(
            update,
            "tickets/confirm",
            keyboard=self._buttons(context),
            **self._values(context),
        )

    async def redraw(self, update: Update, context: Context) -> None:
        """One more picture of an album: what is shown already counts it."""
        talk = context.visit.talk
        if talk is not None and talk.prompt_id is not None:
            await self._say.over(
                update,
                talk.prompt_id,
                "tickets/confirm",
                keyboard=self._buttons(context),
                **self._values(context),
            )

    def _values(self, context: Context) -> dict[str, Any]:
        draft, person = context.visit.draft(TicketDraft), context.visit.person
        words = said(draft.parts)
        return {
            "question": Markup(words),  # noqa: S704 -- escaped when it was read from Telegram
            "attached": attached([part.enclosure for part in draft.parts], self._say.label),
            "number": draft.ticket,
            "name": person.name if person else "",
            "intake": person.intake if person else None,
            "near": bool(draft.near),
        }

    def _buttons(self, context: Context) -> Keyboard | None:
        draft, label = context.visit.draft(TicketDraft), self._say.label
        sending: Row = [(label("button.send_to_members"), Confirm())]
        more: Row = [(label("button.write_anew"), WriteAnew())]
        if not draft.ticket:
            sending = [*sending, (label("button.send_anonymously"), SendAnonymously())]
            subject = label("button.subject")
            if draft.subject:
                subject = label(f"subject.{draft.subject}")
            more = [(subject, PickSubject()), *more]
        near: Row = []
        if draft.near and (question := self._asking.question_of(draft.near)):
            near = [(question, ShowEntry(draft.near))]
        return keyboard(sending, more, near, [(label("button.leave"), Leave())])
