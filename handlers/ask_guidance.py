"""Somebody asks: free text or /ask becomes an answer, a choice, or a plain "not covered"."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from branch.guidance.alarm import Alarm
from branch.guidance.model import BoundaryKind, Entry, Slug
from branch.guidance.question_log import Asked, QuestionLog
from branch.guidance.question_log import Outcome as Found
from branch.guidance.replies import Answered, Choices, NotCovered, OutOfBounds, Part, Reply
from branch.guidance.service import GuidanceLibrary
from handlers.answers import Answers
from handlers.buttons import (
    ChooseEntry,
    NoneOfThese,
    ShowEntry,
    keyboard,
)
from handlers.conversation import Handler
from handlers.incoming import argument_of, message_of, text_of
from handlers.replies import Say
from handlers.visit import Context, current_visit
from handlers.ways_on import Place, WaysOn
from texts.language import Language

MOST_PARTS = 4
Overhear = Callable[[Update, Context], Awaitable[bool]]
_NOT_KEPT = (BoundaryKind.DESPAIR, BoundaryKind.ABUSE)


class AskGuidance:
    def __init__(
        self,
        *,
        library: GuidanceLibrary,
        log: QuestionLog,
        answers: Answers,
        ways_on: WaysOn,
        alarm: Alarm,
        zone: ZoneInfo,
        say: Say,
        overhear: Sequence[Overhear],
    ) -> None:
        """`overhear` take what is meant for somebody else and only looks like a question."""
        self._library = library
        self._log = log
        self._answers = answers
        self._ways_on = ways_on
        self._alarm = alarm
        self._zone = zone
        self._say = say
        self._overhear = overhear

    def handlers(self) -> list[Handler]:
        private_text = filters.ChatType.PRIVATE & filters.TEXT & ~filters.COMMAND
        return [
            CommandHandler("ask", self.hear_command, has_args=True),
            CallbackQueryHandler(self.choose, ChooseEntry.matches),
            CallbackQueryHandler(self.none_fits, NoneOfThese.matches),
            CallbackQueryHandler(self.open_entry, ShowEntry.matches),
            MessageHandler(private_text, self.hear),
        ]

    async def hear(self, update: Update, context: Context) -> None:
        for takes in self._overhear:
            if await takes(update, context):
                return
        await self.answer(update, text_of(update))

    async def hear_command(self, update: Update, context: Context) -> None:
        """/ask with the question behind it: a person is a tap below the answer."""
        await self.answer(update, argument_of(update))

    async def answer(self, update: Update, question: str) -> None:
        """Answer each question of the message by itself, and keep what was asked."""
        visit = current_visit()
        visit.spoken = Language.of_question(question, visit.language)
        heard = await self._hear(question)
        parts = heard[:MOST_PARTS]
        await self._record(update, parts)
        shown = _each_answer_once(parts)
        for number, (part, reply) in enumerate(shown, start=1):
            lead = ""
            if len(shown) > 1:
                lead = self._lead(parts[part], number, len(shown), more=len(heard) > len(parts))
            place = Place(message_of(update).message_id, part)
            await self._reply(update, reply, place, lead)

    def is_between_us(self, text: str) -> bool:
        """Whether these are words of despair or of anger, which are answered and not kept."""
        return any(_is_between_us(part.reply) for part in self._parts(text))

    async def surely(self, text: str) -> str:
        """The entry that surely answers it; empty if there is none, or not one alone."""
        parts = await asyncio.to_thread(self._parts, text)
        match [part.reply for part in parts]:
            case [Answered(entry=entry)]:
                return entry.slug
            case _:
                return ""

    def question_of(self, slug: str) -> str:
        """What the entry is called in the person's language; empty if it is gone."""
        entry = self._library.entry(slug)
        return entry.question(current_visit().language) if entry else ""

    async def choose(self, update: Update, context: Context) -> None:
        tap, visit = ChooseEntry.tapped(update), context.visit
        if visit.person is not None and self._answers.has(tap.slug):
            await self._log.chosen(
                visit.person,
                message_id=tap.asked,
                part=tap.part,
                entry=tap.slug,
                now=visit.moment,
            )
        await self._answers.give(update, tap.slug, place=Place(tap.asked, tap.part))

    async def none_fits(self, update: Update, context: Context) -> None:
        tap, person = NoneOfThese.tapped(update), context.visit.person
        if person is not None:
            await self._log.none_fits(
                person, message_id=tap.asked, part=tap.part, now=context.visit.moment
            )
        rows = self._ways_on.rows(place=Place(tap.asked, tap.part))
        await self._say(
            update, "answers/none_of_these", keyboard=keyboard(*rows), kept=person is not None
        )

    async def open_entry(self, update: Update, context: Context) -> None:
        await self._answers.show(update, ShowEntry.tapped(update).slug)

    async def _hear(self, question: str) -> Sequence[Part]:
        """The questions of the message; words of despair in one of them are all that counts."""
        visit = current_visit()
        after = None
        if visit.person is not None and visit.private:
            after = await self._log.read_lately(visit.person, now=visit.moment)
        # aside: other people are heard while the search weighs this one
        parts = await asyncio.to_thread(self._parts, question, Slug(after) if after else None)
        despair = [part for part in parts if _is_despair(part.reply)]
        return sorted(despair, key=lambda part: not _is_outright(part.reply))[:1] or parts

    def _parts(self, question: str, after: Slug | None = None) -> Sequence[Part]:
        visit = current_visit()
        today = visit.moment.astimezone(self._zone).date()
        return self._library.hear(question, language=visit.language, on=today, after=after)

    def _lead(self, part: Part, number: int, count: int, *, more: bool) -> str:
        lead = self._say.text(
            "answers/part", number=number, count=count, question=part.question, more=more
        )
        return f"{lead}\n\n"

    async def _reply(self, update: Update, reply: Reply, place: Place, lead: str) -> None:
        match reply:
            case Answered(entry=entry, others=others):
                await self._answers.give(update, entry.slug, lead=lead, place=place, others=others)
            case Choices(entries=entries):
                await self._offer(update, entries, place, lead)
            case NotCovered(nearest=nearest):
                rows = self._ways_on.rows(nearest, place)
                text = lead + self._say.text("answers/not_covered", nearest=nearest)
                await self._say.html(update, text, keyboard=keyboard(*rows))
            case OutOfBounds(kind=BoundaryKind.DESPAIR, outright=outright):
                await self._comfort(update, outright=outright)
            case OutOfBounds():
                await self._turn_away(update, reply, place, lead)

    async def _comfort(self, update: Update, *, outright: bool) -> None:
        """Have somebody told, and say so if it is true; beside this, nothing distracts."""
        visit = current_visit()
        told = visit.private and await self._alarm.ring(
            visit.sender, outright=outright, now=visit.moment
        )
        perhaps = "" if outright else "perhaps_"
        await self._say(update, f"boundaries/{perhaps}despair", told=told)

    async def _offer(
        self, update: Update, entries: Sequence[Entry], place: Place, lead: str
    ) -> None:
        none = (self._say.label("button.none_of_these"), NoneOfThese(*place))
        rows = [
            *self._ways_on.choices(entries, place),
            *self._ways_on.with_a_person([none], place),
        ]
        text = lead + self._say.text("answers/choices")
        await self._say.html(update, text, keyboard=keyboard(*rows))

    async def _turn_away(self, update: Update, reply: OutOfBounds, place: Place, lead: str) -> None:
        """Say that it is not ours, and what comes near; beside anger, nothing distracts."""
        template = f"{reply.kind}_{reply.asks}" if reply.asks else str(reply.kind)
        text = self._say.text(f"boundaries/{template}", nearest=reply.nearest)
        rows = () if reply.kind in _NOT_KEPT else self._ways_on.rows(reply.nearest, place)
        await self._say.html(update, lead + text, keyboard=keyboard(*rows) if rows else None)

    async def _record(self, update: Update, parts: Sequence[Part]) -> None:
        """Log what was asked; of somebody who has not agreed to it, nothing."""
        visit = current_visit()
        if visit.person is None or not visit.private:
            return
        await self._log.record(
            visit.person,
            message_id=message_of(update).message_id,
            asked_at=visit.moment,
            parts=[_asked(part) for part in parts],
        )


