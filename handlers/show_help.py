"""What one can do here, with examples."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.people.model import Role
from handlers.buttons import ShowHelp, ShowMenu, ShowTopics, keyboard
from handlers.conversation import Handler
from handlers.replies import Say
from handlers.visit import Context


class Help:
    def __init__(self, say: Say) -> None:
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            CommandHandler("help", self.show),
            CallbackQueryHandler(self.show, ShowHelp.matches),
        ]

    async def show(self, update: Update, context: Context) -> None:
        person = context.visit.person
        buttons = keyboard(
            [
                (self._say.label("button.topics"), ShowTopics()),
                (self._say.label("button.menu"), ShowMenu()),
            ]
        )
        role = person.role if person else Role.STUDENT
        await self._say(
            update,
            "help/help",
            keyboard=buttons if context.visit.private else None,
            member=role.covers(Role.MEMBER),
            secretary=role.covers(Role.SECRETARY),
        )
