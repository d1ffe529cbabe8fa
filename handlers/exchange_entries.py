"""Members take the base out as a table, and bring a table in after seeing what it would do."""

from enum import StrEnum
from typing import Any

from msgspec import Struct
from telegram import Message, Update
from telegram.error import BadRequest
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.content.spreadsheets import NotATable
from branch.guidance.exchange import Exchange, Outlook
from branch.guidance.importing import ColumnsMissing
from branch.people.model import Role
from handlers.buttons import Confirm, Leave, Row, keyboard
from handlers.conversation import END, Conversation, Handler, Outcome, Scene
from handlers.entry_pages import REFUSALS, EntryPages, member_of
from handlers.knowledge import Knowledge
from handlers.knowledge_buttons import ExportKnown, ImportKnown, OpenKnowledge
from handlers.replies import Say
from handlers.visit import Context, current_visit

LARGEST = 5_000_000
COMPARED = 300
SHOWN = 6
NAME_SHOWN = 24


class Importing(StrEnum):
    FILE = "file"
    REPORT = "report"


class ImportDraft(Struct):
    file_id: str = ""
    file_name: str = ""


class _TableOfAMember(filters.MessageFilter):
    """A CSV file from who may bring one in; anybody else's is a file like any other."""

    def filter(self, message: Message) -> bool:
        person, document = current_visit().person, message.document
        return (
            document is not None
            and (document.file_name or "").lower().endswith((".csv", ".txt", ".tsv"))
            and person is not None
            and person.role.covers(Role.MEMBER)
        )


class ExchangeEntries:
    def __init__(
        self, *, exchange: Exchange, knowledge: Knowledge, pages: EntryPages, say: Say
    ) -> None:
        self._exchange = exchange
        self._knowledge = knowledge
        self._pages = pages
        self._say = say

    def handlers(self) -> list[Handler]:
        return [CallbackQueryHandler(self._pages.for_members(self.export), ExportKnown.matches)]

    def conversation(self) -> Conversation:
        guarded, shown = self._pages.for_members, self._pages.shown_to_members
        table = MessageHandler(_TableOfAMember(), guarded(self.take))
        leave = CallbackQueryHandler(guarded(self.leave), Leave.matches)
        return Conversation(
            name="import_entries",
            draft=ImportDraft,
            entries=[CallbackQueryHandler(guarded(self.begin), ImportKnown.matches), table],
            scenes={
                Importing.FILE: Scene(shown(self.ask_file), [table, leave]),
                Importing.REPORT: Scene(
                    shown(self.report),
                    [
                        table,
                        CallbackQueryHandler(guarded(self.bring_in), Confirm.matches),
                        leave,
                    ],
                ),
            },
        )

    async def export(self, update: Update, context: Context) -> None:
        await self._say.acknowledge(update)
        now = context.visit.moment
        table = await self._exchange.table(member_of(context), now=now)
        await self._say.document(
            update, table, f"linghang-{now:%Y-%m-%d}.csv", "knowledge/exported"
        )

    async def begin(self, update: Update, context: Context) -> Outcome:
        member_of(context)
        return Importing.FILE

    async def ask_file(self, update: Update, context: Context) -> int:
        back = keyboard([(self._say.label("button.back"), Leave())])
        return await self._say(update, "knowledge/import_file", keyboard=back)

    async def take(self, update: Update, context: Context) -> Outcome:
        document = update.effective_message.document if update.effective_message else None
        assert document is not None, "the filter lets nothing else through"
        draft = context.visit.draft(ImportDraft)
        draft.file_id, draft.file_name = document.file_id, document.file_name or ""
        if (document.file_size or 0) > LARGEST:
            await self._say(update, "knowledge/import_unusable", reason="too_large")
            return Importing.FILE
        return Importing.REPORT

    async def report(self, update: Update, context: Context) -> int:
        """What the table would do; it is looked at anew each time, for the base moves on."""
        await self._pages.checking(update)
        label = self._say.label
        leave: Row = [(label("button.leave_import"), Leave())]
        outlook = await self._looked(update, context)
        if isinstance(outlook, str):
            return await self._say(
                update, "knowledge/import_unusable", keyboard=keyboard(leave), reason=outlook
            )
        confirm: Row = [(label("button.bring_in", count=len(outlook.steps)), Confirm())]
        rows = [confirm, leave] if outlook.can_go_in else [leave]
        return await self._say(
            update,
            "knowledge/import_report",
            keyboard=keyboard(*rows),
            **self._told(outlook, context),
        )

    async def bring_in(self, update: Update, context: Context) -> Outcome:
        await self._pages.checking(update)
        outlook = await self._looked(update, context)
        if isinstance(outlook, str):
            return Importing.REPORT
        try:
            count = await self._exchange.bring_in(
                member_of(context), outlook, now=context.visit.moment
            )
        except REFUSALS as refusal:
            leave: Row = [(self._say.label("button.leave_import"), Leave())]
            await self._pages.stay_refused(update, refusal, leave)
            return None
        home = keyboard([(self._say.label("button.knowledge"), OpenKnowledge())])
        await self._say(update, "knowledge/imported", keyboard=home, count=count)
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._knowledge.home(update, context)
        return END

    async def _looked(self, update: Update, context: Context) -> Outlook | str:
        """What the table would do, or in a word why it cannot be used."""
        draft = context.visit.draft(ImportDraft)
        try:
            file = await update.get_bot().get_file(draft.file_id)
            raw = bytes(await file.download_as_bytearray())
        except BadRequest:
            return "gone"
        try:
            return await self._exchange.look_at_table(
                member_of(context),
                raw,
                name=draft.file_name,
                note=self._say.label("note.import", name=draft.file_name[:NAME_SHOWN]),
                now=context.visit.moment,
                most_compared=COMPARED,
            )
        except ColumnsMissing:
            return "columns"
        except NotATable:
            return "no_table"

    def _told(self, outlook: Outlook, context: Context) -> dict[str, Any]:
        plan, language = outlook.plan, context.visit.language
        misfits = [
            (each.line, self._say.label(f"field.{each.unfit.field}"), self._pages.unfit(each.unfit))
            for each in plan.misfits[:SHOWN]
        ]
        doubled = [
            (
                each.line,
                each.question[:NAME_SHOWN],
                each.earlier,
                each.entry.question(language)[:NAME_SHOWN] if each.entry else "",
            )
            for each in plan.doubled[:SHOWN]
        ]
        near = [
            (each.line, each.question[:NAME_SHOWN], each.entry.question(language)[:NAME_SHOWN])
            for each in plan.near[:SHOWN]
        ]
        return {
            "name": context.visit.draft(ImportDraft).file_name[:60],
            "new": len(plan.new),
            "changed": len(plan.changed),
            "same": plan.same,
            "misfits": misfits,
            "more_misfits": len(plan.misfits) - len(misfits),
            "doubled": doubled,
            "more_doubled": len(plan.doubled) - len(doubled),
            "near": near,
            "more_near": len(plan.near) - len(near),
            "not_compared": plan.not_compared,
            "left_out": plan.wordings_left_out,
            "unknown": [column[:NAME_SHOWN] for column in plan.unknown_columns[:SHOWN]],
            "held": list(outlook.held[: SHOWN * 4]),
            "broken": [each.ask[:60] for each in outlook.broken[:SHOWN]],
            "drift": [each.ask[:60] for each in outlook.drift[:SHOWN]],
        }
