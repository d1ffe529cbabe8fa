"""A member plans a theme day, or changes one: a question at a time, and a last look."""

from datetime import tzinfo
from enum import StrEnum
from typing import Any, Final

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from branch.people.model import Role
from branch.theme_days.model import LEADS, DayAudience, SeriesId, ThemeDayId
from branch.theme_days.planning import DayPlanner
from branch.theme_days.series_desk import SeriesDesk
from branch.theme_days.signing_up import SignUpDesk
from handlers.buttons import Back, Confirm, Leave, Row, keyboard
from handlers.conversation import END, Conversation, Handler, Outcome, Scene
from handlers.incoming import message_of, text_of
from handlers.notice_refusals import whoever
from handlers.replies import Say
from handlers.theme_day_buttons import (
    ChangeDay,
    ChooseAudience,
    ChooseSeries,
    DayField,
    EditDayField,
    PlanDay,
    ToggleLead,
    WithoutField,
)
from handlers.theme_day_form import (
    ASKED,
    OPTIONAL,
    DayForm,
    Planning,
    Unclear,
    read_field,
)
from handlers.theme_day_refusals import ThemeDayRefusals
from handlers.theme_days import ThemeDays
from handlers.visit import Context

_TYPED: Final = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
_PICTURE: Final = filters.UpdateType.MESSAGE & filters.PHOTO
_NO_PICTURE: Final = filters.UpdateType.MESSAGE & ~filters.PHOTO & ~filters.COMMAND


