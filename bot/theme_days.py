"""Introduces what has to do with theme days to each other."""

from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

from msgspec import Struct
from telegram import Update

from bot.door_watch import DoorWatch
from bot.ground import Ground
from bot.hall import Doors, Hall
from branch.dates.holidays import Holidays
from branch.theme_days.asking_speakers import SpeakerDesk
from branch.theme_days.door import Door
from branch.theme_days.leaving import Afterwards
from branch.theme_days.letters import DayLetters, DayTaps
from branch.theme_days.looking_ahead import DaysAhead
from branch.theme_days.planning import DayPlanner
from branch.theme_days.series_desk import SeriesDesk
from branch.theme_days.signing_up import SignUpDesk
from handlers.announce_theme_day import Announcing
from handlers.ask_guidance import Overhear
from handlers.door_card import DoorCards
from handlers.found_series import FoundSeries
from handlers.plan_theme_day import PlanThemeDay
from handlers.replies import Say
from handlers.theme_day_buttons import CannotCome, ChangeDay, Come, RateDay, ShowThemeDay
from handlers.theme_day_card import ThemeDayCards, Themes
from handlers.theme_day_door import ThemeDayDoor
from handlers.theme_day_feedback import ThemeDayFeedback
from handlers.theme_day_minutes import ThemeDayMinutes
from handlers.theme_day_questions import ThemeDayQuestions
from handlers.theme_day_refusals import ThemeDayRefusals
from handlers.theme_day_series import ThemeDaySeries
from handlers.theme_days import ThemeDays


class ThemeDayParts(Struct, frozen=True, kw_only=True):
    """What is done with theme days, whoever asks for it: people in a chat, or the clock."""

    planner: DayPlanner
    desk: SignUpDesk
    series: SeriesDesk
    door: Door
    speakers: SpeakerDesk
    after: Afterwards
    ahead: DaysAhead
    cards: DoorCards
    watch: DoorWatch


class ThemeDayDoors(Doors, frozen=True, kw_only=True):
    """`open` shows a day to whom a link leads to it, `enter` is the link at its door.

    `overhear` takes a code that somebody sends without a word.
    """

    announcing: Announcing
    refusals: ThemeDayRefusals
    open: Callable[[Update, int], Awaitable[None]]
    enter: Callable[[Update, str], Awaitable[None]]
    overhear: Overhear


def theme_day_parts(ground: Ground, *, busy: Holidays) -> ThemeDayParts:
    texts, zone = ground.texts, ground.zone
    letters = DayLetters(
        texts,
        DayTaps(
            show=lambda day: ShowThemeDay(day).pack(),
            go=lambda day: Come(day).pack(),
            cannot=lambda day: CannotCome(day).pack(),
            change=lambda day: ChangeDay(day).pack(),
            rate=lambda day, rating: RateDay(day, rating).pack(),
        ),
    )
    begin, look = ground.transactions.begin, ground.transactions.look
    door, cards = Door(begin, look, zone=zone), DoorCards(ground.bot, texts, zone)
    return ThemeDayParts(
        planner=DayPlanner(begin, look, letters, busy=busy, zone=zone),
        desk=SignUpDesk(begin, look, letters),
        series=SeriesDesk(begin, look, letters, busy=busy, zone=zone),
        door=door,
        speakers=SpeakerDesk(begin, look),
        after=Afterwards(begin, look, letters),
        ahead=DaysAhead(look, busy=busy, zone=zone),
        cards=cards,
        watch=DoorWatch(door, cards, ground.now),
    )


def theme_day_doors(parts: ThemeDayParts, hall: Hall, *, themes: Themes) -> ThemeDayDoors:
    strangers, zone, say = hall.strangers, hall.zone, hall.say
    refusals, cards = ThemeDayRefusals(say), ThemeDayCards(themes, say)
    days = ThemeDays(
        planner=parts.planner,
        desk=parts.desk,
        cards=cards,
        refusals=refusals,
        strangers=strangers,
        say=say,
    )
    series = ThemeDaySeries(desk=parts.series, refusals=refusals, say=say)
    forms = _forms(parts, days=days, series=series, refusals=refusals, zone=zone, say=say)
    door = ThemeDayDoor(
        door=parts.door,
        cards=parts.cards,
        hung=parts.watch.wake,
        refusals=refusals,
        strangers=strangers,
        zone=zone,
        say=say,
    )
    questions = ThemeDayQuestions(desk=parts.speakers, refusals=refusals, say=say)
    minutes = ThemeDayMinutes(after=parts.after, desk=parts.desk, refusals=refusals, say=say)
    feedback = ThemeDayFeedback(after=parts.after, refusals=refusals, say=say)
    with_talks = (*forms, door, questions, minutes, feedback)
    with_taps = (days, series, door, questions, minutes, feedback)
    return ThemeDayDoors(
        conversations=[each.conversation() for each in with_talks],
        handlers=[handler for each in with_taps for handler in each.handlers()],
        announcing=Announcing(parts.desk, say),
        refusals=refusals,
        open=days.open_with_cover,
        enter=door.follow,
        overhear=door.overhear,
    )


def _forms(
    parts: ThemeDayParts,
    *,
    days: ThemeDays,
    series: ThemeDaySeries,
    refusals: ThemeDayRefusals,
    zone: ZoneInfo,
    say: Say,
) -> tuple[PlanThemeDay, FoundSeries]:
    planning = PlanThemeDay(
        planner=parts.planner,
        desk=parts.desk,
        series=parts.series,
        days=days,
        refusals=refusals,
        zone=zone,
        say=say,
    )
    return planning, FoundSeries(
        desk=parts.series, pages=series, refusals=refusals, zone=zone, say=say
    )
