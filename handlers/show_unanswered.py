"""For members: what was asked lately and nothing covered; the base grows from here."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.guidance.question_log import QuestionLog
from branch.people.errors import NotAllowed
from handlers.buttons import ShowMenu, ShowUnanswered, keyboard
from handlers.conversation import Handler
from handlers.replies import Say
from handlers.visit import Context


class ShowUnansweredQuestions:
    def __init__(self, *, log: QuestionLog, say: Say) -> None:
        self._log = log
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            CommandHandler("unanswered", self.show),
            CallbackQueryHandler(self.show, ShowUnanswered.matches),
        ]

    async def show(self, update: Update, context: Context) -> None:
        person = context.visit.person
        if person is None:
            await self._say(update, "roles/not_allowed")
            return
        try:
            questions = await self._log.unanswered(person, now=context.visit.moment)
        except NotAllowed:
            await self._say(update, "roles/not_allowed")
            return
        lines = [(asked_at, " ".join(text.split())) for asked_at, text in questions]
        buttons = keyboard([(self._say.label("button.menu"), ShowMenu())])
        await self._say(update, "answers/unanswered", keyboard=buttons, questions=lines)
