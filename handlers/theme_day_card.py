"""The card of a theme day: what it is, whether one comes, and what can be done about it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from telegram import Update

from branch.people.model import Role
from branch.theme_days.attendance import closes_at, opens_at
from branch.theme_days.model import Answer, DayState, Reason, may_change
from branch.theme_days.signing_up import Seen
from handlers.buttons import Keyboard, Row, ShowMenu, keyboard
from handlers.replies import Say
from handlers.theme_day_buttons import (
    AnnounceDay,
    AskHowItWas,
    CancelDay,
    CannotCome,
    ChangeDay,
    CheckIn,
    Come,
    DayFile,
    SayWhy,
    ShowCover,
    ShowDayDeeds,
    ShowMinutes,
    ShowSpeakerQuestions,
    ShowThemeDays,
    ShowWhoComes,
)
from handlers.visit import current_visit

Themes = Callable[[int], Awaitable[Sequence[str]]]
"""What is discussed on the day of a number, in a few words each."""
_REASONS = (Reason.CLASS, Reason.LAB, Reason.ILL, Reason.AWAY, Reason.OTHER)


class ThemeDayCards:
    def __init__(self, themes: Themes, say: Say) -> None:
        self._themes = themes
        self._say = say

    async def show(
        self, update: Update, seen: Seen, *, toast: str = "", ask_why: bool = False
    ) -> None:
        plan, counts, now = seen.day.plan, seen.counts, current_visit().moment
        await self._say(
            update,
            "themedays/card",
            keyboard=self._keyboard(seen, ask_why=ask_why),
            toast=toast,
            plan=plan,
            series=seen.series.plan.name if seen.series else "",
            cancelled=seen.day.state is DayState.CANCELLED,
            over=plan.starts_at <= now,
            counts=counts,
            free=counts.free_of(plan.capacity),
            mine=str(seen.mine.answer) if seen.mine else "",
            until=seen.mine.until if seen.mine else None,
            leads=[
                self._say.label(f"daylead.h{each}")
                for each in plan.leads
                if seen.day.reminded_at(each) > now
            ],
            there=seen.there,
            came=seen.came if now >= opens_at(seen.day) else 0,
            ask_why=ask_why,
            themes=await self._themes(seen.day.id),
        )

    def _keyboard(self, seen: Seen, *, ask_why: bool) -> Keyboard | None:
        visit, label, day = current_visit(), self._say.label, seen.day
        held = day.state is DayState.OPEN
        open_still = held and day.plan.starts_at > visit.moment
        rows: list[Row] = []
        if held and opens_at(day) <= visit.moment < closes_at(day) and not seen.there:
            rows.append([(label("button.check_in"), CheckIn(day.id))])
        if open_still:
            rows += self._answers(seen, ask_why=ask_why)
        if held:
            rows += self._things(seen, open_still=open_still)
        rows += self._for_members(seen, open_still=open_still)
        rows.append(
            [(label("button.theme_days"), ShowThemeDays()), (label("button.menu"), ShowMenu())]
        )
        return keyboard(*rows)

    def _things(self, seen: Seen, *, open_still: bool) -> list[Row]:
        """What there is to see, to ask and to say."""
        label, day, now = self._say.label, seen.day, current_visit().moment
        things: list[Any] = []
        if seen.questions or now < day.ends_at():
            asked = label("button.speaker_questions", count=seen.questions)
            things.append((asked, ShowSpeakerQuestions(day.id)))
        if open_still:
            things.append((label("button.day_file"), DayFile(day.id)))
        if day.plan.cover:
            things.append((label("button.cover"), ShowCover(day.id)))
        if seen.has_minutes:
            things.append((label("button.minutes"), ShowMinutes(day.id)))
        expected = seen.there or (seen.mine is not None and seen.mine.answer is Answer.GOING)
        if now >= day.ends_at() and expected and not seen.has_rated:
            things.append((label("button.how_was_it"), AskHowItWas(day.id)))
        return [things[at : at + 2] for at in range(0, len(things), 2)]

    def _for_members(self, seen: Seen, *, open_still: bool) -> list[Row]:
        label, day, person = self._say.label, seen.day, current_visit().person
        if person is None or not person.role.covers(Role.MEMBER):
            return []
        members: list[Any] = [(label("button.who_comes"), ShowWhoComes(day.id))]
        if open_still:
            members.append((label("button.announce_day"), AnnounceDay(day.id)))
        if day.state is DayState.OPEN:
            members.append((label("button.day_deeds"), ShowDayDeeds(day.id)))
        rows: list[Row] = [members]
        if open_still and may_change(person, day.author):
            change = (label("button.change_day"), ChangeDay(day.id))
            rows.append([change, (label("button.cancel_day"), CancelDay(day.id))])
        return rows

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
