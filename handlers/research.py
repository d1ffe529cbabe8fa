"""The front page of research, and the problems, those with most votes first."""

from typing import Final

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.research.achievement import AchievementState
from branch.research.model import ProblemState
from branch.research.overview import Overview
from branch.research.problem_book import ProblemBook, ProblemPage
from handlers.achievement_buttons import (
    ClaimAchievement,
    ImportAchievements,
    ShowAchievements,
    ShowResearchTable,
)
from handlers.buttons import Row, ShowMenu, keyboard
from handlers.conversation import Handler
from handlers.notice_refusals import whoever
from handlers.replies import Say
from handlers.research_buttons import (
    NoteTopic,
    ShowLoose,
    ShowProblem,
    ShowProblems,
    ShowResearch,
)
from handlers.research_refusals import ResearchRefusals
from handlers.visit import Context

PROBLEMS_SHOWN: Final = 8


class Research:
    def __init__(
        self, *, overview: Overview, problems: ProblemBook, refusals: ResearchRefusals, say: Say
    ) -> None:
        self._overview = overview
        self._problems = problems
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            CommandHandler("research", self.show),
            tapped(self.show, ShowResearch.matches),
            tapped(self.show_problems, ShowProblems.matches),
        ]

    async def show(self, update: Update, context: Context) -> None:
        label, now = self._say.label, context.visit.moment
        counting = self._overview.counts(whoever(context), now=now)
        counts = await self._refusals.or_why(update, counting)
        if counts is None:
            return
        problems = ShowProblems(ProblemState.OPEN, 0)
        rows: list[Row] = [
            [(label("button.note_topic"), NoteTopic()), (label("button.problems"), problems)],
            [
                (label("button.claim_achievement"), ClaimAchievement()),
                (label("button.research_table"), ShowResearchTable()),
            ],
        ]
        if counts.waiting:
            waiting = ShowAchievements(AchievementState.CLAIMED, 0)
            rows.append([(label("button.waiting_achievements", count=counts.waiting), waiting)])
        rows.append(
            [
                (label("button.import_file"), ImportAchievements()),
                (label("button.menu"), ShowMenu()),
            ]
        )
        await self._say(update, "research/home", keyboard=keyboard(*rows), counts=counts)

    async def show_problems(self, update: Update, context: Context) -> None:
        tap = ShowProblems.tapped(update)
        looking = self._problems.page(
            whoever(context),
            tap.state,
            start=tap.start,
            limit=PROBLEMS_SHOWN,
            now=context.visit.moment,
        )
        page = await self._refusals.or_why(update, looking)
        if page is None:
            return
        label = self._say.label
        rows: list[Row] = [
            [(label("research.in_list", name=each.name, votes=each.votes), ShowProblem(each.id))]
            for each in page.problems
        ]
        rows.append(self._pages(page))
        if page.state is ProblemState.OPEN:
            solved = ShowProblems(ProblemState.SOLVED, 0)
            loose = (label("button.loose_topics"), ShowLoose(0))
            rows.append([loose, (label("button.solved_problems"), solved)])
        else:
            rows.append([(label("button.problems"), ShowProblems(ProblemState.OPEN, 0))])
        rows.append([(label("button.back"), ShowResearch())])
        await self._say(update, "research/problems", keyboard=keyboard(*rows), page=page)

    def _pages(self, page: ProblemPage) -> Row:
        label, start = self._say.label, page.start
        row: list[tuple[str, ShowProblems]] = []
        if start:
            before = ShowProblems(page.state, max(0, start - PROBLEMS_SHOWN))
            row.append((label("button.page_before"), before))
        if start + len(page.problems) < page.total:
            row.append(
                (label("button.page_after"), ShowProblems(page.state, start + PROBLEMS_SHOWN))
            )
        return row
