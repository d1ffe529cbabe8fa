"""A secretary sends a roster: what it would do is shown first, and it goes in on a tap."""

import asyncio
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct
from telegram import Message, Update
from telegram.error import BadRequest
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from branch.content.spreadsheets import NotATable
from branch.content.workbooks import LARGEST, TooLarge
from branch.outcomes.errors import ColumnsMissing, NothingToImport
from branch.outcomes.roster_book import RosterBook, RosterPlan
from branch.outcomes.roster_reading import Column, RosterFile, known_year, read_roster
from branch.people.errors import NotAllowed
from branch.people.model import Role
from handlers.buttons import Confirm, Leave, Row, keyboard
from handlers.conversation import END, Conversation, Outcome, Scene
from handlers.incoming import message_of, text_of
from handlers.notice_refusals import whoever
from handlers.outcome_buttons import ChooseCohort, ShowRoster
from handlers.replies import Say
from handlers.visit import Context

_TYPED: Final = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
SHOWN: Final = 6
_NAME_SHOWN: Final = 40
_YEARS_BEFORE: Final = 1


class Bringing(StrEnum):
    FILE = "file"
    COHORT = "cohort"
    REPORT = "report"


class RosterDraft(Struct):
    """`cohort` is of those lines that name none; 0 until somebody says it."""

    file_id: str = ""
    file_name: str = ""
    cohort: int = 0


class _Unusable(Exception):
    def __init__(self, why: str, *, lacking: tuple[str, ...] = ()) -> None:
        super().__init__(why)
        self.why = why
        self.lacking = lacking


