"""The audit log, newest first."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.people.errors import NotAllowed
from branch.people.role_book import AUDIT_PAGE, RoleBook
from handlers.buttons import Row, ShowAudit, ShowMenu, keyboard
from handlers.conversation import Handler
from handlers.replies import Say
from handlers.visit import Context


class ShowAuditLog:
    def __init__(self, *, role_book: RoleBook, say: Say) -> None:
        self._role_book = role_book
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            CommandHandler("audit", self.newest),
            CallbackQueryHandler(self.older, ShowAudit.matches),
        ]

    async def newest(self, update: Update, context: Context) -> None:
        await self._show(update, context, None)

    async def older(self, update: Update, context: Context) -> None:
        await self._show(update, context, ShowAudit.tapped(update).before or None)

    async def _show(self, update: Update, context: Context, before: int | None) -> None:
        visit, label = context.visit, self._say.label
        if visit.person is None:
            await self._say(update, "roles/not_allowed")
            return
        try:
            records = await self._role_book.audit(visit.person, now=visit.moment, before=before)
        except NotAllowed:
            await self._say(update, "roles/not_allowed")
            return
        rows: list[Row] = [[(label("button.menu"), ShowMenu())]]
        if len(records) == AUDIT_PAGE:
            rows.insert(0, [(label("button.older"), ShowAudit(records[-1][0]))])
        await self._say(
            update,
            "audit/audit",
            keyboard=keyboard(*rows),
            records=[
                (record, label(f"deed.{record.deed}"), self._detail(record.details))
                for _, record in records
            ],
        )

    def _detail(self, details: object) -> str:
        if not isinstance(details, dict):
            return ""
        role, ticket = details.get("role"), details.get("ticket")
        if ticket:
            return self._say.label("ticket.number", number=ticket)
        return self._say.label(f"role.{role}") if role else str(details.get("entry", ""))
