"""Who holds which role until when, and taking a role back."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.people.errors import GrantEnded, LastAdmin, NotAllowed
from branch.people.model import Grant, GrantId
from branch.people.role_book import RoleBook
from handlers.buttons import (
    AskEndRole,
    EndRole,
    Row,
    ShowMenu,
    ShowRoles,
    StartInvite,
    keyboard,
)
from handlers.conversation import Handler
from handlers.replies import Say
from handlers.visit import Context

PAGE = 8
NAME_SHOWN = 12


class Roles:
    def __init__(self, *, role_book: RoleBook, say: Say) -> None:
        self._role_book = role_book
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            CommandHandler("roles", self.list_first),
            CallbackQueryHandler(self.list_page, ShowRoles.matches),
            CallbackQueryHandler(self.ask_end, AskEndRole.matches),
            CallbackQueryHandler(self.end, EndRole.matches),
        ]

    async def list_first(self, update: Update, context: Context) -> None:
        await self._list(update, context, 0)

    async def list_page(self, update: Update, context: Context) -> None:
        await self._list(update, context, ShowRoles.tapped(update).page)

    async def ask_end(self, update: Update, context: Context) -> None:
        grant = await self._grant(context, AskEndRole.tapped(update).grant)
        if grant is None:
            await self._list(update, context, 0)
            return
        label = self._say.label
        buttons = keyboard(
            [(label("button.keep"), ShowRoles(0))],
            [(label("button.end_role"), EndRole(grant.id))],
        )
        await self._say(
            update,
            "roles/ask_end",
            keyboard=buttons,
            name=grant.name,
            role=label(f"role.{grant.role}"),
        )

    async def end(self, update: Update, context: Context) -> None:
        visit = context.visit
        if visit.person is None:
            await self._say(update, "roles/not_allowed")
            return
        try:
            await self._role_book.end(
                visit.person, GrantId(EndRole.tapped(update).grant), now=visit.moment
            )
        except NotAllowed:
            await self._say(update, "roles/not_allowed")
        except LastAdmin:
            await self._say.toast(update, "toast.last_admin", alert=True)
        except GrantEnded:
            await self._list(update, context, 0)
        else:
            await self._list(update, context, 0)

    async def _list(self, update: Update, context: Context, page: int) -> None:
        grants = await self._grants(context)
        if grants is None:
            await self._say(update, "roles/not_allowed")
            return
        label, start = self._say.label, page * PAGE
        shown = grants[start : start + PAGE]
        ends = [
            (label("button.end_of", name=grant.name[:NAME_SHOWN]), AskEndRole(grant.id))
            for grant in shown
        ]
        rows: list[Row] = [ends[at : at + 2] for at in range(0, len(ends), 2)]
        turn: list[tuple[str, ShowRoles]] = []
        if page:
            turn.append((label("button.page_before"), ShowRoles(page - 1)))
        if start + PAGE < len(grants):
            turn.append((label("button.page_after"), ShowRoles(page + 1)))
        rows += [
            turn,
            [(label("button.invite"), StartInvite()), (label("button.menu"), ShowMenu())],
        ]
        await self._say(
            update,
            "roles/roles",
            keyboard=keyboard(*rows),
            total=len(grants),
            grants=[(grant, label(f"role.{grant.role}")) for grant in shown],
        )

    async def _grants(self, context: Context) -> list[Grant] | None:
        """The roles in force, or None for somebody who may not see them."""
        visit = context.visit
        if visit.person is None:
            return None
        try:
            return list(await self._role_book.holders(visit.person, now=visit.moment))
        except NotAllowed:
            return None

    async def _grant(self, context: Context, grant_id: int) -> Grant | None:
        grants = await self._grants(context) or []
        return next((grant for grant in grants if grant.id == grant_id), None)
