"""For members: what was asked lately and nothing answered, the same questions together."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.guidance.reports import Gap, Reports
from handlers.buttons import Row, ShowUnanswered, keyboard
from handlers.conversation import Handler
from handlers.entry_pages import EntryPages, member_of
from handlers.knowledge_buttons import ShowKnown
from handlers.replies import Say
from handlers.report_buttons import ShowGap, ShowGaps, WriteEntry
from handlers.report_pages import WEEK, other_reports, page_of, turning, windows
from handlers.visit import Context

PAGE = 6
SPANS = (WEEK, 30)


class ShowKnowledgeGaps:
    def __init__(self, *, reports: Reports, pages: EntryPages, say: Say) -> None:
        self._reports = reports
        self._pages = pages
        self._say = say

    def handlers(self) -> list[Handler]:
        guarded = self._pages.for_members
        return [
            CommandHandler("unanswered", guarded(self.begin)),
            CallbackQueryHandler(guarded(self.begin), ShowUnanswered.matches),
            CallbackQueryHandler(guarded(self.turn), ShowGaps.matches),
            CallbackQueryHandler(guarded(self.open), ShowGap.matches),
        ]

    async def begin(self, update: Update, context: Context) -> None:
        await self._show(update, context, ShowGaps(WEEK, 0))

    async def turn(self, update: Update, context: Context) -> None:
        await self._show(update, context, ShowGaps.tapped(update))

    async def open(self, update: Update, context: Context) -> None:
        tap, label = ShowGap.tapped(update), self._say.label
        gap = await self._reports.gap(
            member_of(context), tap.question, days=tap.days, now=context.visit.moment
        )
        if gap is None:
            await self._show(update, context, ShowGaps(tap.days, 0))
            return
        language = context.visit.language
        rows: list[Row] = [[(label("button.write_entry"), WriteEntry(tap.days, tap.question))]]
        rows += [[(entry.question(language), ShowKnown(entry.slug))] for entry in gap.nearest]
        rows.append([(label("button.back"), ShowGaps(tap.days, 0))])
        await self._say(
            update,
            "reports/gap",
            keyboard=keyboard(*rows),
            days=tap.days,
            heading=gap.heading,
            times=gap.times,
            examples=gap.examples,
            more=len(gap.wordings) - len(gap.examples),
            nearest=len(gap.nearest),
        )

    async def _show(self, update: Update, context: Context, wanted: ShowGaps) -> None:
        days = wanted.days if wanted.days in SPANS else WEEK
        report = await self._reports.gaps(member_of(context), days=days, now=context.visit.moment)
        shown, start = page_of(report.gaps, wanted.page, PAGE)
        rows: list[Row] = [
            [(f"{number}. {gap.heading}", ShowGap(days, gap.question))]
            for number, gap in enumerate(shown, start=start + 1)
        ]
        rows.append(
            turning(
                self._say,
                start=start,
                size=PAGE,
                total=len(report.gaps),
                to=lambda page: ShowGaps(days, page),
            )
        )
        rows += windows(self._say, SPANS, days, lambda each: ShowGaps(each, 0))
        rows += other_reports(self._say, ShowGaps)
        await self._say(
            update,
            "reports/gaps",
            keyboard=keyboard(*rows),
            days=days,
            questions=report.questions,
            kinds=len(report.gaps),
            left_out=report.left_out,
            gaps=[
                (number, gap.heading, gap.times, _another(gap))
                for number, gap in enumerate(shown, start=start + 1)
            ],
        )


def _another(gap: Gap) -> str:
    """One other way in which it was asked, if there is one."""
    return next((each for each in gap.examples[1:] if each != gap.heading), "")
