"""Tickets of the same meaning get one answer: the engine proposes them, a member confirms them."""

import asyncio
from enum import StrEnum
from typing import Any

from markupsafe import Markup
from msgspec import Struct, field
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler

from branch.guidance.service import GuidanceLibrary
from branch.tickets.errors import TextDoesNotFit
from branch.tickets.model import Gist, TicketId
from branch.tickets.suggesting import Suggesting
from branch.tickets.thread import LONGEST_ANSWER, MOST_PARTS, Part, check
from branch.tickets.together import AnsweringTogether
from handlers.buttons import Back, Confirm, Leave, Row, ShowDesk, keyboard
from handlers.conversation import END, Conversation, Outcome, Scene
from handlers.incoming import message_of
from handlers.parts import WRITTEN, attached, one_letter, part_of
from handlers.refusals import Refusals
from handlers.replies import Say
from handlers.ticket_buttons import AnswerTogether, ToggleTicket, WriteAnew
from handlers.visit import Context

MOST_SHOWN = 8


class Scenes(StrEnum):
    PICK = "pick"
    ANSWER = "answer"
    PREVIEW = "preview"


class TogetherDraft(Struct):
    """`found` are those of the same meaning, by number; the first was looked at."""

    found: dict[int, str] = field(default_factory=dict)
    chosen: list[int] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


class AnswersTogether:
    def __init__(
        self,
        *,
        library: GuidanceLibrary,
        suggesting: Suggesting,
        together: AnsweringTogether,
        refusals: Refusals,
        say: Say,
    ) -> None:
        self._library = library
        self._suggesting = suggesting
        self._together = together
        self._refusals = refusals
        self._say = say

    def conversation(self) -> Conversation:
        leaving = CallbackQueryHandler(self.leave, Leave.matches)
        written = MessageHandler(WRITTEN, self.take)
        return Conversation(
            name="together",
            draft=TogetherDraft,
            entries=[CallbackQueryHandler(self.begin, AnswerTogether.matches)],
            scenes={
                Scenes.PICK: Scene(
                    self.pick,
                    [
                        CallbackQueryHandler(self.toggle, ToggleTicket.matches),
                        CallbackQueryHandler(self.picked, Confirm.matches),
                        leaving,
                    ],
                ),
                Scenes.ANSWER: Scene(
                    self.ask, [written, CallbackQueryHandler(self.back, Back.matches), leaving]
                ),
                Scenes.PREVIEW: Scene(
                    self.preview,
                    [
                        CallbackQueryHandler(self.send, Confirm.matches),
                        CallbackQueryHandler(self.write_anew, WriteAnew.matches),
                        leaving,
                        written,
                    ],
                ),
            },
        )

    async def begin(self, update: Update, context: Context) -> Outcome:
        visit, number = context.visit, TicketId(AnswerTogether.tapped(update).ticket)
        if visit.person is None:
            return END
        asking = self._suggesting.question(visit.person, number, now=visit.moment)
        found = await self._refusals.or_why(update, asking, number=number)
        if found is None:
            return END
        ticket, question = found
        waiting = await self._suggesting.waiting(besides=number)
        texts = [question, *(each.text for each in waiting)]
        groups = await asyncio.to_thread(self._library.alike, texts)
        mine = next(group for group in groups if 0 in group)
        same = [waiting[place - 1] for place in sorted(mine) if place]
        draft = visit.draft(TogetherDraft)
        for each in [Gist(number, ticket.gist), *same[: MOST_SHOWN - 1]]:
            draft.found[each.ticket] = each.text
        draft.chosen = list(draft.found)
        return Scenes.PICK

    async def pick(self, update: Update, context: Context) -> int:
        draft, label = context.visit.draft(TogetherDraft), self._say.label
        buttons = [
            (label("ahead.ticked", words=f"#{each}") if each in draft.chosen else f"#{each}", each)
            for each in draft.found
        ]
        rows: list[Row] = [
            [(words, ToggleTicket(each)) for words, each in buttons[at : at + 2]]
            for at in range(0, len(buttons), 2)
        ]
        if draft.chosen:
            rows.append([(label("button.answer_these", count=len(draft.chosen)), Confirm())])
        rows.append([(label("button.leave"), Leave())])
        return await self._say(
            update, "tickets/together", keyboard=keyboard(*rows), found=list(draft.found.items())
        )

    async def toggle(self, update: Update, context: Context) -> Outcome:
        draft, number = context.visit.draft(TogetherDraft), ToggleTicket.tapped(update).ticket
        chosen = set(draft.chosen) ^ ({number} & set(draft.found))
        draft.chosen = [each for each in draft.found if each in chosen]
        return Scenes.PICK

    async def picked(self, update: Update, context: Context) -> Outcome:
        draft = context.visit.draft(TogetherDraft)
        return Scenes.ANSWER if draft.chosen else Scenes.PICK

    async def back(self, update: Update, context: Context) -> Outcome:
        return Scenes.PICK

    async def ask(self, update: Update, context: Context) -> int:
        label = self._say.label
        buttons = keyboard([(label("button.back"), Back()), (label("button.leave"), Leave())])
        count = len(context.visit.draft(TogetherDraft).chosen)
        return await self._say(
            update, "tickets/write_together", keyboard=buttons, count=count, most=LONGEST_ANSWER
        )

    async def take(self, update: Update, context: Context) -> Outcome:
        draft, part = context.visit.draft(TogetherDraft), part_of(message_of(update))
        parts = [*(each for each in draft.parts if each.message_id != part.message_id), part]
        try:
            check(parts, longest=LONGEST_ANSWER)
        except TextDoesNotFit:
            await self._say(update, "tickets/too_long", most=LONGEST_ANSWER)
            return None
        draft.parts = parts[:MOST_PARTS]
        return Scenes.PREVIEW

    async def preview(self, update: Update, context: Context) -> int:
        label = self._say.label
        rows = keyboard(
            [(label("button.send"), Confirm()), (label("button.write_anew"), WriteAnew())],
            [(label("button.leave"), Leave())],
        )
        return await self._say(
            update, "tickets/preview_together", keyboard=rows, **self._values(context)
        )

    async def write_anew(self, update: Update, context: Context) -> Outcome:
        context.visit.draft(TogetherDraft).parts = []
        return Scenes.ANSWER

    async def send(self, update: Update, context: Context) -> Outcome:
        visit = context.visit
        draft = visit.draft(TogetherDraft)
        if visit.person is None:
            return END
        numbers = [TicketId(each) for each in draft.chosen]
        answering = self._together.answer(
            visit.person, numbers, one_letter(draft.parts), now=visit.moment
        )
        reached = await self._refusals.or_why(update, answering, most=LONGEST_ANSWER)
        if reached is not None:
            rows = keyboard([(self._say.label("button.desk"), ShowDesk(0))])
            await self._say(
                update,
                "tickets/answered_together",
                keyboard=rows,
                answered=reached.answered,
                left_out=reached.left_out,
            )
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END

    def _values(self, context: Context) -> dict[str, Any]:
        draft = context.visit.draft(TogetherDraft)
        answer = "\n\n".join(part.text for part in one_letter(draft.parts) if part.text)
        return {
            "numbers": draft.chosen,
            "answer": Markup(answer),  # noqa: S704 -- escaped when it was read
            "attached": attached([part.enclosure for part in draft.parts], self._say.label),
        }
