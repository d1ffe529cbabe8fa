"""The questions about a paper, and their answers: each is kept as soon as it is given."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.papers.counting import words_in
from branch.papers.errors import DeadlineOver, WrongCode
from branch.papers.handing_in import Mine, SubmissionDesk
from branch.papers.model import CallId, PaperField
from branch.papers.moves import State
from handlers.buttons import Back, Confirm, Leave, Row, keyboard
from handlers.conversation import END, Handler, Outcome, Scene
from handlers.incoming import message_of, text_of
from handlers.my_paper import MyPaper
from handlers.notice_refusals import whoever
from handlers.paper_buttons import EditPaperField, SkipPaperField
from handlers.paper_files import looked_at
from handlers.paper_refusals import REFUSALS, PaperRefusals
from handlers.replies import Say
from handlers.visit import Context

_NEW: Final = filters.UpdateType.MESSAGE
_TYPED: Final = _NEW & filters.TEXT & ~filters.COMMAND
_NO_FILE: Final = _TYPED | (_NEW & (filters.PHOTO | filters.VIDEO | filters.AUDIO | filters.VOICE))
_OPTIONAL: Final = (PaperField.COAUTHORS, PaperField.KEYWORDS)
_ORDER: Final = tuple(PaperField)
OWN_SHOWN: Final = 8
_CONFIRM: Final = {State.DRAFT: "submit_paper", State.TO_REVISE: "submit_revised"}


class HandingIn(StrEnum):
    TITLE = "title"
    COAUTHORS = "coauthors"
    ABSTRACT = "abstract"
    KEYWORDS = "keywords"
    OWN_FIRST = "own1"
    OWN_SECOND = "own2"
    OWN_THIRD = "own3"
    FILE = "file"
    CODE = "code"
    REVIEW = "review"


class PaperForm(Struct):
    """The answers themselves are the paper's row."""

    call: int = 0


