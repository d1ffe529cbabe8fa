"""Theme days as people see them: what comes, who comes, and a tap to say so."""

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.people.model import Role
from branch.theme_days.model import Answer, DayState, Reason, ThemeDayId
from branch.theme_days.planning import DayPlanner
from branch.theme_days.signing_up import Seen, SignUpDesk
from handlers.buttons import Keyboard, Row, ShowMenu, keyboard
from handlers.conversation import Handler
from handlers.notice_refusals import whoever
from handlers.replies import Say
from handlers.strangers import Strangers
from handlers.theme_day_buttons import (
    AnnounceDay,
    CancelDay,
    CancelDayForCertain,
    CannotCome,
    ChangeDay,
    Come,
    DayFile,
    PlanDay,
    SayWhy,
    ShowThemeDay,
    ShowThemeDays,
    ShowWhoComes,
)
from handlers.theme_day_refusals import ThemeDayRefusals
from handlers.visit import Context, current_visit

_REASONS = (Reason.CLASS, Reason.LAB, Reason.ILL, Reason.AWAY, Reason.OTHER)


class ThemeDays:
    def __init__(
        self,
        *,
        planner: DayPlanner,
        desk: SignUpDesk,
        refusals: ThemeDayRefusals,
        strangers: Strangers,
        say: Say,
    ) -> None:
        self._planner = planner
        self._desk = desk
        self._refusals = refusals
        self._strangers = strangers
        self._say = say

    def handlers(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            CommandHandler("themedays", self.show_all),
            tapped(self.show_all, ShowThemeDays.matches),
            tapped(self.show_tapped, ShowThemeDay.matches),
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
        rows: list[Row] = [
            [(label("themeday.in_list", title=day.plan.title), ShowThemeDay(day.id))]
            for day in days
        ]
        if visit.person is not None and visit.person.role.covers(Role.MEMBER):
            rows.append([(label("button.plan_day"), PlanDay())])
        rows.append([(label("button.menu"), ShowMenu())])
        plans = [day.plan for day in days]
        await self._say(update, "themedays/list", keyboard=keyboard(*rows), plans=plans)

    async def show_tapped(self, update: Update, context: Context) -> None:
        await self.open(update, ShowThemeDay.tapped(update).day)

    async def open(self, update: Update, number: int) -> None:
        """The day with this number, for a tap or a link that leads to it."""
        visit = current_visit()
        if visit.person is None:
            await self._strangers.invite_in(update)
            return
        seeing = self._desk.see(visit.person, ThemeDayId(number))
        seen = await self._refusals.or_why(update, seeing)
        if seen is not None:
            await self.show(update, seen)

    async def come(self, update: Update, context: Context) -> None:
        visit = context.visit
        if visit.person is None:
            await self._strangers.invite_in(update)
            return
        number = ThemeDayId(Come.tapped(update).day)
        coming = self._desk.come(visit.person, number, now=visit.moment)
        seen = await self._refusals.or_why(update, coming)
        if seen is not None and seen.mine is not None:
            await self.show(update, seen, toast=f"toast.day_{seen.mine.answer}")

    async def decline(self, update: Update, context: Context) -> None:
        visit = context.visit
        if visit.person is None:
            await self._strangers.invite_in(update)
            return
        number = ThemeDayId(CannotCome.tapped(update).day)
        declining = self._desk.decline(visit.person, number, now=visit.moment)
        seen = await self._refusals.or_why(update, declining)
        if seen is not None:
            await self.show(update, seen, toast="toast.day_cannot", ask_why=True)

    async def say_why(self, update: Update, context: Context) -> None:
        tap, visit = SayWhy.tapped(update), context.visit
        saying = self._desk.say_why(
            whoever(context), ThemeDayId(tap.day), tap.reason, now=visit.moment
        )
        seen = await self._refusals.or_why(update, saying)
        if seen is not None:
            await self.show(update, seen, toast="toast.day_why")

    async def show(
        self, update: Update, seen: Seen, *, toast: str = "", ask_why: bool = False
    ) -> None:
        plan, counts = seen.day.plan, seen.counts
        await self._say(
            update,
            "themedays/card",
            keyboard=self._keyboard(seen, ask_why=ask_why),
            toast=toast,
            plan=plan,
            cancelled=seen.day.state is DayState.CANCELLED,
            over=plan.starts_at <= current_visit().moment,
            counts=counts,
            free=counts.free_of(plan.capacity),
            mine=str(seen.mine.answer) if seen.mine else "",
            until=seen.mine.until if seen.mine else None,
            ask_why=ask_why,
        )

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

    def _keyboard(self, seen: Seen, *, ask_why: bool) -> Keyboard | None:
        visit, label, day = current_visit(), self._say.label, seen.day
        rows: list[Row] = []
        open_still = day.state is DayState.OPEN and day.plan.starts_at > visit.moment
        if open_still:
            rows += self._answers(seen, ask_why=ask_why)
            rows.append([(label("button.day_file"), DayFile(day.id))])
        person = visit.person
        if person is not None and person.role.covers(Role.MEMBER):
            members: list[Any] = [(label("button.who_comes"), ShowWhoComes(day.id))]
            if open_still:
                members.append((label("button.announce_day"), AnnounceDay(day.id)))
            rows.append(members)
            if open_still and (day.author == person.id or person.role.covers(Role.SECRETARY)):
                change = (label("button.change_day"), ChangeDay(day.id))
                rows.append([change, (label("button.cancel_day"), CancelDay(day.id))])
        rows.append(
            [(label("button.theme_days"), ShowThemeDays()), (label("button.menu"), ShowMenu())]
        )
        return keyboard(*rows)

    def _answers(self, seen: Seen, *, ask_why: bool) -> list[Row]:
        label, day = self._say.label, seen.day
        mine = seen.mine.answer if seen.mine else None
        free = seen.counts.free_of(day.plan.capacity)
        full = free is not None and (free == 0 or seen.counts.waiting > 0)
        rows: list[Row] = []
        if ask_why:
            reasons = [(label(f"whynot.{each}"), SayWhy(day.id, each)) for each in _REASONS]
            rows += [reasons[:3], reasons[3:]]
        come = "button.wait" if full and mine is not Answer.OFFERED else "button.come"
        answers: list[Any] = []
        if mine not in (Answer.GOING, Answer.WAITING):
            answers.append((label(come), Come(day.id)))
        if mine is not Answer.CANNOT:
            words = "button.no_more_waiting" if mine is Answer.WAITING else "button.cannot_come"
            answers.append((label(words), CannotCome(day.id)))
        return [*rows, answers]


def _told(attendant: Any, say: Say) -> str:
    reason = say.label(f"whynot.{attendant.reason}") if attendant.reason else ""
    inside = " \u00b7 ".join(each for each in (attendant.class_name, reason) if each)
    return (
        say.label("themeday.attendant", name=attendant.name, about=inside)
        if inside
        else str(attendant.name)
    )
