"""Reminders of exam dates: asked for with one tap, and set up by some more."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.exam_calendar.model import MILESTONES, Milestone
from branch.exam_calendar.reminder_book import OneMustRemain, ReminderBook, Reminders
from branch.exam_calendar.reminders import LEADS
from branch.people.model import Person
from handlers.buttons import Button, Row, ShowCalendar, keyboard
from handlers.calendar_buttons import (
    EndReminders,
    PauseReminders,
    RemindAhead,
    RemindOf,
    RemindWeekly,
    ShowLeads,
    ShowRemindedOf,
    ShowReminders,
    StartReminders,
)
from handlers.conversation import Handler
from handlers.date_words import CalendarWords
from handlers.notice_buttons import ShowWishes
from handlers.replies import Say
from handlers.strangers import Strangers
from handlers.visit import Context

COMING_SHOWN = 5
Deed = Callable[[Person, Update, datetime], Awaitable[Reminders]]
Screen = Callable[[Update, Context, Reminders], Awaitable[None]]


class Remind:
    def __init__(
        self, *, book: ReminderBook, words: CalendarWords, strangers: Strangers, say: Say
    ) -> None:
        self._book = book
        self._words = words
        self._strangers = strangers
        self._say = say

    def handlers(self) -> list[Handler]:
        show = self._step(self._mine, self._show)
        return [
            CommandHandler("remind", show),
            CallbackQueryHandler(show, ShowReminders.matches),
            self._tap(StartReminders, self._start, self._show),
            self._tap(PauseReminders, self._pause, self._show),
            self._tap(EndReminders, self._end, self._show),
            self._tap(ShowRemindedOf, self._mine, self._show_milestones),
            self._tap(RemindOf, self._remind_of, self._show_milestones),
            self._tap(ShowLeads, self._mine, self._show_leads),
            self._tap(RemindAhead, self._remind_ahead, self._show_leads),
            self._tap(RemindWeekly, self._remind_weekly, self._show_leads),
        ]

    async def _mine(self, person: Person, update: Update, now: datetime) -> Reminders:
        return await self._book.mine(person, now=now)

    async def _start(self, person: Person, update: Update, now: datetime) -> Reminders:
        return await self._book.start(person, now=now)

    async def _pause(self, person: Person, update: Update, now: datetime) -> Reminders:
        paused = bool(PauseReminders.tapped(update).paused)
        return await self._book.pause(person, paused=paused, now=now)

    async def _end(self, person: Person, update: Update, now: datetime) -> Reminders:
        return await self._book.end(person, now=now)

    async def _remind_of(self, person: Person, update: Update, now: datetime) -> Reminders:
        tap = RemindOf.tapped(update)
        if not tap.milestone:
            return await self._book.of_all(person, now=now)
        return await self._book.of(person, tap.milestone, wanted=bool(tap.wanted), now=now)

    async def _remind_ahead(self, person: Person, update: Update, now: datetime) -> Reminders:
        tap = RemindAhead.tapped(update)
        return await self._book.ahead(person, tap.days, wanted=bool(tap.wanted), now=now)

    async def _remind_weekly(self, person: Person, update: Update, now: datetime) -> Reminders:
        wanted = bool(RemindWeekly.tapped(update).wanted)
        return await self._book.weekly(person, wanted=wanted, now=now)

    async def _show(self, update: Update, context: Context, mine: Reminders) -> None:
        wish, language, label = mine.subscription, context.visit.language, self._say.label
        names = {step.id: self._words.name(step, language) for step in self._steps(mine)}
        coming = [
            (due.at, names[due.step.id], self._lead(due.lead)) for due in mine.coming[:COMING_SHOWN]
        ]
        await self._say(
            update,
            "reminders/mine",
            keyboard=keyboard(
                *self._rows(mine),
                [
                    (label("button.notice_wishes"), ShowWishes()),
                    (label("button.calendar"), ShowCalendar(mine.intake)),
                ],
            ),
            intake=mine.intake,
            asked=wish is not None,
            paused=wish is not None and not wish.active,
            milestones=[]
            if wish is None
            else [names[i] for i in MILESTONES if i in wish.milestones],
            leads=[] if wish is None else [self._lead(i) for i in LEADS if i in wish.leads],
            coming=coming,
        )

    def _rows(self, mine: Reminders) -> list[Row]:
        wish, label = mine.subscription, self._say.label
        if wish is None:
            return [[(label("button.remind_me"), StartReminders())]]
        end = (label("button.end_reminders"), EndReminders())
        if not wish.active:
            return [[(label("button.resume"), PauseReminders(0)), end]]
        return [
            [
                (label("button.reminded_of"), ShowRemindedOf()),
                (label("button.leads"), ShowLeads()),
            ],
            [(label("button.pause"), PauseReminders(1)), end],
        ]

    async def _show_milestones(self, update: Update, context: Context, mine: Reminders) -> None:
        wish, language = mine.subscription, context.visit.language
        if wish is None:
            await self._show(update, context, mine)
            return
        buttons: Row = [
            (
                self._ticked(self._words.name(step, language), wanted=wish.wants(step.id)),
                RemindOf(step.id, int(not wish.wants(step.id))),
            )
            for step in self._steps(mine)
        ]
        every = (
            self._ticked(self._say.label("button.every_milestone"), wanted=not wish.milestones),
            RemindOf("", 1),
        )
        rows = [[every], *_in_twos(buttons), self._back()]
        await self._say(update, "reminders/milestones", keyboard=keyboard(*rows))

    async def _show_leads(self, update: Update, context: Context, mine: Reminders) -> None:
        wish = mine.subscription
        if wish is None:
            await self._show(update, context, mine)
            return
        buttons: Row = [
            (
                self._ticked(self._lead(lead), wanted=lead in wish.leads),
                RemindAhead(lead, int(lead not in wish.leads)),
            )
            for lead in LEADS
        ]
        weekly = (
            self._ticked(self._say.label("button.weekly_reminder"), wanted=wish.weekly),
            RemindWeekly(int(not wish.weekly)),
        )
        rows = [*_in_twos(buttons), [weekly], self._back()]
        await self._say(update, "reminders/leads", keyboard=keyboard(*rows))

    def _step(self, deed: Deed, screen: Screen) -> Callable[[Update, Context], Any]:
        async def step(update: Update, context: Context) -> None:
            visit = context.visit
            if visit.person is None:
                await self._strangers.invite_in(update)
                return
            try:
                mine = await deed(visit.person, update, visit.moment)
            except (OneMustRemain, KeyError):
                await self._say.toast(update, "toast.one_must_remain", alert=True)
                return
            await screen(update, context, mine)

        return step

    def _tap(self, button: type[Button], deed: Deed, screen: Screen) -> Handler:
        return CallbackQueryHandler(self._step(deed, screen), button.matches)

    def _steps(self, mine: Reminders) -> Sequence[Milestone]:
        return self._words.milestones(mine.intake)

    def _lead(self, days: int) -> str:
        name = {0: "ahead.day_itself", 1: "ahead.day_before"}.get(days, "ahead.days_before")
        return self._say.label(name, days=days)

    def _ticked(self, words: str, *, wanted: bool) -> str:
        return self._say.label("ahead.ticked", words=words) if wanted else words

    def _back(self) -> Row:
        return [(self._say.label("button.back"), ShowReminders())]


def _in_twos(buttons: Sequence[tuple[str, Button | str]]) -> list[Row]:
    return [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