class PaperAnswers:
    def __init__(
        self, *, desk: SubmissionDesk, card: MyPaper, refusals: PaperRefusals, say: Say
    ) -> None:
        self._desk = desk
        self._card = card
        self._refusals = refusals
        self._say = say

    def scenes(self, leaving: Handler) -> Mapping[StrEnum, Scene]:
        tapped = CallbackQueryHandler
        back = tapped(self.to_review, Back.matches)
        return {
            **{
                HandingIn(field): self._question(field, [leaving, back])
                for field in _ORDER
                if field is not PaperField.FILE
            },
            HandingIn.FILE: Scene(
                self._asks(PaperField.FILE),
                [
                    MessageHandler(_NEW & filters.Document.ALL, self.take_file),
                    MessageHandler(_NO_FILE, self.take_no_file),
                    back,
                    leaving,
                ],
            ),
            HandingIn.CODE: Scene(
                self.ask_code, [MessageHandler(_TYPED, self.take_code), back, leaving]
            ),
            HandingIn.REVIEW: Scene(
                self.review,
                [
                    tapped(self.confirm, Confirm.matches),
                    tapped(self.edit, EditPaperField.matches),
                    MessageHandler(_NEW & filters.Document.ALL, self.take_file),
                    leaving,
                ],
            ),
        }

    def _question(self, field: PaperField, ways_out: list[Handler]) -> Scene:
        async def take(update: Update, context: Context) -> Outcome:
            return await self._write(update, context, field, text_of(update))

        async def skip(update: Update, context: Context) -> Outcome:
            return await self._write(update, context, field, "")

        hears: list[Handler] = [*ways_out, MessageHandler(_TYPED, take)]
        if field in _OPTIONAL:
            hears.append(CallbackQueryHandler(skip, SkipPaperField.matches))
        return Scene(self._asks(field), hears)

    def _asks(self, field: PaperField) -> Any:
        async def ask(update: Update, context: Context) -> int:
            label, mine = self._say.label, await self._mine(context)
            rows: list[Row] = []
            if field in _OPTIONAL:
                rows.append([(label("button.skip_paper_field"), SkipPaperField())])
            if mine.next_field() is None:
                rows.append([(label("button.back"), Back())])
            rows.append([(label("button.stop_paper"), Leave())])
            return await self._say(
                update,
                "papers/ask",
                keyboard=keyboard(*rows),
                field=str(field),
                plan=mine.call.plan,
                own=dict(mine.call.plan.own_fields).get(field, ""),
                step=mine.call.plan.fields.index(field) + 1,
                steps=len(mine.call.plan.fields),
            )

        return ask

    async def take_file(self, update: Update, context: Context) -> Outcome:
        visit, document = context.visit, message_of(update).document
        assert document is not None, "the filter lets nothing else through"
        mine = await self._mine(context)
        try:
            found = await looked_at(update, document, mine.call.plan)
            mine = await self._desk.attach(
                whoever(context), mine.call.id, found.file, words=found.words, now=visit.came_at
            )
        except REFUSALS as error:
            await self._refusals.explain(update, error, plan=mine.call.plan, alone=False)
            return HandingIn.FILE
        if mine.state is State.SUBMITTED:
            await self._card.show(update, mine)
            return END
        return HandingIn.REVIEW

    async def take_no_file(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "papers/no_file")
        return HandingIn.FILE

    async def to_review(self, _update: Update, context: Context) -> Outcome:
        mine = await self._mine(context)
        return HandingIn.REVIEW if mine.next_field() is None else None

    async def edit(self, update: Update, context: Context) -> Outcome:
        return HandingIn(EditPaperField.tapped(update).field)

    async def review(self, update: Update, context: Context) -> int:
        """All there is; what is handed in already is changed at once, and not handed in again."""
        label, mine = self._say.label, await self._mine(context)
        assert mine.submission is not None, "something has been written"
        own = dict(mine.call.plan.own_fields)
        edits: list[Any] = [
            (
                own[each][:OWN_SHOWN] if each in own else label(f"paperfield.{each}"),
                EditPaperField(each),
            )
            for each in mine.call.plan.fields
        ]
        confirm = f"button.{_CONFIRM.get(mine.submission.state, 'paper_done')}"
        return await self._say(
            update,
            "papers/review",
            keyboard=keyboard(
                [(label(confirm), Confirm())],
                *[edits[at : at + 3] for at in range(0, len(edits), 3)],
                [(label("button.stop_paper"), Leave())],
            ),
            plan=mine.call.plan,
            paper=mine.submission.paper,
            own=[(own[each], mine.submission.paper.answer(each)) for each in own],
            words=words_in(mine.submission.paper.abstract or ""),
            file=mine.files[-1].file.name if mine.files else "",
            number=len(mine.files),
            state=str(mine.submission.state),
            late=mine.call.takes_late(context.visit.moment),
            revise_until=mine.submission.revise_until,
        )

    async def confirm(self, update: Update, context: Context) -> Outcome:
        return await self._submit(update, context, code=None)

    async def ask_code(self, update: Update, context: Context) -> int:
        label, mine = self._say.label, await self._mine(context)
        rows: list[Row] = [
            [(label("button.back"), Back())],
            [(label("button.stop_paper"), Leave())],
        ]
        return await self._say(
            update,
            "papers/ask_code",
            keyboard=keyboard(*rows),
            plan=mine.call.plan,
            until=mine.call.plan.late_until,
        )

    async def take_code(self, update: Update, context: Context) -> Outcome:
        return await self._submit(update, context, code=text_of(update))

    async def _submit(self, update: Update, context: Context, *, code: str | None) -> Outcome:
        visit, mine = context.visit, await self._mine(context)
        fresh = mine.state is not State.SUBMITTED
        try:
            mine = await self._desk.submit(
                whoever(context), mine.call.id, code=code, now=visit.came_at
            )
        except REFUSALS as error:
            if isinstance(error, DeadlineOver) and error.code_until is not None:
                return HandingIn.CODE
            await self._refusals.explain(update, error, plan=mine.call.plan, alone=False)
            return HandingIn.CODE if isinstance(error, WrongCode) else HandingIn.REVIEW
        await self._card.show(update, mine, new=fresh)
        return END

    async def _write(
        self, update: Update, context: Context, field: PaperField, text: str
    ) -> Outcome:
        visit = context.visit
        number = CallId(visit.draft(PaperForm).call)
        try:
            mine = await self._desk.write(whoever(context), number, field, text, now=visit.came_at)
        except REFUSALS as error:
            await self._refusals.explain(update, error, alone=False)
            return HandingIn(field)
        following = mine.next_field()
        return HandingIn(following) if following else HandingIn.REVIEW

    async def _mine(self, context: Context) -> Mine:
        visit = context.visit
        number = CallId(visit.draft(PaperForm).call)
        return await self._desk.see(whoever(context), number, now=visit.moment)
