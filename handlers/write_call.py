"""A member opens a call for papers, or changes one: four questions, and a last look."""

from datetime import tzinfo
from enum import StrEnum
from typing import Any, Final

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.papers.calls import CallBook
from branch.papers.model import CallId, FileKind, Readers
from branch.people.model import Role
from handlers.buttons import Back, Confirm, Leave, Row, keyboard
from handlers.call_fields import CallForm, FieldUnclear, left_out, read_field
from handlers.calls import Calls
from handlers.conversation import END, Conversation, Handler, Outcome, Scene
from handlers.incoming import message_of, text_of
from handlers.notice_refusals import whoever
from handlers.paper_buttons import (
    CallField,
    ChangeCall,
    ChooseReaders,
    EditCallField,
    KindsDone,
    OpenCall,
    ToggleKind,
    WithoutCallField,
)
from handlers.paper_refusals import PaperRefusals
from handlers.replies import Say
from handlers.visit import Context

_TYPED: Final = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
_ASKED: Final = (CallField.THEME, CallField.GUIDANCE, CallField.DEADLINE, CallField.READERS)
"""The others have a default, and are changed from the last look."""
_OPTIONAL: Final = (CallField.GUIDANCE, CallField.CODE, CallField.BODY, CallField.OWN)


class Calling(StrEnum):
    THEME = "theme"
    GUIDANCE = "guidance"
    DEADLINE = "deadline"
    READERS = "readers"
    CODE = "code"
    ABSTRACT = "abstract"
    BODY = "body"
    KINDS = "kinds"
    LARGEST = "largest"
    OWN = "own"
    REVIEW = "review"


