"""Below every ticket: the nearest entries, the nearest earlier answers; one tap sends one."""

import asyncio
from collections.abc import Sequence
from datetime import tzinfo
from typing import Final

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.guidance.model import Entry
from branch.guidance.service import GuidanceLibrary
from branch.people.model import Person
from branch.tickets.letters import Suggested, Tap
from branch.tickets.model import Gist, TicketId
from branch.tickets.suggesting import Suggesting
from branch.tickets.thread import LONGEST_ANSWER, Part
from branch.tickets.together import AnsweringTogether, numbered
from handlers.answering import Answering
from handlers.answers import Answers
from handlers.buttons import Button, Row, ShowTicket, keyboard
from handlers.conversation import Handler
from handlers.incoming import message_of
from handlers.parts import attached
from handlers.refusals import Refusals
from handlers.replies import Say
from handlers.ticket_buttons import (
    AnswerTogether,
    LookAtAnswer,
    LookAtEntry,
    SendAnswer,
    SendEntry,
    Suggest,
)
from handlers.visit import Context, current_visit
from texts.language import Language
from texts.telegram_html import shown_units

MOST: Final = 3
PLAUSIBLE: Final = 0.1
"""The confidence from which an entry is worth a button that sends it at once."""
_LONGEST_LABEL: Final = 28