def _each_answer_once(parts: Sequence[Part]) -> list[tuple[int, Reply]]:
    """The replies with the number of their part; one entry that answers two is given once.

    Where there are several, none carries others: which question they belong to would be unclear.
    """
    shown: list[tuple[int, Reply]] = []
    given: set[str] = set()
    for number, part in enumerate(parts):
        reply = part.reply
        if isinstance(reply, Answered):
            if reply.entry.slug in given:
                continue
            given.add(reply.entry.slug)
            reply = reply if len(parts) == 1 else replace(reply, others=())
        shown.append((number, reply))
    return shown


def _is_between_us(reply: Reply) -> bool:
    """Words of despair and of anger are answered and not kept."""
    return isinstance(reply, OutOfBounds) and reply.kind in _NOT_KEPT


def _is_despair(reply: Reply) -> bool:
    return isinstance(reply, OutOfBounds) and reply.kind is BoundaryKind.DESPAIR


def _is_outright(reply: Reply) -> bool:
    return isinstance(reply, OutOfBounds) and reply.outright


def _asked(part: Part) -> Asked:
    text = "" if _is_between_us(part.reply) else part.question
    match part.reply:
        case Answered(entry=entry, confidence=confidence):
            return Asked(
                text=text,
                found=Found.ANSWERED,
                entry=entry.slug,
                confidence=confidence,
                topic=entry.topic,
            )
        case Choices():
            return Asked(text=text, found=Found.CHOICES)
        case OutOfBounds():
            return Asked(text=text, found=Found.OUT_OF_BOUNDS)
        case NotCovered():
            return Asked(text=text, found=Found.NOT_COVERED)
