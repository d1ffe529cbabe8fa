"""One's own page: sign-ups, attendance, papers, achievements, tickets answered, the term."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.people.life import Memory
from branch.people.model import Role
from handlers.buttons import Row, ShowMenu, ShowMyPage, ShowProfile, ShowTickets, keyboard
from handlers.conversation import Handler
from handlers.replies import Say
from handlers.strangers import Strangers
from handlers.theme_day_buttons import ShowThemeDays
from handlers.visit import Context


class MyPage:
    def __init__(self, *, memory: Memory, strangers: Strangers, say: Say) -> None:
        self._memory = memory
        self._strangers = strangers
        self._say = say

    def handlers(self) -> list[Handler]:
        return [CallbackQueryHandler(self.show, ShowMyPage.matches)]

    async def show(self, update: Update, context: Context) -> None:
        visit, label = context.visit, self._say.label
        person = visit.person
        if person is None:
            await self._strangers.invite_in(update)
            return
        life = await self._memory.page(person, now=visit.moment)
        rows: list[Row] = [
            [
                (label("button.theme_days"), ShowThemeDays()),
                (label("button.tickets"), ShowTickets()),
            ],
            [(label("button.profile"), ShowProfile()), (label("button.menu"), ShowMenu())],
        ]
        await self._say(
            update,
            "profile/page",
            keyboard=keyboard(*rows),
            name=person.name,
            role=label(f"role.{person.role}"),
            member=person.role is not Role.STUDENT,
            life=life,
            coming=[
                (each.title, each.starts_at, label(f"dayanswer.{each.answer}"))
                for each in life.coming
            ],
            papers=[
                (
                    each.title or label("paper.untitled"),
                    each.receipt,
                    label(f"paperstate.{each.state}"),
                )
                for each in life.papers
            ],
            achievements=[
                (label(f"achievement.{kind}"), sure, waiting)
                for kind, sure, waiting in life.achievements
            ],
        )
