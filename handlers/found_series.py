"""A member begins a series of theme days, or changes one: a question at a time, a last look."""

from datetime import tzinfo
from enum import StrEnum
from functools import partial
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.dates.reading_recurrence import RecurrenceUnclear, read_recurrence
from branch.dates.recurrence import OnHoliday, Recurrence, RecurrenceFaulty
from branch.people.model import Role
from branch.theme_days.model import LONGEST_PLACE, SeriesId
from branch.theme_days.series import LONGEST_DESCRIPTION, LONGEST_NAME, Series, SeriesPlan
from branch.theme_days.series_desk import SeriesDesk
from handlers.buttons import Back, Confirm, Leave, Row, keyboard
from handlers.conversation import END, Conversation, Handler, Outcome, Scene
from handlers.incoming import message_of, text_of
from handlers.notice_refusals import whoever
from handlers.replies import Say
from handlers.theme_day_buttons import (
    BeginSeries,
    ChangeSeries,
    EditSeriesField,
    SeriesField,
    WithoutSeriesField,
)
from handlers.theme_day_form import Unclear, read_number, read_text
from handlers.theme_day_refusals import ThemeDayRefusals
from handlers.theme_day_series import ThemeDaySeries
from handlers.visit import Context, current_visit

_WRITTEN: Final = filters.UpdateType.MESSAGE & (filters.TEXT | filters.PHOTO) & ~filters.COMMAND
_ORDER: Final = tuple(SeriesField)
_NOTHING: Final = (SeriesField.LOGO, SeriesField.RULE, SeriesField.CAPACITY)


class Founding(StrEnum):
    NAME = "name"
    DESCRIPTION = "description"
    LOGO = "logo"
    RULE = "rule"
    PLACE = "place"
    CAPACITY = "capacity"
    REVIEW = "review"


class SeriesForm(Struct):
    """`series` is the number of the one that is changed; `whole` once all was asked."""

    series: int = 0
    name: str = ""
    description: str = ""
    logo: str | None = None
    rule: Recurrence | None = None
    recurs_as: str = ""
    place: str = ""
    capacity: int | None = None
    whole: bool = False

    def plan(self) -> SeriesPlan:
        return SeriesPlan(
            name=self.name,
            description=self.description,
            logo=self.logo,
            recurrence=self.rule,
            recurs_as=self.recurs_as,
            place=self.place,
            capacity=self.capacity,
        )

    def take_over(self, series: Series) -> None:
        plan = series.plan
        self.series, self.whole = series.id, True
        self.name, self.description, self.logo = plan.name, plan.description, plan.logo
        self.rule, self.recurs_as = plan.recurrence, plan.recurs_as
        self.place, self.capacity = plan.place, plan.capacity

    def leave_out(self, field: SeriesField) -> None:
        setattr(self, field, None if field in _NOTHING else "")
        if field is SeriesField.RULE:
            self.recurs_as = ""

    def following(self, field: SeriesField) -> Founding:
        place = _ORDER.index(field) + 1
        if self.whole or place == len(_ORDER):
            self.whole = True
            return Founding.REVIEW
        return Founding(_ORDER[place])


