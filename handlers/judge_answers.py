"""Did the answer help: one tap, and for those it did not, a reason, a line, and the way on."""

from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.guidance.feedback import Feedback, Reason, Verdict
from branch.guidance.model import Entry
from branch.guidance.question_log import QuestionLog
from branch.guidance.service import GuidanceLibrary
from handlers.answers import Answers
from handlers.ask_guidance import AskGuidance
from handlers.buttons import (
    GiveReason,
    Helpful,
    Leave,
    NotHelpful,
    Row,
    ShowTopics,
    WriteWords,
    keyboard,
)
from handlers.conversation import END, Conversation, Handler, Outcome, Scene
from handlers.incoming import text_of
from handlers.replies import Say
from handlers.strangers import Strangers
from handlers.visit import Context, current_visit
from handlers.ways_on import WaysOn

NEAR_SHOWN = 3


class Writing(StrEnum):
    WORDS = "words"


class WordsDraft(Struct):
    slug: str = ""


class JudgeAnswers:
    def __init__(
        self,
        *,
        feedback: Feedback,
        library: GuidanceLibrary,
        log: QuestionLog,
        answers: Answers,
        asking: AskGuidance,
        ways_on: WaysOn,
        strangers: Strangers,
        zone: ZoneInfo,
        say: Say,
    ) -> None:
        self._feedback = feedback
        self._library = library
        self._log = log
        self._answers = answers
        self._asking = asking
        self._ways_on = ways_on
        self._strangers = strangers
        self._zone = zone
        self._say = say

    def conversation(self) -> Conversation:
        return Conversation(
            name="feedback",
            draft=WordsDraft,
            entries=[CallbackQueryHandler(self.begin_writing, WriteWords.matches)],
            scenes={
                Writing.WORDS: Scene(
                    self.ask_for_words,
                    [
                        MessageHandler(filters.TEXT & ~filters.COMMAND, self.take_words),
                        CallbackQueryHandler(self.leave, Leave.matches),
                    ],
                )
            },
        )

    def handlers(self) -> list[Handler]:
        return [
            CallbackQueryHandler(self.helped, Helpful.matches),
            CallbackQueryHandler(self.did_not_help, NotHelpful.matches),
            CallbackQueryHandler(self.take_reason, GiveReason.matches),
        ]

    async def helped(self, update: Update, context: Context) -> None:
        entry = await self._judged(update, Helpful.tapped(update).slug)
        person = context.visit.person
        if entry is None or person is None:
            return
        await self._feedback.helpful(person, entry.slug, now=context.visit.moment)
        buttons = self._answers.buttons(entry, verdict=Verdict.HELPFUL)
        words = self._answers.words_of(entry)
        await self._say(update, "answers/answer", keyboard=buttons, toast="toast.thanks", **words)

    async def did_not_help(self, update: Update, context: Context) -> None:
        entry = await self._judged(update, NotHelpful.tapped(update).slug)
        person = context.visit.person
        if entry is None or person is None:
            return
        await self._feedback.not_helpful(person, entry.slug, now=context.visit.moment)
        reasons = [
            (self._say.label(f"reason.{reason}"), GiveReason(reason, entry.slug))
            for reason in Reason
        ]
        topics = (self._say.label("button.topics"), ShowTopics())
        buttons = keyboard(
            self._answers.verdicts(entry, Verdict.NOT_HELPFUL),
            reasons[:2],
            reasons[2:],
            *self._ways_on.with_a_person([topics]),
            self._ways_on.menu(),
        )
        await self._say(update, "answers/why", keyboard=buttons, **self._answers.words_of(entry))

    async def take_reason(self, update: Update, context: Context) -> None:
        tap, visit = GiveReason.tapped(update), context.visit
        entry = await self._judged(update, tap.slug)
        if entry is None or visit.person is None:
            return
        await self._feedback.because(visit.person, entry.slug, tap.reason, now=visit.moment)
        near = await self._near(entry)
        write: Row = [(self._say.label("button.write_words"), WriteWords(entry.slug))]
        await self._say(
            update,
            "answers/noted",
            keyboard=keyboard(write, *self._ways_on.rows(near)),
            reason=self._say.label(f"reason.{tap.reason}"),
            near=near,
            **self._answers.words_of(entry),
        )

    async def begin_writing(self, update: Update, context: Context) -> Outcome:
        slug = WriteWords.tapped(update).slug
        if await self._judged(update, slug) is None:
            return END
        context.visit.draft(WordsDraft).slug = slug
        return Writing.WORDS

    async def ask_for_words(self, update: Update, context: Context) -> int:
        entry = self._library.entry(context.visit.draft(WordsDraft).slug)
        language = context.visit.language
        return await self._say(
            update,
            "answers/write_words",
            keyboard=keyboard([(self._say.label("button.leave"), Leave())]),
            question=entry.question(language) if entry else "",
        )

    async def take_words(self, update: Update, context: Context) -> Outcome:
        visit, words = context.visit, text_of(update)
        if self._asking.is_between_us(words):
            await self._asking.answer(update, words)
            return END
        if visit.person is not None:
            slug = visit.draft(WordsDraft).slug
            await self._feedback.in_words(visit.person, slug, words, now=visit.moment)
        await self._say(update, "answers/words_kept", keyboard=keyboard(*self._ways_on.rows()))
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END

    async def _judged(self, update: Update, slug: str) -> Entry | None:
        """The entry, spoken as it was shown; None where there is none, or nobody, and they know."""
        if current_visit().person is None:
            await self._strangers.invite_in(update)
            return None
        entry = self._library.entry(slug)
        if entry is None:
            await self._say(update, "answers/gone")
            return None
        self._answers.speak_as_before(update, entry)
        return entry

    async def _near(self, entry: Entry) -> list[Entry]:
        """What else the person may have meant: by what they asked, or what is related."""
        visit = current_visit()
        assert visit.person is not None
        near = list(self._library.related(entry))
        asked = await self._log.led_to(visit.person, entry.slug)
        if asked:
            today = visit.moment.astimezone(self._zone).date()
            found = self._library.matches(asked, language=visit.language, on=today)
            near = [match.entry for match in found[: NEAR_SHOWN + 1]]
        return [each for each in near if each.slug != entry.slug][:NEAR_SHOWN]
