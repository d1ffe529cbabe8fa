"""A problem becomes a theme of a theme day: chosen among those that come."""

from collections.abc import Sequence
from typing import Final

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.research.model import ProblemId
from branch.research.problem_book import ProblemBook
from branch.theme_days.model import DayPlan
from branch.theme_days.planning import DayPlanner
from handlers.buttons import Row, keyboard
from handlers.conversation import Handler
from handlers.notice_refusals import whoever
from handlers.problem_card import ProblemCard
from handlers.replies import Say
from handlers.research_buttons import ChooseThemeDay, DiscussOn, ShowProblem
from handlers.research_refusals import ResearchRefusals
from handlers.theme_day_buttons import PlanDay
from handlers.visit import Context

NONE: Final = 0


class DiscussProblem:
    def __init__(
        self,
        *,
        problems: ProblemBook,
        card: ProblemCard,
        planner: DayPlanner,
        refusals: ResearchRefusals,
        say: Say,
    ) -> None:
        self._problems = problems
        self._card = card
        self._planner = planner
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            CallbackQueryHandler(self.choose, ChooseThemeDay.matches),
            CallbackQueryHandler(self.discuss, DiscussOn.matches),
        ]

    async def choose(self, update: Update, context: Context) -> None:
        label, now = self._say.label, context.visit.moment
        number = ProblemId(ChooseThemeDay.tapped(update).problem)
        looking = self._problems.see(whoever(context), number, now=now)
        seen = await self._refusals.or_why(update, looking)
        if seen is None:
            return
        days = await self._planner.coming(now=now)
        rows: list[Row] = [
            [(label("themeday.in_list", title=day.plan.title), DiscussOn(number, day.id))]
            for day in days
        ]
        if not days:
            rows.append([(label("button.plan_day"), PlanDay())])
        if seen.problem.theme_day is not None:
            rows.append([(label("button.discuss_never"), DiscussOn(number, NONE))])
        rows.append([(label("button.back"), ShowProblem(number))])
        plans: Sequence[DayPlan] = [day.plan for day in days]
        await self._say(
            update,
            "research/choose_day",
            keyboard=keyboard(*rows),
            problem=seen.problem,
            plans=plans,
        )

    async def discuss(self, update: Update, context: Context) -> None:
        """On a day that still comes: one that was called off meanwhile is not taken."""
        tap, now = DiscussOn.tapped(update), context.visit.moment
        coming = {int(day.id) for day in await self._planner.coming(now=now)}
        if tap.day != NONE and tap.day not in coming:
            await self._say.toast(update, "toast.day_not_coming", alert=True)
            return
        day = None if tap.day == NONE else tap.day
        discussing = self._problems.discuss(whoever(context), ProblemId(tap.problem), day, now=now)
        seen = await self._refusals.or_why(update, discussing)
        if seen is not None:
            await self._card.show(update, seen, toast="toast.gathered")
