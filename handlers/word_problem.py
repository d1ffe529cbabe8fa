"""A problem gets another name, or the sentence that says how it was solved."""

from collections.abc import Awaitable
from enum import StrEnum

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler

from branch.people.errors import NotAllowed
from branch.research.errors import NameUnfit, ProblemGone
from branch.research.model import LONGEST_NAME, LONGEST_SOLUTION, ProblemId
from branch.research.problem_book import ProblemBook, SeenProblem
from handlers.buttons import Leave, keyboard
from handlers.conversation import END, Conversation, Outcome, Scene
from handlers.incoming import text_of
from handlers.note_topic import TYPED
from handlers.notice_refusals import whoever
from handlers.problem_card import ProblemCard
from handlers.replies import Say
from handlers.research_buttons import RenameProblem, SolveProblem
from handlers.research_refusals import ResearchRefusals
from handlers.visit import Context


class Wording(StrEnum):
    NAME = "name"
    SOLUTION = "solution"


class ProblemWords(Struct):
    problem: int = 0


class WordProblem:
    def __init__(
        self, *, problems: ProblemBook, card: ProblemCard, refusals: ResearchRefusals, say: Say
    ) -> None:
        self._problems = problems
        self._card = card
        self._refusals = refusals
        self._say = say

    def conversation(self) -> Conversation:
        tapped = CallbackQueryHandler
        leaving = tapped(self.leave, Leave.matches)
        return Conversation(
            name="research_problem",
            draft=ProblemWords,
            entries=[
                tapped(self.begin_name, RenameProblem.matches),
                tapped(self.begin_solution, SolveProblem.matches),
            ],
            scenes={
                Wording.NAME: Scene(
                    self.ask_name, [leaving, MessageHandler(TYPED, self.take_name)]
                ),
                Wording.SOLUTION: Scene(
                    self.ask_solution, [leaving, MessageHandler(TYPED, self.take_solution)]
                ),
            },
        )

    async def begin_name(self, update: Update, context: Context) -> Outcome:
        return await self._begin(update, context, RenameProblem.tapped(update).problem, "name")

    async def begin_solution(self, update: Update, context: Context) -> Outcome:
        return await self._begin(update, context, SolveProblem.tapped(update).problem, "solution")

    async def _begin(self, update: Update, context: Context, number: int, scene: str) -> Outcome:
        looking = self._problems.see(whoever(context), ProblemId(number), now=context.visit.moment)
        if await self._refusals.or_why(update, looking) is None:
            return END
        context.visit.draft(ProblemWords).problem = number
        context.visit.anew = True
        return Wording(scene)

    async def ask_name(self, update: Update, context: Context) -> int:
        return await self._ask(update, "name", LONGEST_NAME)

    async def ask_solution(self, update: Update, context: Context) -> int:
        return await self._ask(update, "solution", LONGEST_SOLUTION)

    async def _ask(self, update: Update, field: str, most: int) -> int:
        leave = keyboard([(self._say.label("button.stop_writing"), Leave())])
        return await self._say(update, "research/ask_words", keyboard=leave, field=field, most=most)

    async def take_name(self, update: Update, context: Context) -> Outcome:
        text = text_of(update)
        naming = self._problems.rename(
            whoever(context), _number(context), text, now=context.visit.moment
        )
        return await self._said(update, naming, Wording.NAME)

    async def take_solution(self, update: Update, context: Context) -> Outcome:
        text = text_of(update)
        solving = self._problems.solve(
            whoever(context), _number(context), text, now=context.visit.moment
        )
        return await self._said(update, solving, Wording.SOLUTION)

    async def _said(self, update: Update, deed: Awaitable[SeenProblem], scene: Wording) -> Outcome:
        """The card as it is now; what is too long is told, and asked for again."""
        try:
            seen = await deed
        except NameUnfit:
            most = LONGEST_NAME if scene is Wording.NAME else LONGEST_SOLUTION
            await self._say(update, "research/words_unfit", most=most)
            return scene
        except (NotAllowed, ProblemGone) as error:
            await self._refusals.told(update, error)
            return END
        await self._card.show(update, seen)
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END


def _number(context: Context) -> ProblemId:
    return ProblemId(context.visit.draft(ProblemWords).problem)
