"""The menu: what one can do here, by role, with the next date on top."""

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import CallbackQueryHandler

from branch.people.model import Person, Role
from branch.people.register import Register
from handlers.buttons import (
    Row,
    ShowAudit,
    ShowCalendar,
    ShowDesk,
    ShowHelp,
    ShowLanguages,
    ShowMenu,
    ShowMyPage,
    ShowPrivacy,
    ShowProfile,
    ShowRoles,
    ShowTickets,
    ShowTopics,
    ShowUnanswered,
    StartInvite,
    keyboard,
)
from handlers.calendar_buttons import ShowReminders
from handlers.command_menus import CommandMenus
from handlers.conversation import Handler
from handlers.date_words import CalendarWords
from handlers.knowledge_buttons import OpenKnowledge
from handlers.notice_buttons import ShowNotices
from handlers.outcome_buttons import ShowMyOutcome, ShowOutcomes
from handlers.paper_buttons import ShowCalls
from handlers.replies import Say
from handlers.research_buttons import ShowResearch
from handlers.statistics_buttons import Choice, ShowStatistics
from handlers.theme_day_buttons import ShowThemeDays
from handlers.ticket_buttons import ShowBind
from handlers.visit import Context, current_visit


class Menu:
    def __init__(
        self, *, register: Register, words: CalendarWords, menus: CommandMenus, say: Say
    ) -> None:
        self._register = register
        self._words = words
        self._menus = menus
        self._say = say

    def handlers(self) -> list[Handler]:
        return [CallbackQueryHandler(self.open, ShowMenu.matches)]

    async def open(self, update: Update, context: Context) -> None:
        await self.show(update)

    async def show(self, update: Update) -> None:
        visit = current_visit()
        role = visit.person.role if visit.person else Role.STUDENT
        intake = visit.person.intake if visit.person else None
        await self._say(
            update,
            "menu/menu",
            keyboard=self._buttons(role),
            role=role,
            following=self._words.following(intake, visit.language, visit.moment),
        )

    async def show_with_new_role(self, update: Update, person: Person) -> None:
        """The menu of a role given a moment ago, and the command list that goes with it."""
        visit = current_visit()
        visit.person = await self._register.as_kept(person, now=visit.moment)
        await self._menus.show_to(visit.person, visit.language)
        visit.anew = True
        await self.show(update)

    def _buttons(self, role: Role) -> InlineKeyboardMarkup | None:
        label, remind = self._say.label, ShowReminders()
        return keyboard(
            [(label("button.calendar"), ShowCalendar(0)), (label("button.reminders"), remind)],
            [(label("button.topics"), ShowTopics()), (label("button.tickets"), ShowTickets())],
            *self._with_power(role),
            [(label("button.theme_days"), ShowThemeDays()), (label("button.calls"), ShowCalls())],
            [
                (label("button.my_page"), ShowMyPage()),
                (label("button.my_outcome"), ShowMyOutcome()),
            ],
            [(label("button.profile"), ShowProfile()), (label("button.privacy"), ShowPrivacy())],
            [(label("button.language"), ShowLanguages()), (label("button.help"), ShowHelp())],
        )

    def _with_power(self, role: Role) -> list[Row]:
        """What only members do, and what only secretaries do."""
        label = self._say.label
        rows: list[Row] = []
        if role.covers(Role.MEMBER):
            unanswered = (label("button.unanswered"), ShowUnanswered())
            rows.append([(label("button.desk"), ShowDesk(0)), unanswered])
            rows.append(
                [
                    (label("button.notices"), ShowNotices(0)),
                    (label("button.knowledge"), OpenKnowledge()),
                ]
            )
            rows.append(
                [
                    (label("button.research"), ShowResearch()),
                    (label("button.statistics"), ShowStatistics(Choice().written)),
                ]
            )
            knowledge = (label("button.knowledge"), OpenKnowledge())
            outcomes = (label("button.outcomes"), ShowOutcomes())
            rows += [
                [(label("button.desk"), ShowDesk(0)), unanswered],
                [(label("button.notices"), ShowNotices(0)), knowledge],
                [(label("button.research"), ShowResearch()), outcomes],
            ]
        if role.covers(Role.SECRETARY):
            rows += [
                [(label("button.invite"), StartInvite()), (label("button.roles"), ShowRoles(0))],
                [(label("button.audit"), ShowAudit(0)), (label("button.bind"), ShowBind())],
            ]
        return rows
