"""A member plans a theme day, or changes one: a question at a time, and a last look."""

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Any, Final

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from branch.dates.typed_moment import MomentPast, MomentUnclear, read_moment
from branch.people.model import Role
from branch.theme_days.model import (
    LONGEST_PLACE,
    LONGEST_SPEAKERS,
    LONGEST_TITLE,
    MOST_PEOPLE,
    DayPlan,
    ThemeDayId,
)
from branch.theme_days.planning import DayPlanner
from branch.theme_days.signing_up import SignUpDesk
from handlers.buttons import Back, Confirm, Leave, Row, keyboard
from handlers.conversation import END, Conversation, Handler, Outcome, Scene
from handlers.incoming import message_of, text_of
from handlers.notice_refusals import whoever
from handlers.replies import Say
from handlers.theme_day_buttons import (
    ChangeDay,
    DayField,
    EditDayField,
    PlanDay,
    WithoutField,
)
from handlers.theme_day_refusals import ThemeDayRefusals
from handlers.theme_days import ThemeDays
from handlers.visit import Context

_TYPED: Final = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
_NUMBER: Final = re.compile(r"\d{1,5}")
_ORDER: Final = tuple(DayField)
_OPTIONAL: Final = (DayField.SPEAKERS, DayField.CAPACITY)


class Planning(StrEnum):
    TITLE = "title"
    WHEN = "when"
    PLACE = "place"
    SPEAKERS = "speakers"
    CAPACITY = "capacity"
    REVIEW = "review"


