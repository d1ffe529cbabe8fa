"""What a speaker was asked becomes an entry: the form for a new one begins with it."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.guidance.entry_fields import Field
from branch.guidance.errors import Unfit
from branch.guidance.knowledge import KnowledgeBook
from branch.theme_days.asking_speakers import SpeakerDesk
from branch.theme_days.questions import QuestionId
from handlers.add_draft import AddDraft, Adding
from handlers.conversation import END, Handler, Outcome
from handlers.entry_pages import EntryPages, member_of
from handlers.theme_day_buttons import KeepSpeakerAnswer
from handlers.theme_day_refusals import ThemeDayRefusals
from handlers.visit import Context


class WriteSpeakerAnswer:
    def __init__(
        self,
        *,
        desk: SpeakerDesk,
        book: KnowledgeBook,
        pages: EntryPages,
        refusals: ThemeDayRefusals,
    ) -> None:
        self._desk = desk
        self._book = book
        self._pages = pages
        self._refusals = refusals

    def entry(self) -> Handler:
        """One more way into the form for a new entry."""
        return CallbackQueryHandler(self._pages.for_members(self.begin), KeepSpeakerAnswer.matches)

    async def begin(self, update: Update, context: Context) -> Outcome:
        number = QuestionId(KeepSpeakerAnswer.tapped(update).question)
        found = await self._refusals.or_why(update, self._desk.see(member_of(context), number))
        if found is None:
            return END
        day, question = found
        context.visit.anew = True
        draft = context.visit.draft(AddDraft)
        said = {Field.QUESTION: question.text, Field.SOURCE: day.plan.title}
        if question.answer:
            said[Field.BODY] = question.answer
        for field, value in said.items():
            changes = {**draft.changes, field: value}
            if self._fits(changes, field, context):
                draft.changes = changes
        return Adding.SIMILAR if Field.QUESTION in draft.changes else Adding.QUESTION

    def _fits(self, changes: dict[Field, str], field: Field, context: Context) -> bool:
        try:
            self._book.new(changes, note="…", now=context.visit.moment)
        except Unfit as unfit:
            return unfit.field is not field
        return True