class SuggestAnswers:
    def __init__(
        self,
        *,
        library: GuidanceLibrary,
        answers: Answers,
        suggesting: Suggesting,
        answering: Answering,
        together: AnsweringTogether,
        refusals: Refusals,
        zone: tzinfo,
        say: Say,
    ) -> None:
        self._library = library
        self._answers = answers
        self._suggesting = suggesting
        self._answering = answering
        self._together = together
        self._refusals = refusals
        self._zone = zone
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            CallbackQueryHandler(self.offer, Suggest.matches),
            CallbackQueryHandler(self.look_at_entry, LookAtEntry.matches),
            CallbackQueryHandler(self.look_at_answer, LookAtAnswer.matches),
            CallbackQueryHandler(self.send_entry, SendEntry.matches),
            CallbackQueryHandler(self.send_answer, SendAnswer.matches),
        ]

    async def of_new(self, question: str) -> Sequence[Suggested]:
        """For a question on its way to the members."""
        entries, gists = await self._nearest(question, None, least=PLAUSIBLE)
        label = self._say.label
        return [
            *(
                Suggested(
                    label("button.send_entry", name=_short(each.question(Language.ZH))),
                    _sends_entry(each),
                )
                for each in entries
            ),
            *(
                Suggested(
                    label("button.send_answer", number=each.ticket, name=_short(each.text)),
                    _sends_answer(each),
                )
                for each in gists
            ),
        ]

    async def offer(self, update: Update, context: Context) -> None:
        visit, tap = context.visit, Suggest.tapped(update)
        number = TicketId(tap.ticket)
        if visit.person is None:
            return
        asking = self._suggesting.question(visit.person, number, now=visit.moment)
        found = await self._refusals.or_why(
            update, asking, number=number, passing=not visit.private
        )
        if found is None:
            return
        entries, gists = await self._nearest(found[1], number)
        rows, label = self._rows(number, entries, gists), self._say.label
        if visit.private:
            rows.append([(label("button.together"), AnswerTogether(number))])
            rows.append([(label("button.back"), ShowTicket(number))])
        # the question below which the button stands is still wanted
        visit.anew = not tap.here
        await self._say(
            update,
            "tickets/suggested",
            keyboard=keyboard(*rows),
            number=number,
            some=bool(entries or gists),
        )

    def _rows(self, number: TicketId, entries: Sequence[Entry], gists: Sequence[Gist]) -> list[Row]:
        label = self._say.label
        rows: list[Row] = [
            [
                (
                    label("button.entry", name=_short(self._named(each))),
                    LookAtEntry(number, each.slug),
                )
            ]
            for each in entries
        ]
        rows += [
            [
                (
                    label("button.answer", number=each.ticket, name=_short(each.text)),
                    LookAtAnswer(number, each.ticket),
                )
            ]
            for each in gists
        ]
        return rows

    async def look_at_entry(self, update: Update, context: Context) -> None:
        tap = LookAtEntry.tapped(update)
        part = self._of_entry(update, tap.slug)
        await self._look(
            update, tap.ticket, [part] if part else [], SendEntry(tap.ticket, tap.slug)
        )

    async def look_at_answer(self, update: Update, context: Context) -> None:
        visit, tap = context.visit, LookAtAnswer.tapped(update)
        if visit.person is not None:
            parts = await self._of_answer(update, visit.person, tap.other)
            if parts is not None:
                await self._look(update, tap.ticket, parts, SendAnswer(tap.ticket, tap.other))

    async def send_entry(self, update: Update, context: Context) -> None:
        tap = SendEntry.tapped(update)
        part = self._of_entry(update, tap.slug)
        await self._send(update, tap.ticket, [part] if part else [], tap.slug)

    async def send_answer(self, update: Update, context: Context) -> None:
        visit, tap = context.visit, SendAnswer.tapped(update)
        if visit.person is not None:
            parts = await self._of_answer(update, visit.person, tap.other)
            if parts is not None and await self._send(update, tap.ticket, parts, tap.other):
                await self._together.join(
                    visit.person, TicketId(tap.ticket), TicketId(tap.other), now=visit.moment
                )

    async def _look(self, update: Update, number: int, parts: Sequence[Part], send: Button) -> None:
        label = self._say.label
        if not parts:
            await self._say(update, "tickets/suggestion_gone")
            return
        rows: list[Row] = [
            [(label("button.send_this"), send), (label("button.back"), Suggest(number, 1))]
        ]
        await self._say(
            update,
            "tickets/suggestion",
            keyboard=keyboard(*rows),
            number=number,
            answer=Markup("\n\n".join(part.text for part in parts if part.text)),  # noqa: S704 -- escaped when it was written
            attached=attached([part.enclosure for part in parts], label),
        )

    async def _send(self, update: Update, number: int, parts: Sequence[Part], what: object) -> bool:
        visit = current_visit()
        if visit.person is None:
            await self._say.toast(update, "toast.members_only", alert=True)
            return False
        # the question stays where it is; a second tap on the same answer is the first one again,
        # on a message that showed another ticket before it is not
        visit.anew = True
        message = message_of(update).message_id
        named = [
            numbered(part, visit.chat_id, message, number, what, place)
            for place, part in enumerate(parts)
        ]
        if not named:
            await self._say(update, "tickets/suggestion_gone")
            return False
        return await self._answering.send(update, visit.person, TicketId(number), named)

    def _of_entry(self, update: Update, slug: str) -> Part | None:
        """The entry as it is answered, short where all of it does not fit."""
        entry = self._library.entry(slug)
        if entry is None:
            return None
        link = f"{update.get_bot().link}?start=entry_{entry.slug}"
        text = self._answers.to_pass_on(entry, link).text
        if shown_units(text) > LONGEST_ANSWER:
            text = self._answers.short(entry, link)
        return Part(message_id=0, text=text)

    async def _of_answer(self, update: Update, person: Person, other: int) -> Sequence[Part] | None:
        reading = self._suggesting.answer(person, TicketId(other), now=current_visit().moment)
        return await self._refusals.or_why(
            update, reading, number=other, passing=not current_visit().private
        )

    async def _nearest(
        self, question: str, besides: TicketId | None, *, least: float = 0.0
    ) -> tuple[Sequence[Entry], Sequence[Gist]]:
        gists = await self._suggesting.answered(besides=besides)
        # aside: other people are heard while the search weighs this one
        return await asyncio.to_thread(self._weigh, question, gists, least)

    def _weigh(
        self, question: str, gists: Sequence[Gist], least: float
    ) -> tuple[Sequence[Entry], Sequence[Gist]]:
        today = current_visit().moment.astimezone(self._zone).date()
        language = Language.of_question(question, Language.ZH)
        matches = self._library.matches(question, language=language, on=today)[:MOST]
        places = self._library.nearest(question, [each.text for each in gists], most=MOST)
        return (
            [match.entry for match in matches if match.confidence >= least],
            [gists[place] for place in places],
        )

    def _named(self, entry: Entry) -> str:
        return entry.question(current_visit().language)


def _sends_entry(entry: Entry) -> Tap:
    return lambda ticket: SendEntry(ticket, entry.slug).pack()


def _sends_answer(gist: Gist) -> Tap:
    return lambda ticket: SendAnswer(ticket, gist.ticket).pack()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1]}…"
