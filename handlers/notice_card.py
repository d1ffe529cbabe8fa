"""The card of a notice: how far it is, and what can be done about it; one message that renews."""

from datetime import datetime, timedelta
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import ExtBot

from branch.notices.letters import gist
from branch.notices.model import CAN_BE_RECALLED_FOR, Notice, NoticeId, NoticeState, Progress
from branch.notices.shelf import NoticeShelf
from branch.outbox.enclosures import Packet
from branch.people.model import Person, Role
from handlers.buttons import Keyboard, Row, keyboard
from handlers.notice_buttons import (
    ApproveNotice,
    CopyNotice,
    CorrectNotice,
    NoticeDeed,
    ReadNotice,
    RefuseNotice,
    RemindUnread,
    SendReport,
    ShowNotice,
    ShowNotices,
    ShowUnread,
    SteerForCertain,
    SteerNotice,
)
from handlers.packing import Way, edit
from handlers.replies import Say
from handlers.visit import current_visit
from texts.language import Language
from texts.renderer import Texts

BAR = 12
_SENT = (NoticeState.RUNNING, NoticeState.PAUSED, NoticeState.DONE)
_OPEN = (
    NoticeState.PENDING,
    NoticeState.RECURRING,
    NoticeState.RUNNING,
    NoticeState.PAUSED,
)


