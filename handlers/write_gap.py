"""A gap becomes an entry: the form for a new one begins with what students asked."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.guidance.entry_fields import Field
from branch.guidance.errors import Unfit
from branch.guidance.headings import without_who
from branch.guidance.knowledge import KnowledgeBook
from branch.guidance.reports import Gap, Reports
from handlers.add_draft import AddDraft, Adding
from handlers.conversation import Handler, Outcome
from handlers.entry_pages import EntryPages, member_of
from handlers.report_buttons import WriteEntry
from handlers.visit import Context

MOST_WORDINGS = 12


class WriteGap:
    def __init__(self, *, reports: Reports, book: KnowledgeBook, pages: EntryPages) -> None:
        self._reports = reports
        self._book = book
        self._pages = pages

    def entry(self) -> Handler:
        """One more way into the form for a new entry."""
        return CallbackQueryHandler(self._pages.for_members(self.begin), WriteEntry.matches)

    async def begin(self, update: Update, context: Context) -> Outcome:
        tap, draft = WriteEntry.tapped(update), context.visit.draft(AddDraft)
        gap = await self._reports.gap(
            member_of(context), tap.question, days=tap.days, now=context.visit.moment
        )
        if gap is None:
            return Adding.QUESTION
        draft.changes = self._filled_in(gap, context)
        return Adding.SIMILAR if Field.QUESTION in draft.changes else Adding.QUESTION

    def _filled_in(self, gap: Gap, context: Context) -> dict[Field, str]:
        """What of the gap fits the fields; the rest the member writes."""
        filled: dict[Field, str] = {}
        if self._fits({Field.QUESTION: gap.heading}, Field.QUESTION, context):
            filled[Field.QUESTION] = gap.heading
        wordings: list[str] = []
        for wording in map(without_who, gap.wordings[:MOST_WORDINGS]):
            lines = "\n".join([*wordings, wording])
            if self._fits({**filled, Field.WORDINGS: lines}, Field.WORDINGS, context):
                wordings.append(wording)
        return {**filled, Field.WORDINGS: "\n".join(wordings)} if wordings else filled

    def _fits(self, changes: dict[Field, str], field: Field, context: Context) -> bool:
        try:
            self._book.new(changes, note="…", now=context.visit.moment)
        except Unfit as unfit:
            return unfit.field is not field
        return True
