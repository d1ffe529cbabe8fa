"""A student says what became of them: a question at a time, and a last look."""

from enum import StrEnum
from typing import Any, Final

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from branch.outbox.enclosures import Enclosure
from branch.outcomes.errors import CohortUnknown, NumberUnclear
from branch.outcomes.model import LONGEST_TARGET, REPORTABLE, NewReport, OutcomeKind
from branch.outcomes.reporting import Found, OutcomeDesk
from branch.outcomes.roster_reading import known_year
from handlers.buttons import Back, Confirm, Leave, Row, keyboard
from handlers.conversation import END, Conversation, Handler, Outcome, Scene, Show
from handlers.incoming import message_of, text_of
from handlers.my_outcome import MyOutcome
from handlers.notice_refusals import whoever
from handlers.outcome_buttons import (
    ChooseCohort,
    ChooseOutcome,
    EditOutcomeField,
    GiveNumber,
    OutcomeField,
    SayOutcome,
    ShowMyOutcome,
    WithoutOutcomeField,
)
from handlers.parts import part_of
from handlers.replies import Say
from handlers.strangers import Strangers
from handlers.visit import Context

_TYPED: Final = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
_FILES: Final = filters.UpdateType.MESSAGE & (filters.PHOTO | filters.Document.ALL)


class Saying(StrEnum):
    NUMBER = "number"
    COHORT = "cohort"
    KIND = "kind"
    TARGET = "target"
    EVIDENCE = "evidence"
    REVIEW = "review"


class OutcomeForm(Struct):
    """`cohort` is 0 where it is known already; `whole` once every question was asked."""

    only_number: bool = False
    cohort: int = 0
    kind: OutcomeKind = OutcomeKind.UNKNOWN
    target: str = ""
    evidence: Enclosure | None = None
    whole: bool = False


