"""At the door: members show the code, whoever comes enters it, and a list comes of it."""

import re
from collections.abc import Callable
from datetime import tzinfo
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.people.model import PersonId
from branch.theme_days.attendance import DIGITS, AttendanceList, Way
from branch.theme_days.door import Door
from branch.theme_days.errors import WrongCode
from branch.theme_days.model import ThemeDay, ThemeDayId
from handlers.attendance_report import attendance_report, year_report
from handlers.buttons import Leave, Row, keyboard
from handlers.conversation import END, Conversation, Handler, Outcome, Scene
from handlers.door_card import DoorCards
from handlers.incoming import text_of
from handlers.notice_refusals import whoever
from handlers.replies import Say
from handlers.strangers import Strangers
from handlers.theme_day_buttons import (
    AttendanceFile,
    CheckIn,
    MarkThere,
    ShowAttendance,
    ShowDayDeeds,
    ShowDoor,
    ShowThemeDay,
    ShowThemeDays,
    ShowYearOfDays,
    UnmarkThere,
    YearOfDaysFile,
)
from handlers.theme_day_refusals import ThemeDayRefusals
from handlers.visit import Context, current_visit

_TYPED: Final = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
_NOT_DIGITS: Final = re.compile(r"\D")
TRIES: Final = 5
MOST_NAMES: Final = 24
"""Buttons below one message; of more, the list says where they are."""


class CheckingIn(StrEnum):
    CODE = "code"


class CheckInForm(Struct):
    day: int = 0
    wrong: int = 0


