"""What is kept about me: shown, given as a file, or deleted for good after two confirmations."""

import json
from enum import StrEnum
from io import BytesIO

from msgspec import Struct
from telegram import InlineKeyboardMarkup, InputFile, Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.people.model import Role
from branch.people.register import Register
from handlers.buttons import (
    Confirm,
    DeleteMine,
    ExportMine,
    Leave,
    Row,
    ShowMenu,
    ShowPrivacy,
    keyboard,
)
from handlers.conversation import END, Conversation, Handler, Outcome, Scene
from handlers.replies import Say
from handlers.strangers import Strangers
from handlers.visit import Context


class Deleting(StrEnum):
    SURE = "sure"
    REALLY_SURE = "really_sure"


class DeleteDraft(Struct):
    """Nothing is kept between the scenes but where one is."""


class Privacy:
    def __init__(self, *, register: Register, strangers: Strangers, say: Say) -> None:
        self._register = register
        self._strangers = strangers
        self._say = say

    def conversation(self) -> Conversation:
        leave = CallbackQueryHandler(self.keep, Leave.matches)
        return Conversation(
            name="delete",
            draft=DeleteDraft,
            entries=[CallbackQueryHandler(self.begin_deleting, DeleteMine.matches)],
            scenes={
                Deleting.SURE: Scene(
                    self.ask_sure,
                    [CallbackQueryHandler(self.first_yes, Confirm.matches), leave],
                ),
                Deleting.REALLY_SURE: Scene(
                    self.ask_really_sure,
                    [CallbackQueryHandler(self.delete, Confirm.matches), leave],
                ),
            },
        )

    def handlers(self) -> list[Handler]:
        return [
            CommandHandler("privacy", self.show),
            CallbackQueryHandler(self.show, ShowPrivacy.matches),
            CallbackQueryHandler(self.export, ExportMine.matches),
        ]

    async def show(self, update: Update, context: Context) -> None:
        label, person = self._say.label, context.visit.person
        rows: list[Row] = [[(label("button.menu"), ShowMenu())]]
        if person is not None:
            export = (label("button.export"), ExportMine())
            rows = [[export], [(label("button.delete"), DeleteMine())], *rows]
        await self._say(update, "privacy/privacy", keyboard=keyboard(*rows), person=person)

    async def export(self, update: Update, context: Context) -> None:
        visit = context.visit
        if visit.person is None:
            await self._strangers.invite_in(update)
            return
        await self._say.acknowledge(update)
        kept = await self._register.export(visit.person, now=visit.moment)
        data = json.dumps(kept, ensure_ascii=False, indent=2).encode()
        await update.get_bot().send_document(
            visit.chat_id,
            InputFile(BytesIO(data), filename=f"linghang-{visit.moment:%Y-%m-%d}.json"),
            caption=self._say.text("privacy/exported"),
        )

    async def begin_deleting(self, update: Update, context: Context) -> Outcome:
        if context.visit.person is None:
            await self._strangers.invite_in(update)
            return END
        return Deleting.SURE

    async def ask_sure(self, update: Update, context: Context) -> int:
        person = context.visit.person
        return await self._say(
            update,
            "privacy/sure",
            keyboard=self._yes_or_no("button.delete_next"),
            holds_role=person is not None and person.role is not Role.STUDENT,
        )

    async def first_yes(self, update: Update, context: Context) -> Outcome:
        return Deleting.REALLY_SURE

    async def ask_really_sure(self, update: Update, context: Context) -> int:
        buttons = self._yes_or_no("button.delete_now")
        return await self._say(update, "privacy/really_sure", keyboard=buttons)

    async def delete(self, update: Update, context: Context) -> Outcome:
        visit = context.visit
        visit.spoken = visit.language
        if visit.person is not None:
            await self._register.forget(visit.person, now=visit.moment)
        visit.person = None
        # every open conversation went with the person; there is nothing left to write or to close
        visit.talks.clear()
        await self._say(update, "privacy/forgotten")
        return None

    async def keep(self, update: Update, context: Context) -> Outcome:
        await self.show(update, context)
        return END

    def _yes_or_no(self, yes: str) -> InlineKeyboardMarkup | None:
        return keyboard(
            [(self._say.label("button.keep"), Leave())], [(self._say.label(yes), Confirm())]
        )
