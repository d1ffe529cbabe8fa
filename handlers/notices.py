"""Notices that were sent and are to be sent: found, looked at, steered."""

from collections.abc import Awaitable
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.notices.letters import gist
from branch.notices.model import Notice, Progress
from branch.notices.shelf import NoticeShelf
from handlers.buttons import Row, ShowMenu, keyboard
from handlers.conversation import Handler
from handlers.incoming import argument_of
from handlers.notice_buttons import (
    ShowComing,
    ShowNotice,
    ShowNotices,
    ShowSentByClock,
    WriteNotice,
)
from handlers.notice_refusals import NoticeRefusals, whoever
from handlers.replies import Say
from handlers.visit import Context, current_visit
from texts.language import Language

DAYS_AHEAD: Final = 30
MOST_COMING: Final = 25


class Reminders(Protocol):
    """What the exam calendar sends, and what its letters are called."""

    def __call__(
        self, language: Language, *, now: datetime, until: datetime
    ) -> Awaitable[list[tuple[datetime, str, int, bool]]]: ...
    def named(self, about: str, language: Language) -> str: ...


class Notices:
    """`reminders` tells what the exam calendar sends in the next days, and to how many."""

    def __init__(
        self,
        *,
        shelf: NoticeShelf,
        reminders: Reminders,
        refusals: NoticeRefusals,
        say: Say,
    ) -> None:
        self._shelf = shelf
        self._reminders = reminders
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            CommandHandler("notices", self.show_found),
            tapped(self.show_found, ShowNotices.matches),
            tapped(self.show_coming, ShowComing.matches),
            tapped(self.show_sent, ShowSentByClock.matches),
        ]

    async def show_found(self, update: Update, context: Context) -> None:
        """The latest, or those with the words of the command in them."""
        visit, label = context.visit, self._say.label
        words = "" if update.callback_query else argument_of(update)
        page = ShowNotices.tapped(update).page if update.callback_query else 0
        finding = self._shelf.find(whoever(context), words=words, page=page, now=visit.moment)
        found = await self._refusals.or_why(update, finding)
        if found is None:
            return
        some, more = found
        rows: list[Row] = [
            [
                (
                    label("notice.in_list", number=each.id, gist=gist(each.draft, 24)),
                    ShowNotice(each.id),
                )
            ]
            for each in some
        ]
        turn: list[Any] = []
        if page:
            turn.append((label("button.newer"), ShowNotices(page - 1)))
        if more and not words:
            turn.append((label("button.older"), ShowNotices(page + 1)))
        rows += [
            turn,
            [
                (label("button.write_notice"), WriteNotice()),
                (label("button.coming_notices"), ShowComing()),
            ],
            [(label("button.menu"), ShowMenu())],
        ]
        await self._say(
            update,
            "notices/list",
            keyboard=keyboard(*rows),
            notices=[_line(each) for each in some],
            words=words,
            more=more,
        )

    async def show_coming(self, update: Update, context: Context) -> None:
        """What goes out in the next days, and to how many."""
        visit, label = context.visit, self._say.label
        looking = self._shelf.coming(whoever(context), days=DAYS_AHEAD, now=visit.moment)
        coming = await self._refusals.or_why(update, looking)
        if coming is None:
            return
        until = visit.moment + timedelta(days=DAYS_AHEAD)
        lines: list[Any] = [
            (each.at, gist(each.notice.draft, 24), each.people, False) for each in coming
        ]
        lines += await self._reminders(visit.language, now=visit.moment, until=until)
        lines.sort(key=lambda line: line[0])
        await self._say(
            update,
            "notices/coming",
            keyboard=keyboard(
                [
                    (label("button.sent_by_clock"), ShowSentByClock()),
                    (label("button.all_notices"), ShowNotices(0)),
                ]
            ),
            days=DAYS_AHEAD,
            lines=lines[:MOST_COMING],
            further=max(0, len(lines) - MOST_COMING),
        )

    async def show_sent(self, update: Update, context: Context) -> None:
        """What became of the reminders of the last days."""
        visit, label = context.visit, self._say.label
        looking = self._shelf.sent_by_the_clock(whoever(context), days=DAYS_AHEAD, now=visit.moment)
        sent = await self._refusals.or_why(update, looking)
        if sent is None:
            return
        await self._say(
            update,
            "notices/sent_by_clock",
            keyboard=keyboard([(label("button.coming_notices"), ShowComing())]),
            days=DAYS_AHEAD,
            lines=[
                (each.at, self._named(each.about), Progress(fates=each.fates))
                for each in sent[:MOST_COMING]
            ],
            further=max(0, len(sent) - MOST_COMING),
        )

    def _named(self, about: str) -> str:
        match about.split(":"):
            case ["week", *_]:
                return self._say.label("notice.week_ahead")
            case ["day", number, *_]:
                return self._say.label("notice.of_day", number=number)
            case _:
                return self._reminders.named(about, current_visit().language)


def _line(notice: Notice) -> dict[str, Any]:
    return {
        "number": notice.id,
        "gist": gist(notice.draft, 24),
        "state": str(notice.state),
        "at": notice.starts_at,
        "recipients": notice.recipients,
        "author": notice.author_name,
    }