class ThemeDayDoor:
    def __init__(
        self,
        *,
        door: Door,
        cards: DoorCards,
        hung: Callable[[], None],
        refusals: ThemeDayRefusals,
        strangers: Strangers,
        zone: tzinfo,
        say: Say,
    ) -> None:
        self._door = door
        self._cards = cards
        self._hung = hung
        self._refusals = refusals
        self._strangers = strangers
        self._zone = zone
        self._say = say

    def conversation(self) -> Conversation:
        tapped = CallbackQueryHandler
        return Conversation(
            name="check_in",
            draft=CheckInForm,
            entries=[tapped(self.begin, CheckIn.matches)],
            scenes={
                CheckingIn.CODE: Scene(
                    self.ask_code,
                    [MessageHandler(_TYPED, self.take_code), tapped(self.leave, Leave.matches)],
                )
            },
        )

    def handlers(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            tapped(self.show_door, ShowDoor.matches),
            tapped(self.show_attendance, ShowAttendance.matches),
            tapped(self.mark, MarkThere.matches),
            tapped(self.unmark, UnmarkThere.matches),
            tapped(self.send_attendance, AttendanceFile.matches),
            tapped(self.show_year, ShowYearOfDays.matches),
            tapped(self.send_year, YearOfDaysFile.matches),
        ]

    async def show_door(self, update: Update, context: Context) -> None:
        """The code, as a message of its own: it goes onto a screen at the door."""
        visit, number = context.visit, ThemeDayId(ShowDoor.tapped(update).day)
        showing = self._door.sign(whoever(context), number, now=visit.moment)
        sign = await self._refusals.or_why(update, showing)
        if sign is None:
            return
        await self._say.acknowledge(update)
        picture = await self._cards.picture(sign, visit.language)
        buttons = self._cards.keyboard(sign, visit.language)
        message = await self._say.photo(
            update, picture, "themedays/door", keyboard=buttons, plan=sign.day.plan, came=sign.came
        )
        await self._door.hang(number, chat=visit.chat_id, message=message)
        self._hung()

    async def begin(self, update: Update, context: Context) -> Outcome:
        visit, number = context.visit, CheckIn.tapped(update).day
        if visit.person is None:
            await self._strangers.invite_in(update)
            return END
        visit.anew = True
        opening = self._door.open_to(ThemeDayId(number), now=visit.moment)
        if await self._refusals.or_why(update, opening) is None:
            return END
        visit.draft(CheckInForm).day = number
        return CheckingIn.CODE

    async def ask_code(self, update: Update, context: Context) -> int:
        form = context.visit.draft(CheckInForm)
        leave = keyboard([(self._say.label("button.stop_writing"), Leave())])
        return await self._say(
            update, "themedays/ask_code", keyboard=leave, digits=DIGITS, wrong=form.wrong
        )

    async def take_code(self, update: Update, context: Context) -> Outcome:
        form = context.visit.draft(CheckInForm)
        code = _NOT_DIGITS.sub("", text_of(update))
        if await self._enter(update, form.day, code, Way.CODE):
            return END
        form.wrong += 1
        if form.wrong >= TRIES:
            await self._say(update, "themedays/wrong_code", often=True)
            return END
        return CheckingIn.CODE

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END

    async def overhear(self, update: Update, context: Context) -> bool:
        """Whether what they sent is the code at a door: it says to send it, so people do."""
        visit, text = context.visit, text_of(update)
        code = _NOT_DIGITS.sub("", text)
        if visit.person is None or len(code) != DIGITS or len(text) > DIGITS + 1:
            return False
        entering = self._door.enter_anywhere(visit.person, code, now=visit.moment)
        try:
            entered = await self._refusals.or_why(update, entering)
        except WrongCode:
            return False
        if entered is not None:
            await self._welcome(update, *entered)
        return True

    async def follow(self, update: Update, payload: str) -> None:
        """A link from the picture at the door: `12_345678`."""
        number, _, code = payload.partition("_")
        known = number.isdecimal() and code.isdecimal()
        if not known or not await self._enter(update, int(number[:18]), code, Way.QR):
            await self._say(update, "themedays/wrong_code", often=False)

    async def _enter(self, update: Update, day: int, code: str, way: Way) -> bool:
        """False only where the code is wrong; why else it was not to be has been said."""
        visit = current_visit()
        assert visit.person is not None, "who has not joined is asked in first"
        entering = self._door.enter(visit.person, ThemeDayId(day), code, way=way, now=visit.moment)
        try:
            entered = await self._refusals.or_why(update, entering)
        except WrongCode:
            return False
        if entered is not None:
            await self._welcome(update, *entered)
        return True

    async def _welcome(self, update: Update, day: ThemeDay, new: bool) -> None:  # noqa: FBT001 -- the pair of what came of it
        card = keyboard([(self._say.label("button.this_day"), ShowThemeDay(day.id))])
        await self._say(update, "themedays/checked_in", keyboard=card, plan=day.plan, again=not new)

    async def show_attendance(self, update: Update, context: Context) -> None:
        number = ThemeDayId(ShowAttendance.tapped(update).day)
        await self._show_list(update, context, number)

    async def mark(self, update: Update, context: Context) -> None:
        tap = MarkThere.tapped(update)
        await self._mark(update, context, tap.day, tap.person, there=True)

    async def unmark(self, update: Update, context: Context) -> None:
        tap = UnmarkThere.tapped(update)
        await self._mark(update, context, tap.day, tap.person, there=False)

    async def _mark(
        self, update: Update, context: Context, day: int, person: int, *, there: bool
    ) -> None:
        number = ThemeDayId(day)
        await self._refusals.or_why(
            update,
            self._door.mark(
                whoever(context), number, PersonId(person), there=there, now=context.visit.moment
            ),
        )
        await self._show_list(update, context, number)

    async def _show_list(self, update: Update, context: Context, number: ThemeDayId) -> None:
        found = await self._listed(update, context, number)
        if found is None:
            return
        day, attendance = found
        label = self._say.label
        by_hand = [each for each in attendance.came if each.way is Way.HAND and each.person]
        names: list[Any] = [
            (f"\u25a1 {each.name}", MarkThere(day.id, each.person)) for each in attendance.missing
        ] + [(f"\u2713 {each.name}", UnmarkThere(day.id, each.person or 0)) for each in by_hand]
        rows: list[Row] = [names[at : at + 2] for at in range(0, len(names[:MOST_NAMES]), 2)]
        rows.append(
            [
                (label("button.as_a_table"), AttendanceFile(day.id)),
                (label("button.back"), ShowDayDeeds(day.id)),
            ]
        )
        await self._say(
            update,
            "themedays/attendance",
            keyboard=keyboard(*rows),
            plan=day.plan,
            came=[each.name or label("themeday.left") for each in attendance.came],
            walked_in=attendance.walked_in,
            missing=[each.name for each in attendance.missing],
        )

    async def send_attendance(self, update: Update, context: Context) -> None:
        number = ThemeDayId(AttendanceFile.tapped(update).day)
        found = await self._listed(update, context, number)
        if found is None:
            return
        day, attendance = found
        await self._say.acknowledge(update)
        content = attendance_report(attendance, self._say.label, self._zone)
        await self._say.document(
            update, content, f"day-{number}.xlsx", "themedays/attendance_file", plan=day.plan
        )

    async def _listed(
        self, update: Update, context: Context, number: ThemeDayId
    ) -> tuple[ThemeDay, AttendanceList] | None:
        listing = self._door.attendance(whoever(context), number, now=context.visit.moment)
        return await self._refusals.or_why(update, listing)

    async def show_year(self, update: Update, context: Context) -> None:
        """How often each member was there."""
        label, present = self._say.label, self._year_of(context)
        year = ShowYearOfDays.tapped(update).year or present
        counting = self._door.year(whoever(context), year, now=context.visit.moment)
        found = await self._refusals.or_why(update, counting)
        if found is None:
            return
        held, lines = found
        years: list[Any] = [(f"{year - 1}", ShowYearOfDays(year - 1))]
        if year < present:
            years.append((f"{year + 1}", ShowYearOfDays(year + 1)))
        rows: list[Row] = [
            [(label("button.as_a_table"), YearOfDaysFile(year)), *years],
            [(label("button.theme_days"), ShowThemeDays())],
        ]
        await self._say(
            update, "themedays/year", keyboard=keyboard(*rows), year=year, held=held, lines=lines
        )

    async def send_year(self, update: Update, context: Context) -> None:
        year = YearOfDaysFile.tapped(update).year
        counting = self._door.year(whoever(context), year, now=context.visit.moment)
        found = await self._refusals.or_why(update, counting)
        if found is None:
            return
        await self._say.acknowledge(update)
        held, lines = found
        await self._say.document(
            update,
            year_report(held, lines, self._say.label),
            f"theme-days-{year}.xlsx",
            "themedays/year_file",
            year=year,
        )

    def _year_of(self, context: Context) -> int:
        return context.visit.moment.astimezone(self._zone).year
