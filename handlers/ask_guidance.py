"""Somebody asks: free text or /ask becomes an answer, a choice, or a plain "not covered"."""

from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from branch.guidance.model import BoundaryKind, Entry
from branch.guidance.question_log import Outcome as Found
from branch.guidance.question_log import QuestionLog
from branch.guidance.service import (
    Answered,
    Choices,
    GuidanceLibrary,
    NotCovered,
    OutOfBounds,
    Reply,
)
from handlers.answers import Answers
from handlers.buttons import (
    ChooseEntry,
    Leave,
    NoneOfThese,
    Row,
    ShowEntry,
    ShowMenu,
    ShowTopics,
    keyboard,
)
from handlers.conversation import END, Conversation, Handler, Outcome, Scene
from handlers.incoming import argument_of, message_of, text_of
from handlers.replies import Say
from handlers.visit import Context, current_visit

_NOT_KEPT = (BoundaryKind.DESPAIR, BoundaryKind.ABUSE)


class Asking(StrEnum):
    QUESTION = "question"


@dataclass(slots=True)
class AskDraft:
    """Nothing is kept between the scenes: there is one."""


class AskGuidance:
    def __init__(
        self,
        *,
        library: GuidanceLibrary,
        log: QuestionLog,
        answers: Answers,
        zone: ZoneInfo,
        say: Say,
    ) -> None:
        self._library = library
        self._log = log
        self._answers = answers
        self._zone = zone
        self._say = say

    def conversation(self) -> Conversation:
        return Conversation(
            name="ask",
            draft=AskDraft,
            entries=[CommandHandler("ask", self.begin)],
            scenes={
                Asking.QUESTION: Scene(
                    self.ask_for_question,
                    [
                        MessageHandler(filters.TEXT & ~filters.COMMAND, self.take_question),
                        CallbackQueryHandler(self.leave, Leave.matches),
                    ],
                )
            },
        )

    def handlers(self) -> list[Handler]:
        private_text = filters.ChatType.PRIVATE & filters.TEXT & ~filters.COMMAND
        return [
            CallbackQueryHandler(self.choose, ChooseEntry.matches),
            CallbackQueryHandler(self.none_fits, NoneOfThese.matches),
            CallbackQueryHandler(self.open_entry, ShowEntry.matches),
            MessageHandler(private_text, self.hear),
        ]

    async def begin(self, update: Update, context: Context) -> Outcome:
        question = argument_of(update)
        if not question:
            return Asking.QUESTION
        await self.answer(update, question)
        return None

    async def ask_for_question(self, update: Update, context: Context) -> int:
        buttons = keyboard([(self._say.label("button.leave"), Leave())])
        return await self._say(update, "answers/what_to_ask", keyboard=buttons)

    async def take_question(self, update: Update, context: Context) -> Outcome:
        await self.answer(update, text_of(update))
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END

    async def hear(self, update: Update, context: Context) -> None:
        await self.answer(update, text_of(update))

    async def answer(self, update: Update, question: str) -> None:
        visit = current_visit()
        today = visit.moment.astimezone(self._zone).date()
        reply = self._library.ask(question, language=visit.language, on=today)
        await self._record(update, question, reply)
        match reply:
            case Answered(entry=entry):
                await self._answers.show(update, entry.slug)
            case Choices(entries=entries):
                await self._offer(update, list(entries))
            case NotCovered(nearest=nearest):
                await self._say(
                    update, "answers/not_covered", keyboard=self._nearest(list(nearest))
                )
            case OutOfBounds(kind=kind, asks=asks):
                template = f"{kind}_{asks}" if asks else str(kind)
                await self._say(update, f"boundaries/{template}", keyboard=self._ways_on(kind))

    async def choose(self, update: Update, context: Context) -> None:
        tap = ChooseEntry.tapped(update)
        if context.visit.person is not None:
            await self._log.settle(
                context.visit.person, message_id=tap.asked, found=Found.CHOSEN, entry=tap.slug
            )
        await self._answers.show(update, tap.slug)

    async def none_fits(self, update: Update, context: Context) -> None:
        tap = NoneOfThese.tapped(update)
        if context.visit.person is not None:
            await self._log.settle(
                context.visit.person, message_id=tap.asked, found=Found.NOT_COVERED, entry=None
            )
        kept = context.visit.person is not None
        await self._say(update, "answers/none_of_these", keyboard=self._nearest([]), kept=kept)

    async def open_entry(self, update: Update, context: Context) -> None:
        await self._answers.show(update, ShowEntry.tapped(update).slug)

    async def _offer(self, update: Update, entries: list[Entry]) -> None:
        asked, language = message_of(update).message_id, current_visit().language
        rows: list[Row] = [
            [(entry.question(language), ChooseEntry(asked, entry.slug))] for entry in entries
        ]
        rows.append([(self._say.label("button.none_of_these"), NoneOfThese(asked))])
        await self._say(update, "answers/choices", keyboard=keyboard(*rows))

    def _nearest(self, entries: list[Entry]) -> InlineKeyboardMarkup | None:
        language = current_visit().language
        rows: list[Row] = [[(e.question(language), ShowEntry(e.slug))] for e in entries]
        rows.append(
            [
                (self._say.label("button.topics"), ShowTopics()),
                (self._say.label("button.menu"), ShowMenu()),
            ]
        )
        return keyboard(*rows)

    def _ways_on(self, kind: BoundaryKind) -> InlineKeyboardMarkup | None:
        """Where to go from here; beside words of despair, nothing distracts."""
        return None if kind in _NOT_KEPT else self._nearest([])

    async def _record(self, update: Update, question: str, reply: Reply) -> None:
        """Log what was asked; of somebody who has not agreed to it, nothing."""
        visit = current_visit()
        if visit.person is None or not visit.private:
            return
        found, entry, confidence = _outcome(reply)
        await self._log.record(
            visit.person,
            message_id=message_of(update).message_id,
            asked_at=visit.moment,
            text="" if _is_between_us(reply) else question,
            found=found,
            entry=entry,
            confidence=confidence,
        )


def _is_between_us(reply: Reply) -> bool:
    """Words of despair and of anger are answered and not kept."""
    return isinstance(reply, OutOfBounds) and reply.kind in _NOT_KEPT


def _outcome(reply: Reply) -> tuple[Found, str | None, float | None]:
    match reply:
        case Answered(entry=entry, confidence=confidence):
            return Found.ANSWERED, entry.slug, confidence
        case Choices():
            return Found.CHOICES, None, None
        case OutOfBounds():
            return Found.OUT_OF_BOUNDS, None, None
        case _:
            return Found.NOT_COVERED, None, None
