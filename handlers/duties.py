"""A member says what they take: subjects, schools and majors they know, and when they are away."""

import re
from datetime import timedelta
from enum import StrEnum
from typing import Final

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.people.model import Person
from branch.tickets.duties import Duty
from branch.tickets.duty_book import LONGEST_WORD, MOST_WORDS, DutyBook
from branch.tickets.errors import TextDoesNotFit
from branch.tickets.model import Subject
from handlers.buttons import Leave, Row, ShowProfile, keyboard
from handlers.conversation import END, Conversation, Handler, Outcome, Scene
from handlers.incoming import text_of
from handlers.refusals import Refusals
from handlers.replies import Say
from handlers.ticket_buttons import BeAway, ForgetKnown, ShowDuty, ToggleDuty, WriteKnown
from handlers.visit import Context

AWAY: Final = (3, 7, 30)
_BETWEEN: Final = re.compile(r"[\s,;/\u3001\uff0c\uff1b]+")


class Knowing(StrEnum):
    WORDS = "words"


class KnownDraft(Struct):
    """Nothing is kept between the scenes: there is one."""


class DutyPages:
    def __init__(self, *, duties: DutyBook, refusals: Refusals, say: Say) -> None:
        self._duties = duties
        self._refusals = refusals
        self._say = say

    def conversation(self) -> Conversation:
        return Conversation(
            name="known",
            draft=KnownDraft,
            entries=[CallbackQueryHandler(self.begin, WriteKnown.matches)],
            scenes={
                Knowing.WORDS: Scene(
                    self.ask,
                    [
                        MessageHandler(
                            filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND, self.take
                        ),
                        CallbackQueryHandler(self.leave, Leave.matches),
                    ],
                )
            },
        )

    def handlers(self) -> list[Handler]:
        return [
            CallbackQueryHandler(self.show, ShowDuty.matches),
            CallbackQueryHandler(self.toggle, ToggleDuty.matches),
            CallbackQueryHandler(self.be_away, BeAway.matches),
            CallbackQueryHandler(self.forget, ForgetKnown.matches),
        ]

    async def show(self, update: Update, context: Context) -> None:
        person = context.visit.person
        if person is not None:
            mine = self._duties.mine(person, now=context.visit.moment)
            await self._page(update, context, await self._refusals.or_why(update, mine))

    async def toggle(self, update: Update, context: Context) -> None:
        person, subject = context.visit.person, ToggleDuty.tapped(update).subject
        if person is not None:
            deed = self._duties.toggle(person, subject, now=context.visit.moment)
            await self._page(update, context, await self._refusals.or_why(update, deed))

    async def be_away(self, update: Update, context: Context) -> None:
        visit, days = context.visit, BeAway.tapped(update).days
        if visit.person is None or days not in (0, *AWAY):
            return
        until = visit.moment + timedelta(days=days) if days else None
        deed = self._duties.be_away(visit.person, until, now=visit.moment)
        await self._page(update, context, await self._refusals.or_why(update, deed))

    async def forget(self, update: Update, context: Context) -> None:
        person = context.visit.person
        if person is not None:
            deed = self._duties.know(person, (), now=context.visit.moment)
            await self._page(update, context, await self._refusals.or_why(update, deed))

    async def begin(self, update: Update, context: Context) -> Outcome:
        return END if context.visit.person is None else Knowing.WORDS

    async def ask(self, update: Update, context: Context) -> int:
        buttons = keyboard([(self._say.label("button.leave"), Leave())])
        return await self._say(update, "duties/write_known", keyboard=buttons, most=MOST_WORDS)

    async def take(self, update: Update, context: Context) -> Outcome:
        person = context.visit.person
        if person is None:
            return END
        words = tuple(each for each in _BETWEEN.split(text_of(update)) if each)
        return await self._know(update, context, person, words)

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self.show(update, context)
        return END

    async def _know(
        self, update: Update, context: Context, person: Person, words: tuple[str, ...]
    ) -> Outcome:
        try:
            deed = self._duties.know(person, words, now=context.visit.moment)
            known = await deed
        except TextDoesNotFit:
            await self._say(update, "duties/too_many_known", most=MOST_WORDS, longest=LONGEST_WORD)
            return None
        await self._page(update, context, known)
        return END

    async def _page(self, update: Update, context: Context, duty: Duty | None) -> None:
        if duty is None:
            return
        label, away = self._say.label, duty.away(context.visit.moment)
        buttons = [(self._ticked(each, duty), ToggleDuty(each)) for each in Subject]
        rows: list[Row] = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
        known: Row = [(label("button.known"), WriteKnown())]
        if duty.words:
            known = [*known, (label("button.forget_known"), ForgetKnown())]
        rows.append(known)
        if away:
            rows.append([(label("button.back_again"), BeAway(0))])
        else:
            rows.append([(label("button.away", days=days), BeAway(days)) for days in AWAY[:2]])
            rows.append([(label("button.away", days=AWAY[2]), BeAway(AWAY[2]))])
        rows.append([(label("button.back"), ShowProfile())])
        await self._say(
            update,
            "duties/mine",
            keyboard=keyboard(*rows),
            words=duty.words,
            some=bool(duty.subjects),
            away_until=duty.away_until if away else None,
        )

    def _ticked(self, subject: Subject, duty: Duty) -> str:
        words = self._say.label(f"subject.{subject}")
        return self._say.label("ahead.ticked", words=words) if subject in duty.subjects else words
