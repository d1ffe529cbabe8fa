"""For members: what is read and what helps, as a list and as a table; and what to look at again."""

import csv
from io import BytesIO, StringIO

from telegram import InputFile, Update
from telegram.ext import CallbackQueryHandler

from branch.guidance.reports import HitsReport, Reports
from handlers.buttons import Row, keyboard
from handlers.conversation import Handler
from handlers.entry_pages import EntryPages, member_of
from handlers.knowledge_buttons import ShowKnown
from handlers.replies import Say
from handlers.report_buttons import SaveHits, ShowHits, ShowStale
from handlers.report_pages import WEEK, other_reports, page_of, turning, windows
from handlers.visit import Context

PAGE = 8
STALE_PAGE = 5
EVER = 0
SPANS = (WEEK, 30, EVER)


class ShowHitsAndStale:
    def __init__(self, *, reports: Reports, pages: EntryPages, say: Say) -> None:
        self._reports = reports
        self._pages = pages
        self._say = say

    def handlers(self) -> list[Handler]:
        guarded = self._pages.for_members
        return [
            CallbackQueryHandler(guarded(self.hits), ShowHits.matches),
            CallbackQueryHandler(guarded(self.save), SaveHits.matches),
            CallbackQueryHandler(guarded(self.stale), ShowStale.matches),
        ]

    async def hits(self, update: Update, context: Context) -> None:
        tap = ShowHits.tapped(update)
        report = await self._report(context, tap.days)
        days, total = report.days or EVER, len(report.hits)
        shown, start = page_of(report.hits, tap.page, PAGE)
        rows = [
            turning(
                self._say,
                start=start,
                size=PAGE,
                total=total,
                to=lambda page: ShowHits(days, page),
            ),
            self._file_and_never(report, days),
            *windows(self._say, SPANS, days, lambda each: ShowHits(each, 0)),
            *other_reports(self._say, ShowHits),
        ]
        language = context.visit.language
        await self._say(
            update,
            "reports/hits",
            keyboard=keyboard(*rows),
            days=days,
            asked=report.asked,
            answered=report.answered,
            never=report.never,
            hits=[
                (number, hit.entry.question(language), hit.tally, hit.helpful_share)
                for number, hit in enumerate(shown, start=start + 1)
            ],
        )

    async def save(self, update: Update, context: Context) -> None:
        """The whole table as a file that a spreadsheet opens with a tap."""
        report = await self._report(context, SaveHits.tapped(update).days)
        await self._say.acknowledge(update)
        name = f"linghang-hits-{context.visit.moment:%Y-%m-%d}.csv"
        await update.get_bot().send_document(
            context.visit.chat_id,
            InputFile(BytesIO(self._table(report, context)), filename=name),
            caption=self._say.text("reports/hits_file", days=report.days or EVER),
        )

    async def stale(self, update: Update, context: Context) -> None:
        page, language = max(ShowStale.tapped(update).page, 0), context.visit.language
        found = await self._reports.stale(
            member_of(context), now=context.visit.moment, start=page * STALE_PAGE, count=STALE_PAGE
        )
        rows: list[Row] = [
            [(each.entry.question(language), ShowKnown(each.entry.slug))] for each in found.entries
        ]
        rows.append(
            turning(self._say, start=found.start, size=STALE_PAGE, total=found.total, to=ShowStale)
        )
        await self._say(
            update,
            "reports/stale",
            keyboard=keyboard(*rows, *other_reports(self._say, ShowStale)),
            total=found.total,
            entries=[
                (
                    number,
                    each.entry.question(language),
                    each,
                    [(self._say.label(f"reason.{reason}"), n) for reason, n in each.reasons],
                )
                for number, each in enumerate(found.entries, start=found.start + 1)
            ],
        )

    async def _report(self, context: Context, days: int) -> HitsReport:
        wanted = days if days in SPANS else WEEK
        return await self._reports.hits(
            member_of(context), days=wanted or None, now=context.visit.moment
        )

    def _file_and_never(self, report: HitsReport, days: int) -> Row:
        """The table as a file; and, where some never came up, the page where those begin."""
        row = [(self._say.label("button.save_table"), SaveHits(days))]
        first = (len(report.hits) - report.never) // PAGE
        never = (self._say.label("button.never_read"), ShowHits(days, first))
        return [*row, never] if report.never else row

    def _table(self, report: HitsReport, context: Context) -> bytes:
        language, label = context.visit.language, self._say.label
        file = StringIO()
        table = csv.writer(file)
        columns = ("entry", "question", "answered", "chosen", "opened", "helpful", "not_helpful")
        table.writerow([label(f"column.{column}") for column in columns])
        for hit in report.hits:
            tally = hit.tally
            table.writerow(
                [
                    *(hit.entry.slug, hit.entry.question(language)),
                    *(tally.answered, tally.chosen, tally.opened),
                    *(tally.helpful, tally.not_helpful),
                ]
            )
        return file.getvalue().encode("utf-8-sig")
