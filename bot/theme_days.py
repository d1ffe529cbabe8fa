"""Introduces what has to do with theme days to each other."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from telegram import Update

from branch.theme_days.letters import DayLetters
from branch.theme_days.planning import DayPlanner
from branch.theme_days.signing_up import SignUpDesk
from handlers.announce_theme_day import Announcing
from handlers.conversation import Conversation, Handler
from handlers.plan_theme_day import PlanThemeDay
from handlers.replies import Say
from handlers.strangers import Strangers
from handlers.theme_day_buttons import CannotCome, Come, ShowThemeDay
from handlers.theme_day_refusals import ThemeDayRefusals
from handlers.theme_days import ThemeDays
from storage.work import Transactions
from texts.renderer import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeDayParts:
    """What is done with theme days, whoever asks for it: people in a chat, or the clock."""

    planner: DayPlanner
    desk: SignUpDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeDayDoors:
    """`open` shows a day to whom a link leads to it."""

    conversations: list[Conversation]
    handlers: list[Handler]
    announcing: Announcing
    refusals: ThemeDayRefusals
    open: Callable[[Update, int], Awaitable[None]]


def theme_day_parts(transactions: Transactions, texts: Texts) -> ThemeDayParts:
    letters = DayLetters(
        texts,
        show=lambda day: ShowThemeDay(day).pack(),
        go=lambda day: Come(day).pack(),
        cannot=lambda day: CannotCome(day).pack(),
    )
    begin, look = transactions.begin, transactions.look
    return ThemeDayParts(
        planner=DayPlanner(begin, look, letters), desk=SignUpDesk(begin, look, letters)
    )


def theme_day_doors(
    parts: ThemeDayParts, *, strangers: Strangers, zone: ZoneInfo, say: Say
) -> ThemeDayDoors:
    refusals = ThemeDayRefusals(say)
    days = ThemeDays(
        planner=parts.planner, desk=parts.desk, refusals=refusals, strangers=strangers, say=say
    )
    planning = PlanThemeDay(
        planner=parts.planner,
        desk=parts.desk,
        days=days,
        refusals=refusals,
        zone=zone,
        say=say,
    )
    return ThemeDayDoors(
        conversations=[planning.conversation()],
        handlers=days.handlers(),
        announcing=Announcing(parts.desk, say),
        refusals=refusals,
        open=days.open,
    )
