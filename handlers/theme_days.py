"""Theme days as people see them: what comes, who comes, and a tap to say so."""

from collections.abc import Sequence
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.outbox.enclosures import Enclosure, EnclosureKind
from branch.people.model import Role
from branch.theme_days.model import Answer, ThemeDay, ThemeDayId
from branch.theme_days.planning import DayPlanner
from branch.theme_days.signing_up import SignUpDesk
from handlers.buttons import Row, ShowMenu, keyboard
from handlers.conversation import Handler
from handlers.notice_refusals import whoever
from handlers.replies import Say
from handlers.strangers import Strangers
from handlers.theme_day_buttons import (
    CancelDay,
    CancelDayForCertain,
    CannotCome,
    Come,
    DayFile,
    PlanDay,
    SayWhy,
    ShowAllSeries,
    ShowCover,
    ShowPastDays,
    ShowThemeDay,
    ShowThemeDays,
    ShowWhoComes,
    ShowYearOfDays,
)
from handlers.theme_day_card import ThemeDayCards
from handlers.theme_day_refusals import ThemeDayRefusals
from handlers.visit import Context, current_visit


class ThemeDays:
    def __init__(
        self,
        *,
        planner: DayPlanner,
        desk: SignUpDesk,
        cards: ThemeDayCards,
        refusals: ThemeDayRefusals,
        strangers: Strangers,
        say: Say,
    ) -> None:
        self._planner = planner
        self._desk = desk
        self._cards = cards
        self._refusals = refusals
        self._strangers = strangers
        self._say = say

    def handlers(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            CommandHandler("themedays", self.show_all),
            tapped(self.show_all, ShowThemeDays.matches),
            tapped(self.show_past, ShowPastDays.matches),
            tapped(self.show_tapped, ShowThemeDay.matches),
            tapped(self.show_cover, ShowCover.matches),
            tapped(self.come, Come.matches),
            tapped(self.decline, CannotCome.matches),
            tapped(self.say_why, SayWhy.matches),
            tapped(self.send_file, DayFile.matches),
            tapped(self.show_who, ShowWhoComes.matches),
            tapped(self.ask_to_cancel, CancelDay.matches),
            tapped(self.cancel, CancelDayForCertain.matches),
        ]

    async def show_all(self, update: Update, context: Context) -> None:
        visit, label = context.visit, self._say.label
        days = await self._planner.coming(now=visit.moment)
        rows = self._rows(days)
        rows.append(
            [(label("button.past_days"), ShowPastDays()), (label("button.series"), ShowAllSeries())]
        )
        if visit.person is not None and visit.person.role.covers(Role.MEMBER):
            year = (label("button.year_of_days"), ShowYearOfDays(0))
            rows.append([(label("button.plan_day"), PlanDay()), year])
        rows.append([(label("button.menu"), ShowMenu())])
        plans = [day.plan for day in days]
        await self._say(update, "themedays/list", keyboard=keyboard(*rows), plans=plans)

    async def show_past(self, update: Update, context: Context) -> None:
        days = await self._planner.gone_by(now=context.visit.moment)
        back: Row = [(self._say.label("button.theme_days"), ShowThemeDays())]
        await self._say(
            update,
            "themedays/past",
            keyboard=keyboard(*self._rows(days), back),
            plans=[day.plan for day in days],
        )

    def _rows(self, days: Sequence[ThemeDay]) -> list[Row]:
        label = self._say.label
        return [
            [(label("themeday.in_list", title=day.plan.title), ShowThemeDay(day.id))]
            for day in days
        ]

    async def show_tapped(self, update: Update, context: Context) -> None:
        await self.open(update, ShowThemeDay.tapped(update).day)

    async def open_with_cover(self, update: Update, number: int) -> None:
        """For a link that leads to it: its picture first."""
        visit = current_visit()
        if visit.person is not None:
            seen = await self._refusals.or_why(
                update, self._desk.see(visit.person, ThemeDayId(number))
            )
            if seen is None:
                return
            await self._send_picture(update, seen.day.plan.cover)
        await self.open(update, number)

    async def open(self, update: Update, number: int) -> None:
        """The day with this number."""
        visit = current_visit()
        if visit.person is None:
            await self._strangers.invite_in(update)
            return
        seeing = self._desk.see(visit.person, ThemeDayId(number))
        seen = await self._refusals.or_why(update, seeing)
        if seen is not None:
            await self._cards.show(update, seen)

    async def show_cover(self, update: Update, context: Context) -> None:
        seeing = self._desk.see(whoever(context), ThemeDayId(ShowCover.tapped(update).day))
        seen = await self._refusals.or_why(update, seeing)
        if seen is not None:
            await self._say.acknowledge(update)
            await self._send_picture(update, seen.day.plan.cover)

    async def _send_picture(self, update: Update, file_id: str | None) -> None:
        if file_id:
            await self._say.files(update, [Enclosure(EnclosureKind.PHOTO, file_id)])

    async def come(self, update: Update, context: Context) -> None:
        visit = context.visit
        if visit.person is None:
            await self._strangers.invite_in(update)
            return
        number = ThemeDayId(Come.tapped(update).day)
        coming = self._desk.come(visit.person, number, now=visit.moment)
        seen = await self._refusals.or_why(update, coming)
        if seen is not None and seen.mine is not None:
            await self._cards.show(update, seen, toast=f"toast.day_{seen.mine.answer}")

    async def decline(self, update: Update, context: Context) -> None:
        visit = context.visit
        if visit.person is None:
            await self._strangers.invite_in(update)
            return
        number = ThemeDayId(CannotCome.tapped(update).day)
        declining = self._desk.decline(visit.person, number, now=visit.moment)
        seen = await self._refusals.or_why(update, declining)
        if seen is not None:
            await self._cards.show(update, seen, toast="toast.day_cannot", ask_why=True)

    async def say_why(self, update: Update, context: Context) -> None:
        tap, visit = SayWhy.tapped(update), context.visit
        saying = self._desk.say_why(
            whoever(context), ThemeDayId(tap.day), tap.reason, now=visit.moment
        )
        seen = await self._refusals.or_why(update, saying)
        if seen is not None:
            await self._cards.show(update, seen, toast="toast.day_why")

    async def send_file(self, update: Update, context: Context) -> None:
        from branch.theme_days.ics import day_file  # noqa: PLC0415 -- few ask for it, and it takes a while to load

        number = ThemeDayId(DayFile.tapped(update).day)
        seen = await self._refusals.or_why(update, self._desk.see(whoever(context), number))
        if seen is None:
            return
        await self._say.acknowledge(update)
        content = day_file(seen.day, now=context.visit.moment)
        await self._say.document(
            update, content, f"day-{number}.ics", "themedays/file", plan=seen.day.plan
        )

    async def show_who(self, update: Update, context: Context) -> None:
        """For members: names, by answer."""
        visit, number = context.visit, ThemeDayId(ShowWhoComes.tapped(update).day)
        looking = self._planner.who(whoever(context), number, now=visit.moment)
        found = await self._refusals.or_why(update, looking)
        if found is None:
            return
        day, attendants = found
        by_answer = {
            str(answer): [_told(each, self._say) for each in attendants if each.answer is answer]
            for answer in Answer
        }
        back = keyboard([(self._say.label("button.back"), ShowThemeDay(day.id))])
        await self._say(update, "themedays/who", keyboard=back, plan=day.plan, by_answer=by_answer)

    async def ask_to_cancel(self, update: Update, context: Context) -> None:
        number = ThemeDayId(CancelDay.tapped(update).day)
        seen = await self._refusals.or_why(update, self._desk.see(whoever(context), number))
        if seen is None:
            return
        label = self._say.label
        sure = keyboard(
            [(label("button.cancel_day_for_certain"), CancelDayForCertain(number))],
            [(label("button.back"), ShowThemeDay(number))],
        )
        await self._say(update, "themedays/cancel", keyboard=sure, plan=seen.day.plan)

    async def cancel(self, update: Update, context: Context) -> None:
        visit, number = context.visit, ThemeDayId(CancelDayForCertain.tapped(update).day)
        cancelling = self._planner.cancel(whoever(context), number, now=visit.moment)
        done = await self._refusals.or_why(update, cancelling)
        if done is not None:
            day, told = done
            back = keyboard([(self._say.label("button.theme_days"), ShowThemeDays())])
            await self._say(
                update, "themedays/was_cancelled", keyboard=back, plan=day.plan, told=told
            )


def _told(attendant: Any, say: Say) -> str:
    reason = say.label(f"whynot.{attendant.reason}") if attendant.reason else ""
    inside = " \u00b7 ".join(each for each in (attendant.class_name, reason) if each)
    return (
        say.label("themeday.attendant", name=attendant.name, about=inside)
        if inside
        else str(attendant.name)
    )