class NoticeCards:
    def __init__(self, shelf: NoticeShelf, bot: ExtBot[Any], texts: Texts, say: Say) -> None:
        self._shelf = shelf
        self._bot = bot
        self._texts = texts
        self._say = say
        self._drawn: dict[NoticeId, tuple[int | None, str, str]] = {}

    async def show(self, update: Update, notice: Notice) -> None:
        """Show it, as the message that renews itself from now on."""
        visit = current_visit()
        if visit.person is None:
            return
        present, progress = await self._shelf.get(visit.person, notice.id, now=visit.moment)
        message = await self._say(
            update,
            "notices/card",
            keyboard=self.keyboard(present, progress, visit.person, visit.moment),
            **self.values(present, progress, visit.language, visit.moment),
        )
        await self._shelf.show_card(notice.id, chat=visit.chat_id, message=message)

    async def redraw(self, notice: Notice, *, pause: timedelta, now: datetime) -> None:
        """Renew its message if it says something else, unless that was done within `pause`.

        What waits for tomorrow is looked at all the while: it costs a look, not a call.
        """
        found = await self._shelf.on_card(notice.id, now=now)
        if found is None:
            return
        present, progress, reader = found
        values = self.values(present, progress, reader.language, now)
        text = self._texts.render("notices/card", reader.language, **values)
        buttons = self.keyboard(present, progress, reader, now)
        drawn = (text, str(buttons and buttons.to_dict()))
        if self._drawn.get(notice.id) == (present.card_message, *drawn):
            return
        if not await self._shelf.may_redraw(notice.id, pause=pause, now=now):
            return
        self._drawn[notice.id] = (present.card_message, *drawn)
        way = Way(chat=present.card_chat or 0, silently=True, lane=None)
        try:
            await edit(self._bot, way, present.card_message or 0, Packet(text), buttons)
        except TelegramError:
            return  # a picture of the moment: the next one comes soon

    def values(
        self, notice: Notice, progress: Progress, language: Language, now: datetime
    ) -> dict[str, Any]:
        done = progress.total - progress.waiting
        filled = round(BAR * done / progress.total) if progress.total else 0
        return {
            "number": notice.id,
            "gist": gist(notice.draft),
            "author": notice.author_name,
            "state": str(notice.state),
            "paused_itself": notice.paused_itself,
            "starts_at": notice.starts_at,
            "recurs_as": notice.draft.recurs_as,
            "to_come": notice.starts_at > now,
            "recipients": notice.recipients,
            "progress": progress,
            "bar": "▰" * filled + "▱" * (BAR - filled),
            "percent": round(100 * done / progress.total) if progress.total else 0,
            "wants_receipt": notice.draft.wants_receipt,
            "edition": notice.edition,
            "amending": notice.edition > 0 and notice.amended_at is None,
            "kind": self._texts.label(f"noticekind.{notice.draft.kind}", language),
            "urgent": notice.draft.urgent,
            "minutes_left": None
            if progress.seconds_left is None
            else max(1, round(progress.seconds_left / 60)),
            "waits_until": progress.next_at
            if progress.next_at is not None and progress.next_at > now + timedelta(minutes=2)
            else None,
        }

    def keyboard(
        self, notice: Notice, progress: Progress, reader: Person, now: datetime
    ) -> Keyboard | None:
        """Its author and secretaries can do something about it; other members can look."""
        language = reader.language
        rows: list[Row] = []
        if notice.author == reader.id or reader.role.covers(Role.SECRETARY):
            rows += self._deeds(notice, progress, reader, now)
        look: list[Any] = [self._button("read_notice", ReadNotice(notice.id), language)]
        if notice.recipients:
            look.append(self._button("report_file", SendReport(notice.id), language))
        rows.append(look)
        rows.append(
            [
                self._button("refresh", ShowNotice(notice.id), language),
                self._button("all_notices", ShowNotices(0), language),
            ]
        )
        return keyboard(*rows)

    def _deeds(
        self, notice: Notice, progress: Progress, reader: Person, now: datetime
    ) -> list[Row]:
        language, number, state = reader.language, notice.id, notice.state
        rows: list[Row] = []
        if state is NoticeState.PENDING and notice.author != reader.id:
            rows.append(
                [
                    self._button("approve", ApproveNotice(number), language),
                    self._button("refuse", RefuseNotice(number), language),
                ]
            )
        steering: list[Any] = []
        if state is NoticeState.RUNNING and progress.waiting:
            steering.append(self._steer("pause_notice", NoticeDeed.PAUSE, notice, language))
        if state is NoticeState.PAUSED:
            steering.append(self._steer("resume_notice", NoticeDeed.RESUME, notice, language))
        if state in _OPEN:
            steering.append(self._steer("cancel_notice", NoticeDeed.CANCEL, notice, language))
        rows.append(steering)
        # who returns while it is of use gets it without being asked for
        missed = progress.failed or (progress.unreachable and now > notice.useful_until)
        rows += self._settling(notice, progress, language, again=bool(missed))
        rows += self._afterwards(notice, progress, language, now)
        return rows

    def _settling(
        self, notice: Notice, progress: Progress, language: Language, *, again: bool
    ) -> list[Row]:
        rows: list[Row] = []
        if notice.state not in _SENT:
            return rows
        if again:
            deed = NoticeDeed.SEND_FAILED_AGAIN
            rows.append([self._steer("send_failed_again", deed, notice, language)])
        if progress.unknown:
            rows.append(
                [
                    self._steer(
                        "send_unknown_again", NoticeDeed.SEND_UNKNOWN_AGAIN, notice, language
                    ),
                    self._steer(
                        "take_as_delivered", NoticeDeed.TAKE_AS_DELIVERED, notice, language
                    ),
                ]
            )
        return rows

    def _afterwards(
        self, notice: Notice, progress: Progress, language: Language, now: datetime
    ) -> list[Row]:
        number = notice.id
        rows: list[Row] = []
        got = progress.delivered + progress.unknown
        if notice.draft.wants_receipt and got > progress.receipts:
            remind = RemindUnread(number, notice.reminders + 1)
            rows.append(
                [
                    self._button("who_has_not", ShowUnread(number), language),
                    self._button("remind_unread", remind, language),
                ]
            )
        amend: list[Any] = []
        if notice.state in _SENT and notice.recipients:
            amend.append(self._button("correct_notice", CorrectNotice(number), language))
            if now < notice.useful_until + CAN_BE_RECALLED_FOR:
                amend.append(self._steer("recall_notice", NoticeDeed.RECALL, notice, language))
        rows.append(amend)
        rows.append([self._button("copy_notice", CopyNotice(number), language)])
        return rows

    def _steer(
        self, name: str, deed: NoticeDeed, notice: Notice, language: Language
    ) -> tuple[str, Any]:
        return self._button(name, SteerNotice(deed, notice.id), language)

    def certain(self, deed: NoticeDeed, notice: Notice, language: Language) -> Keyboard | None:
        """A second look, before what cannot be taken back."""
        return keyboard(
            [self._button(f"{deed}_for_certain", SteerForCertain(deed, notice.id), language)],
            [self._button("back", ShowNotice(notice.id), language)],
        )

    def _button(self, name: str, tap: Any, language: Language) -> tuple[str, Any]:
        return self._texts.label(f"button.{name}", language), tap
