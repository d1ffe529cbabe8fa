"""Who looks after a call proposes what becomes of a paper: an award, the words of the letter."""

from enum import StrEnum
from typing import Final

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.papers.deciding import DecisionBook
from branch.papers.errors import TooLong
from branch.papers.model import SubmissionId
from branch.papers.moves import Award, Verdict
from branch.papers.reviews import LONGEST_WORDS
from handlers.buttons import Confirm, Leave, keyboard
from handlers.conversation import END, Conversation, Outcome, Scene
from handlers.decision_buttons import ChooseAward, Propose
from handlers.decisions import Decisions
from handlers.incoming import text_of
from handlers.notice_refusals import whoever
from handlers.paper_refusals import PaperRefusals
from handlers.replies import Say
from handlers.visit import Context
from texts.telegram_html import units

_TYPED: Final = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


class Deciding(StrEnum):
    AWARD = "award"
    WORDS = "words"


class DecisionForm(Struct):
    """Without `words` of their own the usual ones are sent."""

    paper: int = 0
    verdict: Verdict = Verdict.ACCEPT
    award: Award = Award.NONE
    words: str = ""


class DecidePapers:
    def __init__(
        self, *, book: DecisionBook, decisions: Decisions, refusals: PaperRefusals, say: Say
    ) -> None:
        self._book = book
        self._decisions = decisions
        self._refusals = refusals
        self._say = say

    def conversation(self) -> Conversation:
        tapped = CallbackQueryHandler
        leaving = tapped(self.leave, Leave.matches)
        return Conversation(
            name="decide",
            draft=DecisionForm,
            entries=[tapped(self.begin, Propose.matches)],
            scenes={
                Deciding.AWARD: Scene(
                    self.ask_award, [tapped(self.take_award, ChooseAward.matches), leaving]
                ),
                Deciding.WORDS: Scene(
                    self.ask_words,
                    [
                        MessageHandler(_TYPED, self.take_words),
                        tapped(self.confirm, Confirm.matches),
                        leaving,
                    ],
                ),
            },
        )

    async def begin(self, update: Update, context: Context) -> Outcome:
        tap, form = Propose.tapped(update), context.visit.draft(DecisionForm)
        looking = self._book.case(
            whoever(context), SubmissionId(tap.paper), now=context.visit.moment
        )
        if await self._refusals.or_why(update, looking) is None:
            return END
        form.paper, form.verdict = tap.paper, tap.verdict
        return Deciding.AWARD if tap.verdict is Verdict.ACCEPT else Deciding.WORDS

    async def ask_award(self, update: Update, context: Context) -> int:
        label = self._say.label
        awards = [(label(f"award.{each}"), ChooseAward(each)) for each in reversed(Award)]
        return await self._say(
            update,
            "papers/ask_award",
            keyboard=keyboard(awards[:2], awards[2:], [(label("button.stop_writing"), Leave())]),
        )

    async def take_award(self, update: Update, context: Context) -> Outcome:
        context.visit.draft(DecisionForm).award = ChooseAward.tapped(update).award
        return Deciding.WORDS

    async def ask_words(self, update: Update, context: Context) -> int:
        label = self._say.label
        return await self._say(
            update,
            "papers/ask_words",
            keyboard=keyboard(
                [(label("button.use_words"), Confirm())],
                [(label("button.stop_writing"), Leave())],
            ),
            words=await self._words(context),
        )

    async def take_words(self, update: Update, context: Context) -> Outcome:
        words = text_of(update)
        if units(words) > LONGEST_WORDS:
            await self._refusals.explain(update, TooLong(LONGEST_WORDS), alone=False)
        else:
            context.visit.draft(DecisionForm).words = words
        return Deciding.WORDS

    async def confirm(self, update: Update, context: Context) -> Outcome:
        form = context.visit.draft(DecisionForm)
        proposing = self._book.propose(
            whoever(context),
            SubmissionId(form.paper),
            form.verdict,
            form.award,
            await self._words(context),
            now=context.visit.moment,
        )
        call = await self._refusals.or_why(update, proposing)
        if call is not None:
            await self._decisions.open(update, context, call.id)
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END

    async def _words(self, context: Context) -> str:
        form = context.visit.draft(DecisionForm)
        return form.words or await self._book.usual_words(
            whoever(context),
            SubmissionId(form.paper),
            form.verdict,
            form.award,
            now=context.visit.moment,
        )