class WriteCall:
    def __init__(
        self,
        *,
        book: CallBook,
        calls: Calls,
        refusals: PaperRefusals,
        zone: tzinfo,
        say: Say,
    ) -> None:
        self._book = book
        self._calls = calls
        self._refusals = refusals
        self._zone = zone
        self._say = say

    def conversation(self) -> Conversation:
        tapped = CallbackQueryHandler
        leaving = tapped(self.leave, Leave.matches)
        return Conversation(
            name="call",
            draft=CallForm,
            entries=[
                tapped(self.begin, OpenCall.matches),
                tapped(self.begin_change, ChangeCall.matches),
            ],
            scenes={
                **{Calling(field): self._question(field, leaving) for field in CallField},
                Calling.REVIEW: Scene(
                    self.review,
                    [
                        tapped(self.confirm, Confirm.matches),
                        tapped(self.edit, EditCallField.matches),
                        leaving,
                    ],
                ),
            },
        )

    def _question(self, field: CallField, leaving: Handler) -> Scene:
        async def ask(update: Update, context: Context) -> int:
            form = context.visit.draft(CallForm)
            return await self._say(
                update,
                "papers/ask_call",
                keyboard=keyboard(*self._answers(field, form)),
                field=str(field),
                step=_ASKED.index(field) + 1 if field in _ASKED and not form.whole else 0,
                steps=len(_ASKED),
            )

        async def take(update: Update, context: Context) -> Outcome:
            now = context.visit.moment
            try:
                values = read_field(field, text_of(update), now=now, zone=self._zone)
            except FieldUnclear as error:
                await self._say(update, "papers/unclear", why=error.why, most=error.most)
                return Calling(field)
            return _filled(context, field, values)

        async def leave_out(_update: Update, context: Context) -> Outcome:
            return _filled(context, field, left_out(field))

        hears: list[Handler] = [leaving, MessageHandler(_TYPED, take)]
        hears.append(CallbackQueryHandler(self.to_review, Back.matches))
        if field in _OPTIONAL:
            hears.append(CallbackQueryHandler(leave_out, WithoutCallField.matches))
        if field is CallField.READERS:
            hears.append(CallbackQueryHandler(self.choose_readers, ChooseReaders.matches))
        if field is CallField.KINDS:
            hears.append(CallbackQueryHandler(self.toggle_kind, ToggleKind.matches))
            hears.append(CallbackQueryHandler(self.to_review, KindsDone.matches))
        return Scene(ask, hears)

    def _answers(self, field: CallField, form: CallForm) -> list[Row]:
        label = self._say.label
        rows: list[Row] = []
        if field is CallField.READERS:
            rows += [[(label(f"readers.{each}"), ChooseReaders(each))] for each in Readers]
        if field is CallField.KINDS:
            names = ["paper.chosen" if each in form.kinds else "paper.kind" for each in FileKind]
            kinds: Row = [
                (label(name, name=each.upper()), ToggleKind(each))
                for name, each in zip(names, FileKind, strict=True)
            ]
            rows += [kinds[:3], kinds[3:6], kinds[6:], [(label("button.done"), KindsDone())]]
        if field in _OPTIONAL:
            rows.append([(label(f"button.without_{field}"), WithoutCallField())])
        if form.whole and field is not CallField.KINDS:
            rows.append([(label("button.back"), Back())])
        rows.append([(label("button.stop_writing"), Leave())])
        return rows

    async def begin(self, update: Update, context: Context) -> Outcome:
        person = context.visit.person
        if person is None or not person.role.covers(Role.MEMBER):
            await self._say(update, "roles/not_allowed")
            return END
        context.visit.anew = True
        return Calling.THEME

    async def begin_change(self, update: Update, context: Context) -> Outcome:
        visit, number = context.visit, CallId(ChangeCall.tapped(update).call)
        visit.anew = True
        seeing = self._book.see(whoever(context), number, now=visit.moment)
        seen = await self._refusals.or_why(update, seeing)
        if seen is None:
            return END
        form = visit.draft(CallForm)
        form.fill(seen.call.plan)
        form.call, form.version, form.whole = number, seen.call.version, True
        return Calling.REVIEW

    async def choose_readers(self, update: Update, context: Context) -> Outcome:
        chosen = ChooseReaders.tapped(update).readers
        return _filled(context, CallField.READERS, {"readers": chosen})

    async def toggle_kind(self, update: Update, context: Context) -> Outcome:
        context.visit.draft(CallForm).toggle(ToggleKind.tapped(update).kind)
        return Calling.KINDS

    async def to_review(self, _update: Update, context: Context) -> Outcome:
        return Calling.REVIEW if context.visit.draft(CallForm).whole else None

    async def edit(self, update: Update, context: Context) -> Outcome:
        return Calling(EditCallField.tapped(update).field)

    async def review(self, update: Update, context: Context) -> int:
        label, form = self._say.label, context.visit.draft(CallForm)
        edits: list[Any] = [(label(f"callfield.{each}"), EditCallField(each)) for each in CallField]
        confirm = "button.change_this_call" if form.call else "button.publish_call"
        return await self._say(
            update,
            "papers/review_call",
            keyboard=keyboard(
                [(label(confirm), Confirm())],
                *[edits[at : at + 3] for at in range(0, len(edits), 3)],
                [(label("button.stop_writing"), Leave())],
            ),
            plan=form.plan(),
            changes=bool(form.call),
        )

    async def confirm(self, update: Update, context: Context) -> Outcome:
        visit, form = context.visit, context.visit.draft(CallForm)
        told = 0
        if form.call:
            changing = self._book.change(
                whoever(context),
                CallId(form.call),
                form.plan(),
                version=form.version,
                now=visit.moment,
            )
            done = await self._refusals.or_why(update, changing, alone=False)
            call, told = done or (None, 0)
        else:
            key = f"chat:{visit.chat_id}:{message_of(update).message_id}"
            opening = self._book.create(whoever(context), form.plan(), key=key, now=visit.moment)
            call = await self._refusals.or_why(update, opening, alone=False)
        if call is None:
            return Calling.REVIEW
        await self._say(update, "papers/call_saved", changes=bool(form.call), told=told)
        visit.anew = True
        await self._calls.open(update, call.id)
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END


def _filled(context: Context, field: CallField, values: dict[str, Any]) -> Outcome:
    """The next question, or the last look."""
    form = context.visit.draft(CallForm)
    for name, value in values.items():
        setattr(form, name, value)
    place = _ASKED.index(field) + 1 if field in _ASKED else len(_ASKED)
    if form.whole or place == len(_ASKED):
        form.whole = True
        return Calling.REVIEW
    return Calling(_ASKED[place])
