"""A one-time link that makes somebody a member, a secretary or an admin, until a term's end."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.people.errors import NotAllowed
from branch.people.model import Role
from branch.people.role_book import RoleBook
from handlers.buttons import (
    Back,
    ChooseRole,
    ChooseTerm,
    Confirm,
    Leave,
    Row,
    ShowMenu,
    StartInvite,
    keyboard,
)
from handlers.conversation import END, Conversation, Outcome, Scene
from handlers.replies import Say
from handlers.visit import Context
from handlers.welcome import JOIN

VALID_FOR = timedelta(hours=48)
TERM_ENDS = (8, 31)  # month and day: the end of an academic year


class Inviting(StrEnum):
    ROLE = "role"
    TERM = "term"
    CONFIRM = "confirm"


class InviteDraft(Struct):
    role: Role = Role.MEMBER
    until_year: int = 0


class Invite:
    def __init__(self, *, role_book: RoleBook, zone: ZoneInfo, say: Say) -> None:
        self._role_book = role_book
        self._zone = zone
        self._say = say

    def conversation(self) -> Conversation:
        leave = CallbackQueryHandler(self.leave, Leave.matches)
        return Conversation(
            name="invite",
            draft=InviteDraft,
            entries=[
                CommandHandler("invite", self.begin),
                CallbackQueryHandler(self.begin, StartInvite.matches),
            ],
            scenes={
                Inviting.ROLE: Scene(
                    self.ask_role,
                    [CallbackQueryHandler(self.choose_role, ChooseRole.matches), leave],
                ),
                Inviting.TERM: Scene(
                    self.ask_term,
                    [
                        CallbackQueryHandler(self.choose_term, ChooseTerm.matches),
                        CallbackQueryHandler(self.back_to_role, Back.matches),
                    ],
                ),
                Inviting.CONFIRM: Scene(
                    self.ask_confirm,
                    [
                        CallbackQueryHandler(self.make, Confirm.matches),
                        CallbackQueryHandler(self.back_to_term, Back.matches),
                    ],
                ),
            },
        )

    async def begin(self, update: Update, context: Context) -> Outcome:
        person = context.visit.person
        if person is None or not person.role.may_invite:
            await self._say(update, "roles/not_allowed")
            return END
        return Inviting.ROLE

    async def ask_role(self, update: Update, context: Context) -> int:
        person, label = context.visit.person, self._say.label
        roles = person.role.may_invite if person else ()
        rows: list[Row] = [[(label(f"role.{role}"), ChooseRole(role))] for role in roles]
        rows.append([(label("button.leave"), Leave())])
        return await self._say(update, "invitations/role", keyboard=keyboard(*rows))

    async def choose_role(self, update: Update, context: Context) -> Outcome:
        chosen = ChooseRole.tapped(update).role
        if chosen not in list(Role):
            return Inviting.ROLE
        context.visit.draft(InviteDraft).role = Role(chosen)
        return Inviting.TERM

    async def ask_term(self, update: Update, context: Context) -> int:
        label, year = self._say.label, self._academic_year_ends(context.visit.moment)
        ends = [
            (label("button.until", year=each, month=TERM_ENDS[0]), ChooseTerm(each))
            for each in (year, year + 1)
        ]
        buttons = keyboard(
            ends,
            [(label("button.no_end"), ChooseTerm(0))],
            [(label("button.back"), Back())],
        )
        return await self._say(update, "invitations/term", keyboard=buttons)

    async def choose_term(self, update: Update, context: Context) -> Outcome:
        context.visit.draft(InviteDraft).until_year = ChooseTerm.tapped(update).until_year
        return Inviting.CONFIRM

    async def back_to_role(self, update: Update, context: Context) -> Outcome:
        return Inviting.ROLE

    async def ask_confirm(self, update: Update, context: Context) -> int:
        draft = context.visit.draft(InviteDraft)
        buttons = keyboard(
            [(self._say.label("button.make_link"), Confirm())],
            [(self._say.label("button.back"), Back())],
        )
        return await self._say(
            update,
            "invitations/confirm",
            keyboard=buttons,
            role=self._say.label(f"role.{draft.role}"),
            term_until=self._term(draft.until_year),
            hours=VALID_FOR // timedelta(hours=1),
        )

    async def back_to_term(self, update: Update, context: Context) -> Outcome:
        return Inviting.TERM

    async def make(self, update: Update, context: Context) -> Outcome:
        visit, draft = context.visit, context.visit.draft(InviteDraft)
        assert visit.person is not None
        try:
            invitation = await self._role_book.invite(
                visit.person,
                draft.role,
                valid_for=VALID_FOR,
                term_until=self._term(draft.until_year),
                now=visit.moment,
            )
        except NotAllowed:
            await self._say(update, "roles/not_allowed")
            return END
        await self._say(
            update,
            "invitations/made",
            keyboard=keyboard([(self._say.label("button.menu"), ShowMenu())]),
            link=f"{update.get_bot().link}?start={JOIN}{invitation.token}",
            role=self._say.label(f"role.{invitation.role}"),
            expires_at=invitation.expires_at,
            term_until=invitation.term_until,
        )
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END

    def _academic_year_ends(self, now: datetime) -> int:
        today = now.astimezone(self._zone).date()
        return today.year + (1 if (today.month, today.day) > TERM_ENDS else 0)

    def _term(self, year: int) -> datetime | None:
        """The last moment of the term; a role given for good has none."""
        if not year:
            return None
        month, day = TERM_ENDS
        last_day = datetime(year, month, day, 23, 59, 59, tzinfo=self._zone)
        return last_day.astimezone(UTC)
