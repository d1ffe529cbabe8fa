"""A ticket becomes an entry: the form for a new one begins with its question and its answer."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.guidance.entry_fields import Field
from branch.guidance.errors import Unfit
from branch.guidance.headings import heading_of, without_who
from branch.guidance.knowledge import KnowledgeBook
from branch.tickets.looking import TicketShelf
from branch.tickets.model import TicketId
from branch.tickets.thread import Side
from handlers.add_draft import AddDraft, Adding
from handlers.conversation import END, Handler, Outcome
from handlers.entry_pages import EntryPages, member_of
from handlers.refusals import Refusals
from handlers.ticket_buttons import WriteIntoBase
from handlers.visit import Context
from texts.telegram_html import shown

MOST_WORDINGS = 12


class WriteTicket:
    def __init__(
        self,
        *,
        shelf: TicketShelf,
        book: KnowledgeBook,
        pages: EntryPages,
        refusals: Refusals,
    ) -> None:
        self._shelf = shelf
        self._book = book
        self._pages = pages
        self._refusals = refusals

    def entry(self) -> Handler:
        """One more way into the form for a new entry."""
        return CallbackQueryHandler(self._pages.for_members(self.begin), WriteIntoBase.matches)

    async def begin(self, update: Update, context: Context) -> Outcome:
        member, number = member_of(context), TicketId(WriteIntoBase.tapped(update).ticket)
        context.visit.anew = True
        now = context.visit.moment
        looking = self._shelf.show(member, number, now=now)
        seen = await self._refusals.or_why(update, looking, number=number)
        if seen is None:
            return END
        asked = await self._shelf.asked_in_group(member, number, now=now)
        said = [shown(line.text) for line in seen.lines if line.side is Side.MEMBER and line.text]
        answer = "\n\n".join(said)
        draft = context.visit.draft(AddDraft)
        draft.changes = self._filled_in(asked, answer, context)
        return Adding.SIMILAR if Field.QUESTION in draft.changes else Adding.QUESTION

    def _filled_in(self, asked: list[str], answer: str, context: Context) -> dict[Field, str]:
        """What of the ticket fits the fields; the rest the member writes."""
        filled: dict[Field, str] = {}
        heading = heading_of(asked[0], ()) if asked else ""
        if self._fits({Field.QUESTION: heading}, Field.QUESTION, context):
            filled[Field.QUESTION] = heading
        wordings: list[str] = []
        for wording in map(without_who, asked[:MOST_WORDINGS]):
            lines = "\n".join([*wordings, wording])
            if self._fits({**filled, Field.WORDINGS: lines}, Field.WORDINGS, context):
                wordings.append(wording)
        if wordings:
            filled[Field.WORDINGS] = "\n".join(wordings)
        if self._fits({**filled, Field.BODY: answer}, Field.BODY, context):
            filled[Field.BODY] = answer
        return filled

    def _fits(self, changes: dict[Field, str], field: Field, context: Context) -> bool:
        try:
            self._book.new(changes, note="…", now=context.visit.moment)
        except Unfit as unfit:
            return unfit.field is not field
        return True