class _Table(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        name = (message.document.file_name or "") if message.document else ""
        return name.lower().endswith((".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls"))


class ImportRoster:
    def __init__(self, *, book: RosterBook, say: Say) -> None:
        self._book = book
        self._say = say

    def conversation(self) -> Conversation:
        tapped = CallbackQueryHandler
        table, leave = MessageHandler(_Table(), self.take), tapped(self.leave, Leave.matches)
        years = tapped(self.choose_cohort, ChooseCohort.matches)
        return Conversation(
            name="roster",
            draft=RosterDraft,
            entries=[
                CommandHandler("roster", self.begin),
                tapped(self.begin, ShowRoster.matches),
            ],
            scenes={
                Bringing.FILE: Scene(self.ask_file, [table, leave]),
                Bringing.COHORT: Scene(
                    self.ask_cohort, [years, MessageHandler(_TYPED, self.take_cohort), table, leave]
                ),
                Bringing.REPORT: Scene(
                    self.report, [table, tapped(self.bring_in, Confirm.matches), leave]
                ),
            },
        )

    async def begin(self, update: Update, context: Context) -> Outcome:
        person = context.visit.person
        if person is None or not person.role.covers(Role.SECRETARY):
            await self._say(update, "roles/not_allowed")
            return END
        context.visit.anew = True
        return Bringing.FILE

    async def ask_file(self, update: Update, context: Context) -> int:
        counts = await self._book.counts(whoever(context), now=context.visit.moment)
        leave = keyboard([(self._say.label("button.stop_writing"), Leave())])
        return await self._say(
            update, "outcomes/roster_file", keyboard=leave, counts=sorted(counts.items())
        )

    async def take(self, update: Update, context: Context) -> Outcome:
        document = message_of(update).document
        assert document is not None, "the filter lets nothing else through"
        draft = context.visit.draft(RosterDraft)
        draft.file_id, draft.file_name = document.file_id, document.file_name or ""
        draft.cohort = 0
        if (document.file_size or 0) > LARGEST:
            await self._unusable(update, _Unusable("too_large"))
            return Bringing.FILE
        return await self._next(update, context)

    async def _next(self, update: Update, context: Context) -> Outcome:
        """The cohort where no line names one, and otherwise what the file would do."""
        try:
            await self._read(update, context)
        except _Unusable as error:
            if error.lacking == (Column.COHORT,):
                return Bringing.COHORT
            await self._unusable(update, error)
            return Bringing.FILE
        return Bringing.REPORT

    async def ask_cohort(self, update: Update, context: Context) -> int:
        first = context.visit.moment.year - _YEARS_BEFORE
        years: Row = [(str(year), ChooseCohort(year)) for year in range(first, first + 3)]
        leave: Row = [(self._say.label("button.stop_writing"), Leave())]
        return await self._say(
            update,
            "outcomes/roster_cohort",
            keyboard=keyboard(years, leave),
            name=context.visit.draft(RosterDraft).file_name[:_NAME_SHOWN],
        )

    async def choose_cohort(self, update: Update, context: Context) -> Outcome:
        context.visit.draft(RosterDraft).cohort = ChooseCohort.tapped(update).cohort
        return await self._next(update, context)

    async def take_cohort(self, update: Update, context: Context) -> Outcome:
        year = known_year(text_of(update))
        if year is None:
            await self._say(update, "outcomes/unclear", why="cohort", most=0)
            return Bringing.COHORT
        context.visit.draft(RosterDraft).cohort = year
        return await self._next(update, context)

    async def report(self, update: Update, context: Context) -> int:
        """What the file would do; it is looked at anew each time, for rosters move on."""
        label = self._say.label
        leave: Row = [(label("button.leave_import"), Leave())]
        try:
            file = await self._read(update, context)
        except _Unusable as error:
            return await self._unusable(update, error, leave)
        plan = await self._book.look_at(whoever(context), file, now=context.visit.moment)
        confirm: Row = [(label("button.bring_in_roster", count=plan.can_go_in), Confirm())]
        return await self._say(
            update,
            "outcomes/roster_report",
            keyboard=keyboard(*([confirm] if plan.can_go_in else []), leave),
            name=context.visit.draft(RosterDraft).file_name[:_NAME_SHOWN],
            **self._told(plan),
        )

    async def bring_in(self, update: Update, context: Context) -> Outcome:
        draft, visit = context.visit.draft(RosterDraft), context.visit
        try:
            file = await self._read(update, context)
            plan = await self._book.bring_in(
                whoever(context), file, source=draft.file_name, now=visit.moment
            )
        except (_Unusable, NothingToImport):
            return Bringing.REPORT
        except NotAllowed:
            await self._say(update, "roles/not_allowed")
            return END
        await self._say(
            update,
            "outcomes/roster_done",
            new=len(plan.new),
            changed=len(plan.changed),
            cohorts=plan.cohorts,
        )
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END

    async def _read(self, update: Update, context: Context) -> RosterFile:
        """Raises _Unusable."""
        draft, visit = context.visit.draft(RosterDraft), context.visit
        try:
            file = await update.get_bot().get_file(draft.file_id)
            raw = bytes(await file.download_as_bytearray())
            secret = await self._book.secret(whoever(context), now=visit.moment)
            # a long workbook takes seconds, and others are waiting
            return await asyncio.to_thread(
                read_roster, raw, secret=secret, cohort=draft.cohort or None
            )
        except BadRequest as error:
            raise _Unusable("gone") from error
        except NotAllowed as error:
            raise _Unusable("not_allowed") from error
        except ColumnsMissing as error:
            raise _Unusable("columns", lacking=error.lacking) from error
        except TooLarge as error:
            raise _Unusable("too_large") from error
        except NotATable as error:
            raise _Unusable("no_table") from error

    async def _unusable(self, update: Update, error: _Unusable, leave: Row = ()) -> int:
        return await self._say(
            update, "outcomes/roster_unusable", keyboard=keyboard(leave), why=error.why
        )

    def _told(self, plan: RosterPlan) -> dict[str, Any]:
        file, label = plan.file, self._say.label
        return {
            "cohorts": plan.cohorts,
            "new": len(plan.new),
            "changed": len(plan.changed),
            "same": plan.same,
            "missing": sorted(plan.missing.items()),
            "faults": [
                (each.line, label(f"rosterfault.{each.kind}", about=each.about))
                for each in file.faults[:SHOWN]
            ],
            "more_faults": max(0, len(file.faults) - SHOWN),
            "unknown": [column[:_NAME_SHOWN] for column in file.unknown[:SHOWN]],
        }
