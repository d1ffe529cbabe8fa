"""Members bring achievements in from a .bib or .xlsx file, after seeing what it would do."""

from enum import StrEnum
from typing import Any, Final

from msgspec import Struct
from telegram import Update
from telegram.error import BadRequest
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.people.errors import NotAllowed
from branch.people.model import Role
from branch.research.achievement import LEVELS, AchievementState, Kind, Level
from branch.research.errors import FileUnusable
from branch.research.found_claims import LARGEST, MOST_ROWS, Fault
from branch.research.importing import Importing, ImportPlan
from handlers.achievement_buttons import (
    ChooseLevel,
    ImportAchievements,
    SaveImportTemplate,
    ShowAchievements,
)
from handlers.buttons import Confirm, Leave, Row, keyboard
from handlers.conversation import END, Conversation, Outcome, Scene
from handlers.incoming import message_of
from handlers.notice_refusals import whoever
from handlers.replies import Say
from handlers.research_buttons import ShowResearch
from handlers.research_refusals import ResearchRefusals
from handlers.research_workbook import template
from handlers.visit import Context

SHOWN: Final = 8
NAME_SHOWN: Final = 60
_ANYTHING: Final = filters.UpdateType.MESSAGE & ~filters.COMMAND


class Bringing(StrEnum):
    FILE = "file"
    REPORT = "report"


class BringForm(Struct):
    file_id: str = ""
    file_name: str = ""
    level: Level = Level.OTHER


class ImportAchievementFiles:
    def __init__(self, *, importing: Importing, refusals: ResearchRefusals, say: Say) -> None:
        self._importing = importing
        self._refusals = refusals
        self._say = say

    def conversation(self) -> Conversation:
        tapped = CallbackQueryHandler
        file = MessageHandler(_ANYTHING, self.take)
        leave = tapped(self.leave, Leave.matches)
        return Conversation(
            name="import_achievements",
            draft=BringForm,
            entries=[tapped(self.begin, ImportAchievements.matches)],
            scenes={
                Bringing.FILE: Scene(
                    self.ask, [file, leave, tapped(self.give_template, SaveImportTemplate.matches)]
                ),
                Bringing.REPORT: Scene(
                    self.report,
                    [
                        file,
                        leave,
                        tapped(self.bring_in, Confirm.matches),
                        tapped(self.choose_level, ChooseLevel.matches),
                    ],
                ),
            },
        )

    async def begin(self, update: Update, context: Context) -> Outcome:
        if not whoever(context).role.covers(Role.MEMBER):
            await self._say(update, "roles/not_allowed")
            return END
        context.visit.anew = True
        return Bringing.FILE

    async def ask(self, update: Update, context: Context) -> int:
        label = self._say.label
        return await self._say(
            update,
            "research/import_ask",
            keyboard=keyboard(
                [(label("button.import_template"), SaveImportTemplate())],
                [(label("button.leave_import"), Leave())],
            ),
            most=MOST_ROWS,
            megabytes=LARGEST // 1_000_000,
        )

    async def give_template(self, update: Update, context: Context) -> Outcome:
        await self._say.acknowledge(update)
        await self._say.document(
            update, template(self._say.label), "achievements.xlsx", "research/import_template"
        )
        return None

    async def take(self, update: Update, context: Context) -> Outcome:
        form, document = context.visit.draft(BringForm), message_of(update).document
        if document is None:
            await self._unusable(update, "no_file")
        elif (document.file_size or 0) > LARGEST:
            await self._unusable(update, "too_large")
        else:
            form.file_id, form.file_name = document.file_id, document.file_name or ""
            form.level = Level.OTHER
            return Bringing.REPORT
        return Bringing.REPORT if form.file_id else Bringing.FILE

    async def report(self, update: Update, context: Context) -> int:
        """What the file would do; looked at anew each time, for what is recorded moves on."""
        label, form = self._say.label, context.visit.draft(BringForm)
        leave: Row = [(label("button.leave_import"), Leave())]
        try:
            plan = await self._looked(update, context)
        except FileUnusable as error:
            return await self._unusable(update, error.why, leave)
        except NotAllowed:
            return await self._say(update, "roles/not_allowed", keyboard=keyboard(leave))
        rows: list[Row] = []
        if plan.new:
            rows.append([(label("button.bring_in", count=len(plan.new)), Confirm())])
        if plan.unlevelled:
            rows.append(
                [
                    (label(f"achievementlevel.{each}"), ChooseLevel(each))
                    for each in LEVELS[Kind.PAPER]
                    if each is not form.level
                ]
            )
        return await self._say(
            update,
            "research/import_report",
            keyboard=keyboard(*rows, leave),
            **self._told(plan, form),
        )

    async def choose_level(self, update: Update, context: Context) -> Outcome:
        level = ChooseLevel.tapped(update).level
        if level in LEVELS[Kind.PAPER]:
            context.visit.draft(BringForm).level = level
        return Bringing.REPORT

    async def bring_in(self, update: Update, context: Context) -> Outcome:
        message, form = message_of(update), context.visit.draft(BringForm)
        key = f"chat:{message.chat_id}:{message.message_id}:import"
        try:
            plan = await self._looked(update, context)
        except FileUnusable:
            return Bringing.REPORT
        except NotAllowed as error:
            await self._refusals.told(update, error)
            return END
        _, count = await self._importing.bring_in(
            whoever(context), plan, form.file_name[:NAME_SHOWN], key=key, now=context.visit.moment
        )
        label = self._say.label
        waiting = ShowAchievements(AchievementState.CLAIMED, 0)
        rows = [(label("button.all_claimed"), waiting), (label("button.research"), ShowResearch())]
        await self._say(update, "research/imported", keyboard=keyboard(rows), count=count)
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END

    async def _looked(self, update: Update, context: Context) -> ImportPlan:
        """Raises FileUnusable, NotAllowed."""
        form = context.visit.draft(BringForm)
        try:
            file = await update.get_bot().get_file(form.file_id)
            raw = bytes(await file.download_as_bytearray())
        except BadRequest:
            raise FileUnusable("gone") from None
        return await self._importing.look_at(
            whoever(context),
            raw,
            form.file_name,
            paper_level=form.level,
            now=context.visit.moment,
        )

    async def _unusable(self, update: Update, why: str, *rows: Row) -> int:
        return await self._say(
            update,
            "research/import_unusable",
            keyboard=keyboard(*rows),
            why=why,
            most=MOST_ROWS,
            megabytes=LARGEST // 1_000_000,
        )

    def _told(self, plan: ImportPlan, form: BringForm) -> dict[str, Any]:
        return {
            "name": form.file_name[:NAME_SHOWN],
            "new": [
                f"{each.claim.year} {each.claim.title[:NAME_SHOWN]}" for each in plan.new[:SHOWN]
            ],
            "new_count": len(plan.new),
            "same": len(plan.same),
            "faults": [
                (each.place.row, each.place.name, self._fault(each)) for each in plan.faults[:SHOWN]
            ],
            "fault_count": len(plan.faults),
            "unknown": list(plan.unknown_columns[:SHOWN]),
            "unlevelled": plan.unlevelled,
            "level": self._say.label(f"achievementlevel.{form.level}"),
        }

    def _fault(self, fault: Fault) -> str:
        label = self._say.label
        return label(
            "research.fault",
            field=label(f"rescolumn.{fault.field}"),
            why=label(f"claimfault.{fault.why}"),
        )
