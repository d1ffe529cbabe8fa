"""One problem: what members wrote, a vote, and what can be done with it."""

from typing import Any, Final

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.people.model import Role
from branch.research.model import ProblemId, ProblemState, TopicId
from branch.research.problem_book import ProblemBook, SeenProblem
from handlers.buttons import Keyboard, Row, keyboard
from handlers.conversation import Handler
from handlers.day_plans import DayPlans
from handlers.notice_refusals import whoever
from handlers.replies import Say
from handlers.research_buttons import (
    ChooseMerge,
    ChooseThemeDay,
    ChooseTopicOut,
    MergeInto,
    RenameProblem,
    ReopenProblem,
    ShowProblem,
    ShowProblems,
    SolveProblem,
    TakeTopicOut,
    Vote,
)
from handlers.research_refusals import ResearchRefusals
from handlers.visit import Context, current_visit

TOPICS_SHOWN: Final = 12
CHOICES_SHOWN: Final = 8
CUT: Final = 24


class ProblemCard:
    def __init__(
        self, *, problems: ProblemBook, days: DayPlans, refusals: ResearchRefusals, say: Say
    ) -> None:
        self._problems = problems
        self._days = days
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            tapped(self.show_tapped, ShowProblem.matches),
            tapped(self.vote, Vote.matches),
            tapped(self.reopen, ReopenProblem.matches),
            tapped(self.choose_out, ChooseTopicOut.matches),
            tapped(self.take_out, TakeTopicOut.matches),
            tapped(self.choose_merge, ChooseMerge.matches),
            tapped(self.merge, MergeInto.matches),
        ]

    async def show_tapped(self, update: Update, context: Context) -> None:
        number = ProblemId(ShowProblem.tapped(update).problem)
        looking = self._problems.see(whoever(context), number, now=context.visit.moment)
        await self._or_why(update, looking)

    async def vote(self, update: Update, context: Context) -> None:
        tap = Vote.tapped(update)
        voting = self._problems.vote(
            whoever(context),
            ProblemId(tap.problem),
            wanted=tap.wanted > 0,
            now=context.visit.moment,
        )
        await self._or_why(update, voting, toast="toast.voted" if tap.wanted else "toast.unvoted")

    async def reopen(self, update: Update, context: Context) -> None:
        number = ProblemId(ReopenProblem.tapped(update).problem)
        opening = self._problems.reopen(whoever(context), number, now=context.visit.moment)
        await self._or_why(update, opening)

    async def choose_out(self, update: Update, context: Context) -> None:
        number = ProblemId(ChooseTopicOut.tapped(update).problem)
        looking = self._problems.see(whoever(context), number, now=context.visit.moment)
        seen = await self._refusals.or_why(update, looking)
        if seen is None:
            return
        rows: list[Row] = [
            [(_cut(each.text), TakeTopicOut(each.id))] for each in seen.topics[:TOPICS_SHOWN]
        ]
        rows.append([(self._say.label("button.back"), ShowProblem(number))])
        await self._say(update, "research/take_out", keyboard=keyboard(*rows), problem=seen.problem)

    async def take_out(self, update: Update, context: Context) -> None:
        topic = TopicId(TakeTopicOut.tapped(update).topic)
        taking = self._problems.take_out(whoever(context), topic, now=context.visit.moment)
        await self._or_why(update, taking, toast="toast.taken_out")

    async def choose_merge(self, update: Update, context: Context) -> None:
        """The other problems, for a secretary to put this one into."""
        tap, visit, label = ChooseMerge.tapped(update), context.visit, self._say.label
        number = ProblemId(tap.problem)
        looking = self._problems.see(whoever(context), number, now=visit.moment)
        seen = await self._refusals.or_why(update, looking)
        if seen is None:
            return
        page = await self._problems.page(
            whoever(context),
            ProblemState.OPEN,
            start=tap.start,
            limit=CHOICES_SHOWN,
            now=visit.moment,
        )
        others = [each for each in page.problems if each.id != number]
        rows: list[Row] = [[(_cut(each.name), MergeInto(number, each.id))] for each in others]
        after = tap.start + CHOICES_SHOWN
        if after < page.total:
            rows.append([(label("button.page_after"), ChooseMerge(number, after))])
        rows.append([(label("button.back"), ShowProblem(number))])
        await self._say(
            update,
            "research/merge",
            keyboard=keyboard(*rows),
            problem=seen.problem,
            others=len(others),
        )

    async def merge(self, update: Update, context: Context) -> None:
        tap = MergeInto.tapped(update)
        merging = self._problems.merge(
            whoever(context), ProblemId(tap.old), ProblemId(tap.new), now=context.visit.moment
        )
        await self._or_why(update, merging, toast="toast.merged")

    async def _or_why(self, update: Update, deed: Any, *, toast: str = "") -> None:
        seen = await self._refusals.or_why(update, deed)
        if seen is not None:
            await self.show(update, seen, toast=toast)

    async def show(self, update: Update, seen: SeenProblem, *, toast: str = "") -> None:
        shown = seen.topics[:TOPICS_SHOWN]
        await self._say(
            update,
            "research/problem",
            keyboard=self._keyboard(seen),
            toast=toast,
            problem=seen.problem,
            solved=seen.problem.state is ProblemState.SOLVED,
            topics=shown,
            more=len(seen.topics) - len(shown),
            voted=seen.voted,
            day=await self._days.plan_of(seen.problem.theme_day),
        )

    def _keyboard(self, seen: SeenProblem) -> Keyboard | None:
        label, number = self._say.label, seen.problem.id
        person = current_visit().person
        rows: list[Row] = []
        if seen.problem.state is ProblemState.OPEN:
            vote = "button.take_vote_back" if seen.voted else "button.vote"
            rows.append([(label(vote), Vote(number, 0 if seen.voted else 1))])
            rows[0] = [*rows[0], (label("button.discuss"), ChooseThemeDay(number))]
            changes: list[Any] = [(label("button.solved"), SolveProblem(number))]
            if len(seen.topics) > 1:
                changes.append((label("button.take_topic_out"), ChooseTopicOut(number)))
            rows.append(changes)
        else:
            rows.append([(label("button.reopen_problem"), ReopenProblem(number))])
        named: list[Any] = []
        if seen.may_name:
            named.append((label("button.rename"), RenameProblem(number)))
        if person is not None and person.role.covers(Role.SECRETARY):
            named.append((label("button.merge"), ChooseMerge(number, 0)))
        rows.append(named)
        rows.append([(label("button.problems"), ShowProblems(ProblemState.OPEN, 0))])
        return keyboard(*rows)


def _cut(text: str) -> str:
    return text if len(text) <= CUT else f"{text[: CUT - 1]}\u2026"