class ReportOutcome:
    def __init__(self, *, desk: OutcomeDesk, strangers: Strangers, say: Say) -> None:
        self._desk = desk
        self._strangers = strangers
        self._card = MyOutcome(say)
        self._say = say

    def conversation(self) -> Conversation:
        tapped = CallbackQueryHandler
        leave, back = tapped(self.leave, Leave.matches), tapped(self.back, Back.matches)
        return Conversation(
            name="outcome",
            draft=OutcomeForm,
            entries=[
                CommandHandler("outcome", self.begin),
                tapped(self.begin, ShowMyOutcome.matches),
                tapped(self.begin_form, SayOutcome.matches),
                tapped(self.begin_number, GiveNumber.matches),
            ],
            scenes={
                name: Scene(show, [leave, back, *hears])
                for name, (show, hears) in self._scenes().items()
            },
        )

    def _scenes(self) -> dict[StrEnum, tuple[Show, list[Handler]]]:
        """What each asks, and what it hears besides the ways out."""
        tapped, typed, skip = CallbackQueryHandler, MessageHandler, WithoutOutcomeField.matches
        years = tapped(self.choose_cohort, ChooseCohort.matches)
        kinds = tapped(self.choose_kind, ChooseOutcome.matches)
        confirm = tapped(self.confirm, Confirm.matches)
        edit = tapped(self.edit, EditOutcomeField.matches)
        number = [typed(_TYPED, self.take_number), tapped(self.skip_number, skip)]
        target = [typed(_TYPED, self.take_target), tapped(self.skip_target, skip)]
        evidence = [typed(_FILES, self.take_evidence), tapped(self.skip_evidence, skip)]
        return {
            Saying.NUMBER: (self.ask_number, [*number]),
            Saying.COHORT: (self.ask_cohort, [years, typed(_TYPED, self.take_cohort)]),
            Saying.KIND: (self.ask_kind, [kinds]),
            Saying.TARGET: (self.ask_target, [*target]),
            Saying.EVIDENCE: (self.ask_evidence, [*evidence]),
            Saying.REVIEW: (self.review, [confirm, edit]),
        }

    async def begin(self, update: Update, context: Context) -> Outcome:
        """What they have said so far; who has not said anything is asked."""
        visit = context.visit
        if visit.person is None:
            await self._strangers.invite_in(update)
            return END
        mine = await self._desk.mine(visit.person, now=visit.moment)
        if not mine.reports:
            visit.anew = True
            return Saying.KIND if mine.entry else Saying.NUMBER
        await self._card.show(update, mine)
        return END

    async def begin_form(self, _update: Update, context: Context) -> Outcome:
        context.visit.anew = True
        mine = await self._desk.mine(whoever(context), now=context.visit.moment)
        return await self._after_number(context) if mine.reports else Saying.NUMBER

    async def begin_number(self, _update: Update, context: Context) -> Outcome:
        context.visit.draft(OutcomeForm).only_number = True
        context.visit.anew = True
        return Saying.NUMBER

    async def ask_number(self, update: Update, context: Context) -> int:
        skip = (self._say.label("button.without_number"), WithoutOutcomeField())
        return await self._ask(update, "number", [] if self._form(context).only_number else [skip])

    async def take_number(self, update: Update, context: Context) -> Outcome:
        visit = context.visit
        try:
            known = await self._desk.identify(whoever(context), text_of(update), now=visit.moment)
        except NumberUnclear:
            await self._say(update, "outcomes/unclear", why="number", most=0)
            return Saying.NUMBER
        await self._say(
            update,
            "outcomes/identified",
            found=str(known.found),
            left=known.left,
            cohort=known.entry.cohort if known.entry else 0,
            class_name=(known.entry.class_name or "") if known.entry else "",
        )
        if known.found is Found.UNKNOWN and known.left:
            return Saying.NUMBER
        if self._form(context).only_number:
            return END
        return await self._after_number(context)

    async def skip_number(self, update: Update, context: Context) -> Outcome:
        return await self._after_number(context)

    async def _after_number(self, context: Context) -> Outcome:
        mine = await self._desk.mine(whoever(context), now=context.visit.moment)
        return Saying.KIND if mine.cohort else Saying.COHORT

    async def ask_cohort(self, update: Update, context: Context) -> int:
        first = context.visit.moment.year - 1
        return await self._ask(
            update, "cohort", [(str(year), ChooseCohort(year)) for year in range(first, first + 3)]
        )

    async def choose_cohort(self, update: Update, context: Context) -> Outcome:
        self._form(context).cohort = ChooseCohort.tapped(update).cohort
        return Saying.KIND

    async def take_cohort(self, update: Update, context: Context) -> Outcome:
        year = known_year(text_of(update))
        if year is None:
            await self._say(update, "outcomes/unclear", why="cohort", most=0)
            return Saying.COHORT
        self._form(context).cohort = year
        return Saying.KIND

    async def ask_kind(self, update: Update, context: Context) -> int:
        kinds: list[Any] = [
            (self._say.label(f"outcome.{kind}"), ChooseOutcome(kind)) for kind in REPORTABLE
        ]
        return await self._ask(update, "kind", *(kinds[at : at + 2] for at in range(0, 6, 2)))

    async def choose_kind(self, update: Update, context: Context) -> Outcome:
        kind = ChooseOutcome.tapped(update).kind
        if kind is OutcomeKind.UNKNOWN:
            return None
        self._form(context).kind = kind
        return self._next(context, Saying.TARGET)

    async def ask_target(self, update: Update, context: Context) -> int:
        skip: Row = [(self._say.label("button.without_target"), WithoutOutcomeField())]
        return await self._ask(update, "target", skip, going_back=True)

    async def take_target(self, update: Update, context: Context) -> Outcome:
        text = " ".join(text_of(update).split())
        if not 0 < len(text) <= LONGEST_TARGET:
            await self._say(update, "outcomes/unclear", why="long", most=LONGEST_TARGET)
            return Saying.TARGET
        self._form(context).target = text
        return self._next(context, Saying.EVIDENCE)

    async def skip_target(self, update: Update, context: Context) -> Outcome:
        self._form(context).target = ""
        return self._next(context, Saying.EVIDENCE)

    async def ask_evidence(self, update: Update, context: Context) -> int:
        skip: Row = [(self._say.label("button.without_evidence"), WithoutOutcomeField())]
        return await self._ask(update, "evidence", skip, going_back=True)

    async def take_evidence(self, update: Update, context: Context) -> Outcome:
        self._form(context).evidence = part_of(message_of(update)).enclosure
        return self._next(context, Saying.REVIEW)

    async def skip_evidence(self, update: Update, context: Context) -> Outcome:
        self._form(context).evidence = None
        return self._next(context, Saying.REVIEW)

    async def review(self, update: Update, context: Context) -> int:
        label, form = self._say.label, self._form(context)
        form.whole = True
        mine = await self._desk.mine(whoever(context), now=context.visit.moment)
        edits: Row = [
            (label(f"outcomefield.{each}"), EditOutcomeField(each)) for each in OutcomeField
        ]
        return await self._say(
            update,
            "outcomes/review",
            keyboard=keyboard(
                [(label("button.hand_in_outcome"), Confirm())],
                edits,
                [(label("button.stop_writing"), Leave())],
            ),
            kind=label(f"outcome.{form.kind}"),
            target=form.target,
            evidence=form.evidence is not None,
            cohort=mine.cohort or form.cohort,
            again=bool(mine.reports),
        )

    async def edit(self, update: Update, context: Context) -> Outcome:
        return Saying(EditOutcomeField.tapped(update).field)

    async def confirm(self, update: Update, context: Context) -> Outcome:
        visit, form = context.visit, self._form(context)
        new = NewReport(
            kind=form.kind,
            cohort=form.cohort or None,
            target=form.target or None,
            evidence=form.evidence,
        )
        key = f"outcome:{visit.chat_id}:{message_of(update).message_id}"
        try:
            await self._desk.report(whoever(context), new, key=key, now=visit.moment)
        except CohortUnknown:
            return Saying.COHORT
        await self._card.show(update, await self._desk.mine(whoever(context), now=visit.moment))
        return END

    async def back(self, update: Update, context: Context) -> Outcome:
        """The question before, or the last look where it was seen already."""
        if self._form(context).whole:
            return Saying.REVIEW
        talk = context.visit.talk
        return Saying.TARGET if talk and talk.scene == Saying.EVIDENCE else Saying.KIND

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END

    async def _ask(self, update: Update, field: str, *rows: Row, going_back: bool = False) -> int:
        ways: list[Any] = [(self._say.label("button.back"), Back())] if going_back else []
        ways.append((self._say.label("button.stop_writing"), Leave()))
        return await self._say(update, "outcomes/ask", keyboard=keyboard(*rows, ways), field=field)

    def _next(self, context: Context, scene: Saying) -> Saying:
        return Saying.REVIEW if self._form(context).whole else scene

    def _form(self, context: Context) -> OutcomeForm:
        return context.visit.draft(OutcomeForm)