class FoundSeries:
    def __init__(
        self,
        *,
        desk: SeriesDesk,
        pages: ThemeDaySeries,
        refusals: ThemeDayRefusals,
        zone: tzinfo,
        say: Say,
    ) -> None:
        self._desk = desk
        self._pages = pages
        self._refusals = refusals
        self._zone = zone
        self._say = say

    def conversation(self) -> Conversation:
        tapped = CallbackQueryHandler
        leaving = tapped(self.leave, Leave.matches)
        return Conversation(
            name="series",
            draft=SeriesForm,
            entries=[
                tapped(self.begin, BeginSeries.matches),
                tapped(self.begin_change, ChangeSeries.matches),
            ],
            scenes={
                **{Founding(field): self._question(field, leaving) for field in SeriesField},
                Founding.REVIEW: Scene(
                    self.review,
                    [
                        tapped(self.confirm, Confirm.matches),
                        tapped(self.edit, EditSeriesField.matches),
                        leaving,
                    ],
                ),
            },
        )

    def _question(self, field: SeriesField, leaving: Handler) -> Scene:
        hears: list[Handler] = [
            leaving,
            MessageHandler(_WRITTEN, partial(self._hear, field)),
            CallbackQueryHandler(self.to_review, Back.matches),
        ]
        if field is not SeriesField.NAME:
            leave_out = partial(self._leave_out, field)
            hears.append(CallbackQueryHandler(leave_out, WithoutSeriesField.matches))
        return Scene(partial(self._ask, field), hears)

    async def _ask(self, field: SeriesField, update: Update, context: Context) -> int:
        label, form = self._say.label, context.visit.draft(SeriesForm)
        rows: list[Row] = []
        if field is not SeriesField.NAME:
            rows.append([(label(f"button.without_{field}"), WithoutSeriesField())])
        if form.whole:
            rows.append([(label("button.back"), Back())])
        rows.append([(label("button.stop_writing"), Leave())])
        return await self._say(
            update, "themedays/ask_of_series", keyboard=keyboard(*rows), field=str(field)
        )

    async def _hear(self, field: SeriesField, update: Update, context: Context) -> Outcome:
        form = context.visit.draft(SeriesForm)
        try:
            self._take(form, field, update)
        except Unclear as error:
            await self._say(update, "themedays/unclear", why=error.why, most=error.most)
            return Founding(field)
        return form.following(field)

    async def _leave_out(self, field: SeriesField, update: Update, context: Context) -> Outcome:
        form = context.visit.draft(SeriesForm)
        form.leave_out(field)
        return form.following(field)

    async def to_review(self, update: Update, context: Context) -> Outcome:
        return Founding.REVIEW if context.visit.draft(SeriesForm).whole else None

    def _take(self, form: SeriesForm, field: SeriesField, update: Update) -> None:
        """Raises Unclear."""
        text = text_of(update)
        match field:
            case SeriesField.LOGO:
                photos = message_of(update).photo
                if not photos:
                    raise Unclear("picture")
                form.logo = photos[-1].file_id
            case SeriesField.RULE:
                form.rule, form.recurs_as = self._rule(text), " ".join(text.split())
            case SeriesField.CAPACITY:
                form.capacity = read_number(text)
            case SeriesField.NAME:
                form.name = read_text(" ".join(text.split()), LONGEST_NAME)
            case SeriesField.PLACE:
                form.place = read_text(text, LONGEST_PLACE)
            case SeriesField.DESCRIPTION:
                form.description = read_text(text, LONGEST_DESCRIPTION)

    def _rule(self, text: str) -> Recurrence:
        """A series keeps away from holidays, whether that is said or not. Raises Unclear."""
        today = current_visit().moment.astimezone(self._zone).date()
        try:
            rule = read_recurrence(text, today=today)
        except (RecurrenceUnclear, RecurrenceFaulty):
            raise Unclear("rule") from None
        return replace(rule, on_holiday=OnHoliday.AFTER) if _stays(rule) else rule

    async def begin(self, update: Update, context: Context) -> Outcome:
        person = context.visit.person
        if person is None or not person.role.covers(Role.MEMBER):
            await self._say(update, "roles/not_allowed")
            return END
        context.visit.anew = True
        return Founding.NAME

    async def begin_change(self, update: Update, context: Context) -> Outcome:
        visit, number = context.visit, SeriesId(ChangeSeries.tapped(update).series)
        visit.anew = True
        seen = await self._refusals.or_why(update, self._desk.see(number, now=visit.moment))
        if seen is None:
            return END
        visit.draft(SeriesForm).take_over(seen.series)
        return Founding.REVIEW

    async def edit(self, update: Update, context: Context) -> Outcome:
        return Founding(EditSeriesField.tapped(update).field)

    async def review(self, update: Update, context: Context) -> int:
        label, form = self._say.label, context.visit.draft(SeriesForm)
        edits: list[Any] = [
            (label(f"seriesfield.{each}"), EditSeriesField(each)) for each in SeriesField
        ]
        return await self._say(
            update,
            "themedays/review_series",
            keyboard=keyboard(
                [(label("button.change_this_day" if form.series else "button.found"), Confirm())],
                edits[:3],
                edits[3:],
                [(label("button.stop_writing"), Leave())],
            ),
            plan=form.plan(),
            next_times=self._desk.next_times(form.plan(), now=context.visit.moment),
        )

    async def confirm(self, update: Update, context: Context) -> Outcome:
        visit, form = context.visit, context.visit.draft(SeriesForm)
        member, plan = whoever(context), form.plan()
        if form.series:
            number = SeriesId(form.series)
            deed = self._desk.change(member, number, plan, now=visit.moment)
        else:
            deed = self._desk.begin_series(member, plan, now=visit.moment)
        series = await self._refusals.or_why(update, deed)
        if series is None:
            return Founding.REVIEW
        visit.anew = True
        await self._pages.show(update, series.id)
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END


def _stays(rule: Recurrence) -> bool:
    """Whether nothing was said about holidays."""
    return rule.on_holiday is OnHoliday.SEND
