"""When something goes wrong: an apology with a reference, and the traceback in the log."""

import logging
import secrets

from telegram import Update
from telegram.error import Forbidden, TelegramError

from branch.people.register import Register
from handlers.conversation import Conversations
from handlers.replies import Say
from handlers.visit import Context, DraftForgotten

log = logging.getLogger(__name__)


class Mishaps:
    """The library's error handler. `try_again` names the errors that handling anew may cure."""

    def __init__(
        self,
        *,
        register: Register,
        conversations: Conversations,
        say: Say,
        try_again: tuple[type[Exception], ...],
    ) -> None:
        self._register = register
        self._conversations = conversations
        self._say = say
        self._try_again = try_again

    async def handle(self, update: object, context: Context) -> None:
        error, visit = context.error, context.visit
        if error is None or not isinstance(update, Update):
            return
        if isinstance(error, self._try_again):
            visit.failure = error
        elif isinstance(error, Forbidden):
            log.info("update %s: the person has blocked us", update.update_id)
            if visit.person is not None:
                await self._register.unreachable(visit.person, now=visit.moment)
        elif isinstance(error, DraftForgotten):
            await self._start_over(update, context)
        else:
            await self._apologise(update, error)

    async def _start_over(self, update: Update, context: Context) -> None:
        talk = context.visit.talk
        if talk is not None:
            talk.closed = True
        await self._say(update, "errors/draft_forgotten", anew=True)

    async def _apologise(self, update: Update, error: Exception) -> None:
        reference = secrets.token_hex(2).upper()
        log.error("reference %s, update %s", reference, update.update_id, exc_info=error)
        if update.effective_chat is None:
            return
        try:
            await self._say(update, "errors/mishap", anew=True, reference=reference)
        except TelegramError as second:
            log.warning("reference %s: the apology did not get through: %s", reference, second)
