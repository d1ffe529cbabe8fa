"""The table of research outcomes: in the chat, as a workbook, and as a picture."""

import asyncio
from collections.abc import Sequence
from typing import Final
from unicodedata import east_asian_width

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.content.picture_table import MOST_ROWS, Align, Column, PictureTable
from branch.research.achievement import AchievementState
from branch.research.achievement_book import AchievementBook
from branch.research.outcome_table import Count, OutcomeTable, outcome_table
from handlers.achievement_buttons import (
    DrawResearchTable,
    SaveResearchTable,
    ShowAchievements,
    ShowResearchTable,
)
from handlers.buttons import Row, keyboard
from handlers.conversation import Handler
from handlers.notice_refusals import whoever
from handlers.replies import Say
from handlers.research_buttons import ShowResearch
from handlers.research_refusals import ResearchRefusals
from handlers.research_workbook import outcomes
from handlers.visit import Context

YEARS_SHOWN: Final = 8


class ResearchOutcomes:
    def __init__(self, *, book: AchievementBook, refusals: ResearchRefusals, say: Say) -> None:
        self._book = book
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            CallbackQueryHandler(self.show, ShowResearchTable.matches),
            CallbackQueryHandler(self.save, SaveResearchTable.matches),
            CallbackQueryHandler(self.draw, DrawResearchTable.matches),
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
            save = (label("button.save_table"), SaveResearchTable())
            rows.append([save, (label("button.draw_table"), DrawResearchTable())])
            rows.append([(label("button.one_by_one"), listed)])
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

    async def draw(self, update: Update, context: Context) -> None:
        """The same table as a picture, to hand on."""
        from branch.content.table_picture import draw  # noqa: PLC0415 -- few ask for it, and it takes a while to load

        looking = self._book.everything(whoever(context), now=context.visit.moment)
        achievements = await self._refusals.or_why(update, looking)
        if achievements is None:
            return
        await self._say.acknowledge(update)
        table = outcome_table(achievements)
        total = table.count()
        names, *rows = self._cells(table, MOST_ROWS - 1)
        picture = PictureTable(
            heading=self._say.label("resheet.outcomes"),
            lead=self._say.label("resheet.lead", confirmed=total.confirmed, claimed=total.claimed),
            columns=[
                Column(title=name, align=Align.RIGHT if place else Align.LEFT)
                for place, name in enumerate(names)
            ],
            rows=rows,
        )
        await self._say.photo(
            update,
            await asyncio.to_thread(draw, picture),
            "research/outcomes_file",
            count=len(achievements),
        )

    def _lines(self, table: OutcomeTable) -> Sequence[str]:
        """As wide as what stands in a column."""
        rows = self._cells(table, YEARS_SHOWN)
        widths = [max(_width(row[place]) for row in rows) for place in range(len(rows[0]))]
        return [
            " ".join(
                " " * (width - _width(cell)) + cell for cell, width in zip(row, widths, strict=True)
            )
            for row in rows
        ]

    def _cells(self, table: OutcomeTable, years: int) -> Sequence[Sequence[str]]:
        """The names of the columns, the totals, and then so many years."""
        label = self._say.label
        names = [label("researchcolumn.year"), label("researchcolumn.total")]
        names += [label(f"researchcolumn.{kind}") for kind in table.kinds]
        totals = [label("researchcolumn.total"), _shown(table.count())]
        totals += [_shown(table.count(kind=kind)) for kind in table.kinds]
        return [
            names,
            totals,
            *(
                [
                    str(year),
                    _shown(table.count(year=year)),
                    *(_shown(table.count(year=year, kind=kind)) for kind in table.kinds),
                ]
                for year in table.years[:years]
            ),
        ]


def _shown(count: Count) -> str:
    """Confirmed ones; those that wait stand in brackets."""
    if count.claimed:
        return f"{count.confirmed}({count.claimed})"
    return str(count.confirmed) if count.confirmed else "-"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
