"""Telegram's own command list, per role and language."""

import logging
from collections.abc import Sequence

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import TelegramError

from branch.people.model import Person, Role
from texts.language import Language
from texts.renderer import Texts

log = logging.getLogger(__name__)

_EVERYONE = (
    "start",
    "ask",
    "calendar",
    "remind",
    "tickets",
    "themedays",
    "submit",
    "outcome",
    "profile",
    "language",
    "privacy",
    "help",
    "cancel",
)
_MEMBERS = (
    "desk",
    "notice",
    "notices",
    "themeday",
    "call",
    "research",
    "outcomes",
    "stats",
    "unanswered",
    "knowledge",
)
_SECRETARIES = ("report", "invite", "roles", "audit", "bind", "roster")


class CommandMenus:
    def __init__(self, bot: Bot, texts: Texts) -> None:
        self._bot = bot
        self._texts = texts

    async def publish(self) -> None:
        """The list for everyone without a role, in each language; once at every start."""
        scope = BotCommandScopeAllPrivateChats()
        for language in Language:
            code = None if language is Language.ZH else str(language)
            commands = self._commands(Role.STUDENT, language)
            await self._bot.set_my_commands(commands, scope=scope, language_code=code)

    async def show_to(self, person: Person, language: Language) -> None:
        """The list of this person's role, in the language they chose here.

        A convenience: what they are doing goes on if Telegram does not take it.
        """
        scope = BotCommandScopeChat(person.telegram_id)
        try:
            await self._bot.set_my_commands(self._commands(person.role, language), scope=scope)
        except TelegramError as error:
            log.warning("somebody's command list was not published: %s", error.message)

    def _commands(self, role: Role, language: Language) -> Sequence[BotCommand]:
        names: tuple[str, ...] = _EVERYONE
        if role.covers(Role.MEMBER):
            names += _MEMBERS
        if role.covers(Role.SECRETARY):
            names += _SECRETARIES
        return [BotCommand(name, self._texts.label(f"command.{name}", language)) for name in names]