class PlanThemeDay:
    def __init__(
        self,
        *,
        planner: DayPlanner,
        desk: SignUpDesk,
        series: SeriesDesk,
        days: ThemeDays,
        refusals: ThemeDayRefusals,
        zone: tzinfo,
        say: Say,
    ) -> None:
        self._planner = planner
        self._desk = desk
        self._series = series
        self._days = days
        self._refusals = refusals
        self._zone = zone
        self._say = say

    def conversation(self) -> Conversation:
        tapped = CallbackQueryHandler
        leaving = tapped(self.leave, Leave.matches)
        back = tapped(self.to_review, Back.matches)
        return Conversation(
            name="theme_day",
            draft=DayForm,
            entries=[
                CommandHandler("themeday", self.begin),
                tapped(self.begin, PlanDay.matches),
                tapped(self.begin_change, ChangeDay.matches),
            ],
            scenes={
                **{Planning(field): self._question(field, leaving, back) for field in ASKED},
                **self._details(back),
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

    def _details(self, back: Handler) -> dict[StrEnum, Scene]:
        """What is changed at the last look only."""
        tapped = CallbackQueryHandler
        return {
            Planning.AUDIENCE: Scene(
                self.ask_audience, [tapped(self.choose_audience, ChooseAudience.matches), back]
            ),
            Planning.LEADS: Scene(
                self.ask_leads, [tapped(self.toggle_lead, ToggleLead.matches), back]
            ),
            Planning.COVER: Scene(
                self.ask_cover,
                [
                    MessageHandler(_PICTURE, self.take_cover),
                    MessageHandler(_NO_PICTURE, self.no_picture),
                    tapped(self.without_cover, WithoutField.matches),
                    back,
                ],
            ),
            Planning.SERIES: Scene(
                self.ask_series, [tapped(self.choose_series, ChooseSeries.matches), back]
            ),
        }

    def _question(self, field: DayField, leaving: Handler, back: Handler) -> Scene:
        async def ask(update: Update, context: Context) -> int:
            label, form = self._say.label, context.visit.draft(DayForm)
            rows: list[Row] = []
            if field in OPTIONAL:
                rows.append([(label(f"button.without_{field}"), WithoutField())])
            if form.whole:
                rows.append([(label("button.back"), Back())])
            rows.append([(label("button.stop_writing"), Leave())])
            return await self._say(
                update,
                "themedays/ask",
                keyboard=keyboard(*rows),
                field=str(field),
                step=None if form.whole else ASKED.index(field) + 1,
                steps=len(ASKED),
            )

        async def take(update: Update, context: Context) -> Outcome:
            form = context.visit.draft(DayForm)
            try:
                read = read_field(field, text_of(update), now=context.visit.moment, zone=self._zone)
            except Unclear as error:
                await self._say(update, "themedays/unclear", why=error.why, most=error.most)
                return Planning(field)
            setattr(form, *read)
            return form.following(field)

        async def leave_out(_update: Update, context: Context) -> Outcome:
            form = context.visit.draft(DayForm)
            form.leave_out(field)
            return form.following(field)

        hears: list[Handler] = [leaving, MessageHandler(_TYPED, take), back]
        if field in OPTIONAL:
            hears.append(CallbackQueryHandler(leave_out, WithoutField.matches))
        return Scene(ask, hears)

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
        context.visit.draft(DayForm).take_over(number, seen.day.plan)
        return Planning.REVIEW

    async def ask_audience(self, update: Update, context: Context) -> int:
        label = self._say.label
        choices: Row = [(label(f"dayfor.{each}"), ChooseAudience(each)) for each in DayAudience]
        return await self._say(
            update,
            "themedays/ask_audience",
            keyboard=keyboard(choices, [(label("button.back"), Back())]),
        )

    async def choose_audience(self, update: Update, context: Context) -> Outcome:
        context.visit.draft(DayForm).audience = ChooseAudience.tapped(update).audience
        return Planning.REVIEW

    async def ask_leads(self, update: Update, context: Context) -> int:
        label, form = self._say.label, context.visit.draft(DayForm)
        choices: list[Any] = [
            (("✓ " if each in form.leads else "") + label(f"daylead.h{each}"), ToggleLead(each))
            for each in LEADS
        ]
        rows: list[Row] = [choices[:2], choices[2:], [(label("button.done"), Back())]]
        return await self._say(update, "themedays/ask_leads", keyboard=keyboard(*rows))

    async def toggle_lead(self, update: Update, context: Context) -> Outcome:
        context.visit.draft(DayForm).toggle_lead(ToggleLead.tapped(update).hours)
        return Planning.LEADS

    async def ask_cover(self, update: Update, context: Context) -> int:
        label, form = self._say.label, context.visit.draft(DayForm)
        rows: list[Row] = [[(label("button.back"), Back())]]
        if form.cover:
            rows.insert(0, [(label("button.without_cover"), WithoutField())])
        return await self._say(update, "themedays/ask_cover", keyboard=keyboard(*rows))

    async def take_cover(self, update: Update, context: Context) -> Outcome:
        context.visit.draft(DayForm).cover = message_of(update).photo[-1].file_id
        return Planning.REVIEW

    async def no_picture(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "themedays/unclear", why="picture", most=0)
        return Planning.COVER

    async def without_cover(self, update: Update, context: Context) -> Outcome:
        context.visit.draft(DayForm).cover = None
        return Planning.REVIEW

    async def ask_series(self, update: Update, context: Context) -> int:
        label = self._say.label
        known = await self._series.going_on()
        rows: list[Row] = [[(each.plan.name, ChooseSeries(each.id))] for each in known]
        rows.append([(label("button.no_series"), ChooseSeries(0)), (label("button.back"), Back())])
        return await self._say(
            update, "themedays/ask_series", keyboard=keyboard(*rows), known=len(known)
        )

    async def choose_series(self, update: Update, context: Context) -> Outcome:
        context.visit.draft(DayForm).series = ChooseSeries.tapped(update).series
        return Planning.REVIEW

    async def to_review(self, _update: Update, context: Context) -> Outcome:
        return Planning.REVIEW if context.visit.draft(DayForm).whole else None

    async def edit(self, update: Update, context: Context) -> Outcome:
        return Planning(EditDayField.tapped(update).field)

    async def review(self, update: Update, context: Context) -> int:
        label, form = self._say.label, context.visit.draft(DayForm)
        edits: list[Any] = [(label(f"dayfield.{each}"), EditDayField(each)) for each in DayField]
        confirm = "button.change_this_day" if form.day else "button.publish_day"
        plan = form.plan()
        besides = ThemeDayId(form.day) if form.day else None
        names = {each.id: each.plan.name for each in await self._series.going_on()}
        return await self._say(
            update,
            "themedays/review",
            keyboard=keyboard(
                [(label(confirm), Confirm())],
                *[edits[at : at + 3] for at in range(0, len(edits), 3)],
                [(label("button.stop_writing"), Leave())],
            ),
            plan=plan,
            changes=bool(form.day),
            series=names.get(SeriesId(form.series), ""),
            leads=[label(f"daylead.h{each}") for each in plan.leads],
            worries=await self._planner.worries(plan.starts_at, besides=besides),
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