class _Unclear(Exception):
    """What was typed cannot be meant; `why` says how it should be."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(slots=True)
class DayForm:
    """`day` is the number of the one that is changed; `whole` once every question was asked."""

    day: int = 0
    title: str = ""
    starts_at: datetime | None = None
    place: str = ""
    speakers: str = ""
    capacity: int | None = None
    whole: bool = False

    def plan(self) -> DayPlan:
        assert self.starts_at is not None, "a whole form has a time"
        return DayPlan(
            title=self.title,
            starts_at=self.starts_at,
            place=self.place,
            speakers=self.speakers,
            capacity=self.capacity,
        )


class PlanThemeDay:
    def __init__(
        self,
        *,
        planner: DayPlanner,
        desk: SignUpDesk,
        days: ThemeDays,
        refusals: ThemeDayRefusals,
        zone: tzinfo,
        say: Say,
    ) -> None:
        self._planner = planner
        self._desk = desk
        self._days = days
        self._refusals = refusals
        self._zone = zone
        self._say = say

    def conversation(self) -> Conversation:
        tapped = CallbackQueryHandler
        leaving = tapped(self.leave, Leave.matches)
        return Conversation(
            name="theme_day",
            draft=DayForm,
            entries=[
                CommandHandler("themeday", self.begin),
                tapped(self.begin, PlanDay.matches),
                tapped(self.begin_change, ChangeDay.matches),
            ],
            scenes={
                **{Planning(field): self._question(field, leaving) for field in DayField},
                Planning.REVIEW: Scene(
                    self.review,
                    [
                        tapped(self.confirm, Confirm.matches),
                        tapped(self.edit, EditDayField.matches),
                        leaving,
                    ],
                ),
            },
        )

    def _question(self, field: DayField, leaving: Handler) -> Scene:
        async def ask(update: Update, context: Context) -> int:
            label, form = self._say.label, context.visit.draft(DayForm)
            rows: list[Row] = []
            if field in _OPTIONAL:
                rows.append([(label(f"button.without_{field}"), WithoutField())])
            if form.whole:
                rows.append([(label("button.back"), Back())])
            rows.append([(label("button.stop_writing"), Leave())])
            return await self._say(
                update, "themedays/ask", keyboard=keyboard(*rows), field=str(field)
            )

        async def take(update: Update, context: Context) -> Outcome:
            form = context.visit.draft(DayForm)
            try:
                setattr(form, *self._read(field, text_of(update), context.visit.moment))
            except _Unclear as error:
                await self._say(update, "themedays/unclear", why=error.why, most=_most(field))
                return Planning(field)
            return _following(form, field)

        async def leave_out(_update: Update, context: Context) -> Outcome:
            form = context.visit.draft(DayForm)
            setattr(form, field, "" if field is DayField.SPEAKERS else None)
            return _following(form, field)

        hears: list[Handler] = [leaving, MessageHandler(_TYPED, take)]
        hears.append(CallbackQueryHandler(self.to_review, Back.matches))
        if field in _OPTIONAL:
            hears.append(CallbackQueryHandler(leave_out, WithoutField.matches))
        return Scene(ask, hears)

    def _read(self, field: DayField, text: str, now: datetime) -> tuple[str, Any]:
        """The form's field and its value. Raises _Unclear."""
        match field:
            case DayField.WHEN:
                try:
                    return "starts_at", read_moment(text, now=now, zone=self._zone)
                except MomentPast:
                    raise _Unclear("past") from None
                except MomentUnclear:
                    raise _Unclear("when") from None
            case DayField.CAPACITY:
                found = _NUMBER.fullmatch(text)
                if found is None or not 0 < int(found[0]) <= MOST_PEOPLE:
                    raise _Unclear("capacity")
                return "capacity", int(found[0])
            case _:
                if not 0 < len(text) <= _most(field):
                    raise _Unclear("long")
                return str(field), text

    async def begin(self, update: Update, context: Context) -> Outcome:
        person = context.visit.person
        if person is None or not person.role.covers(Role.MEMBER):
            await self._say(update, "roles/not_allowed")
            return END
        context.visit.anew = True
        return Planning.TITLE

    async def begin_change(self, update: Update, context: Context) -> Outcome:
        number = ChangeDay.tapped(update).day
        context.visit.anew = True
        seeing = self._desk.see(whoever(context), ThemeDayId(number))
        seen = await self._refusals.or_why(update, seeing)
        if seen is None:
            return END
        form, plan = context.visit.draft(DayForm), seen.day.plan
        form.day, form.whole = number, True
        form.title, form.starts_at, form.place = plan.title, plan.starts_at, plan.place
        form.speakers, form.capacity = plan.speakers, plan.capacity
        return Planning.REVIEW

    async def to_review(self, _update: Update, context: Context) -> Outcome:
        return Planning.REVIEW if context.visit.draft(DayForm).whole else None

    async def edit(self, update: Update, context: Context) -> Outcome:
        return Planning(EditDayField.tapped(update).field)

    async def review(self, update: Update, context: Context) -> int:
        label, form = self._say.label, context.visit.draft(DayForm)
        edits: list[Any] = [(label(f"dayfield.{each}"), EditDayField(each)) for each in DayField]
        confirm = "button.change_this_day" if form.day else "button.publish_day"
        return await self._say(
            update,
            "themedays/review",
            keyboard=keyboard(
                [(label(confirm), Confirm())],
                edits[:3],
                [*edits[3:], (label("button.stop_writing"), Leave())],
            ),
            plan=form.plan(),
            changes=bool(form.day),
        )

    async def confirm(self, update: Update, context: Context) -> Outcome:
        visit, form = context.visit, context.visit.draft(DayForm)
        told = 0
        if form.day:
            changing = self._planner.change(
                whoever(context), ThemeDayId(form.day), form.plan(), now=visit.moment
            )
            done = await self._refusals.or_why(update, changing)
            day, told = done or (None, 0)
        else:
            key = f"chat:{visit.chat_id}:{message_of(update).message_id}"
            creating = self._planner.create(
                whoever(context), form.plan(), key=key, now=visit.moment
            )
            day = await self._refusals.or_why(update, creating)
        if day is None:
            return Planning.REVIEW
        await self._say(update, "themedays/saved", changes=bool(form.day), told=told)
        visit.anew = True
        await self._days.open(update, day.id)
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END


def _most(field: DayField) -> int:
    lengths = {
        DayField.TITLE: LONGEST_TITLE,
        DayField.PLACE: LONGEST_PLACE,
        DayField.SPEAKERS: LONGEST_SPEAKERS,
    }
    return lengths.get(field, MOST_PEOPLE)


def _following(form: DayForm, field: DayField) -> Planning:
    """The next question, or the last look."""
    place = _ORDER.index(field) + 1
    if form.whole or place == len(_ORDER):
        form.whole = True
        return Planning.REVIEW
    return Planning(_ORDER[place])
