"""Series of theme days: what they are about, how they recur, and the days they have led to."""

from typing import Final

from telegram import Update
from telegram.ext import CallbackQueryHandler, filters

from branch.outbox.enclosures import Enclosure, EnclosureKind
from branch.people.model import Role
from branch.theme_days.model import DayState, SeriesId, may_change
from branch.theme_days.series_desk import SeriesDesk
from handlers.buttons import Row, keyboard
from handlers.conversation import Handler
from handlers.notice_refusals import whoever
from handlers.replies import Say
from handlers.theme_day_buttons import (
    BeginSeries,
    ChangeSeries,
    EndSeries,
    EndSeriesForCertain,
    SeriesField,
    ShowAllSeries,
    ShowSeries,
    ShowThemeDay,
    ShowThemeDays,
)
from handlers.theme_day_refusals import ThemeDayRefusals
from handlers.visit import Context, current_visit

_WRITTEN: Final = filters.UpdateType.MESSAGE & (filters.TEXT | filters.PHOTO) & ~filters.COMMAND
_ORDER: Final = tuple(SeriesField)
SHOWN_DAYS: Final = 6


class ThemeDaySeries:
    def __init__(self, *, desk: SeriesDesk, refusals: ThemeDayRefusals, say: Say) -> None:
        self._desk = desk
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            tapped(self.show_all, ShowAllSeries.matches),
            tapped(self.show_tapped, ShowSeries.matches),
            tapped(self.ask_to_end, EndSeries.matches),
            tapped(self.end, EndSeriesForCertain.matches),
        ]

    async def show_all(self, update: Update, context: Context) -> None:
        label, person = self._say.label, context.visit.person
        known = await self._desk.going_on()
        rows: list[Row] = [[(each.plan.name, ShowSeries(each.id))] for each in known]
        if person is not None and person.role.covers(Role.MEMBER):
            rows.append([(label("button.begin_series"), BeginSeries())])
        rows.append([(label("button.theme_days"), ShowThemeDays())])
        await self._say(
            update,
            "themedays/all_series",
            keyboard=keyboard(*rows),
            plans=[each.plan for each in known],
        )

    async def show_tapped(self, update: Update, context: Context) -> None:
        await self.show(update, SeriesId(ShowSeries.tapped(update).series))

    async def show(self, update: Update, number: SeriesId) -> None:
        """Its logo first, if it has one."""
        label, visit = self._say.label, current_visit()
        seen = await self._refusals.or_why(update, self._desk.see(number, now=visit.moment))
        if seen is None:
            return
        series, person = seen.series, visit.person
        if series.plan.logo:
            if update.callback_query is not None:
                await self._say.acknowledge(update)
            await self._say.files(update, [Enclosure(EnclosureKind.PHOTO, series.plan.logo)])
            visit.anew = True
        days = [each for each in seen.days if each.state is DayState.OPEN][-SHOWN_DAYS:]
        rows: list[Row] = [[(each.plan.title, ShowThemeDay(each.id))] for each in days]
        if person is not None and may_change(person, series.author) and not series.ended:
            change = (label("button.change_series"), ChangeSeries(number))
            rows.append([change, (label("button.end_series"), EndSeries(number))])
        rows.append([(label("button.series"), ShowAllSeries())])
        await self._say(
            update,
            "themedays/series",
            keyboard=keyboard(*rows),
            plan=series.plan,
            ended=series.ended,
            next_times=[] if series.ended else seen.next_times,
            held=sum(each.plan.starts_at <= visit.moment for each in days),
        )

    async def ask_to_end(self, update: Update, context: Context) -> None:
        number = SeriesId(EndSeries.tapped(update).series)
        seen = await self._refusals.or_why(update, self._desk.see(number, now=context.visit.moment))
        if seen is None:
            return
        label = self._say.label
        sure = keyboard(
            [(label("button.end_series_for_certain"), EndSeriesForCertain(number))],
            [(label("button.back"), ShowSeries(number))],
        )
        await self._say(update, "themedays/end_series", keyboard=sure, plan=seen.series.plan)

    async def end(self, update: Update, context: Context) -> None:
        number = SeriesId(EndSeriesForCertain.tapped(update).series)
        ending = self._desk.end(whoever(context), number, now=context.visit.moment)
        if await self._refusals.or_why(update, ending) is not None:
            await self.show_all(update, context)
