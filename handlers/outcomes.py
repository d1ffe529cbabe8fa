"""The table of research outcomes: in the chat, and as a workbook."""

from collections.abc import Sequence
from typing import Final
from unicodedata import east_asian_width

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.research.achievement import AchievementState
from branch.research.achievement_book import AchievementBook
from branch.research.outcome_table import Count, OutcomeTable, outcome_table
from handlers.achievement_buttons import SaveOutcomes, ShowAchievements, ShowOutcomes
from handlers.buttons import Row, keyboard
from handlers.conversation import Handler
from handlers.notice_refusals import whoever
from handlers.replies import Say
from handlers.research_buttons import ShowResearch
from handlers.research_refusals import ResearchRefusals
from handlers.research_workbook import outcomes
from handlers.visit import Context

YEARS_SHOWN: Final = 8


class Outcomes:
    def __init__(self, *, book: AchievementBook, refusals: ResearchRefusals, say: Say) -> None:
        self._book = book
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            CallbackQueryHandler(self.show, ShowOutcomes.matches),
            CallbackQueryHandler(self.save, SaveOutcomes.matches),
        ]

    async def show(self, update: Update, context: Context) -> None:
        label = self._say.label
        looking = self._book.everything(whoever(context), now=context.visit.moment)
        achievements = await self._refusals.or_why(update, looking)
        if achievements is None:
            return
        table = outcome_table(achievements)
        rows: list[Row] = []
        if achievements:
            listed = ShowAchievements(AchievementState.CONFIRMED, 0)
            save = (label("button.save_table"), SaveOutcomes())
            rows.append([save, (label("button.one_by_one"), listed)])
        rows.append([(label("button.back"), ShowResearch())])
        total = table.count()
        await self._say(
            update,
            "research/outcomes",
            keyboard=keyboard(*rows),
            table="\n".join(self._lines(table)) if achievements else "",
            confirmed=total.confirmed,
            claimed=total.claimed,
            earlier=len(table.years) - len(table.years[:YEARS_SHOWN]),
        )

    async def save(self, update: Update, context: Context) -> None:
        looking = self._book.everything(whoever(context), now=context.visit.moment)
        achievements = await self._refusals.or_why(update, looking)
        if achievements is None:
            return
        await self._say.acknowledge(update)
        name = f"outcomes-{context.visit.moment:%Y-%m-%d}.xlsx"
        file = outcomes(achievements, self._say.label)
        await self._say.document(
            update, file, name, "research/outcomes_file", count=len(achievements)
        )

    def _lines(self, table: OutcomeTable) -> Sequence[str]:
        """The totals first, then the years; as wide as what stands in a column."""
        label = self._say.label
        names = [label("outcomecolumn.year"), label("outcomecolumn.total")]
        names += [label(f"outcomecolumn.{kind}") for kind in table.kinds]
        totals = [label("outcomecolumn.total"), _shown(table.count())]
        totals += [_shown(table.count(kind=kind)) for kind in table.kinds]
        years = [
            [
                str(year),
                _shown(table.count(year=year)),
                *(_shown(table.count(year=year, kind=kind)) for kind in table.kinds),
            ]
            for year in table.years[:YEARS_SHOWN]
        ]
        rows = [names, totals, *years]
        widths = [max(_width(row[place]) for row in rows) for place in range(len(names))]
        return [
            " ".join(
                " " * (width - _width(cell)) + cell for cell, width in zip(row, widths, strict=True)
            )
            for row in rows
        ]


def _shown(count: Count) -> str:
    """Confirmed ones; those that wait stand in brackets."""
    if count.claimed:
        return f"{count.confirmed}({count.claimed})"
    return str(count.confirmed) if count.confirmed else "-"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
