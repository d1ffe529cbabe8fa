"""Who has got a notice and who has said so: by class, and as a table."""

from datetime import tzinfo
from typing import Final

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.notices.model import NoticeId
from branch.notices.shelf import NoticeShelf
from branch.outbox.model import Fate
from handlers.buttons import Row, keyboard
from handlers.conversation import Handler
from handlers.notice_buttons import (
    RemindUnread,
    SendReport,
    ShowNotice,
    ShowUnread,
    WriteToUnread,
)
from handlers.notice_refusals import NoticeRefusals, whoever
from handlers.notice_report import report
from handlers.replies import Say
from handlers.visit import Context

MOST_NAMES: Final = 20


class NoticeReaders:
    def __init__(
        self, *, shelf: NoticeShelf, zone: tzinfo, refusals: NoticeRefusals, say: Say
    ) -> None:
        self._shelf = shelf
        self._zone = zone
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            CallbackQueryHandler(self.show_unread, ShowUnread.matches),
            CallbackQueryHandler(self.send_report, SendReport.matches),
        ]

    async def show_unread(self, update: Update, context: Context) -> None:
        """Who got it and has not said so, by class."""
        visit, label = context.visit, self._say.label
        number = NoticeId(ShowUnread.tapped(update).notice)
        reading = self._shelf.lines(whoever(context), number, now=visit.moment)
        found = await self._refusals.or_why(update, reading)
        if found is None:
            return
        notice, lines = found
        got = (Fate.DELIVERED, Fate.UNKNOWN)
        classes: dict[str, list[str]] = {}
        for line in lines:
            if line.fate in got and line.receipt_at is None:
                name = line.class_name or label("audience.no_class")
                classes.setdefault(name, []).append(line.name)
        remind = RemindUnread(number, notice.reminders + 1)
        rows: list[Row] = [
            [
                (label("button.remind_unread"), remind),
                (label("button.write_to_unread"), WriteToUnread(number)),
            ],
            [(label("button.back"), ShowNotice(number))],
        ]
        await self._say(
            update,
            "notices/unread",
            keyboard=keyboard(*rows),
            number=number,
            count=sum(map(len, classes.values())),
            classes=[(name, who[:MOST_NAMES], len(who)) for name, who in classes.items()],
        )

    async def send_report(self, update: Update, context: Context) -> None:
        """Who got it and who has said so, a line each."""
        visit, number = context.visit, NoticeId(SendReport.tapped(update).notice)
        reading = self._shelf.lines(whoever(context), number, now=visit.moment)
        found = await self._refusals.or_why(update, reading)
        if found is None:
            return
        notice, lines = found
        await self._say.acknowledge(update)
        await self._say.document(
            update,
            report(notice, lines, self._say.label, self._zone),
            f"notice-{number}.xlsx",
            "notices/report",
            number=number,
            count=len(lines),
            receipts=sum(line.receipt_at is not None for line in lines),
        )
