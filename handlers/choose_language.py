"""Chinese or English: one tap, and the command list follows."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.people.register import Register
from handlers.buttons import ShowLanguages, ShowMenu, Speak, keyboard
from handlers.command_menus import CommandMenus
from handlers.conversation import Handler
from handlers.replies import Say
from handlers.visit import Context
from texts.language import Language


class ChooseLanguage:
    def __init__(self, *, register: Register, menus: CommandMenus, say: Say) -> None:
        self._register = register
        self._menus = menus
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            CommandHandler("language", self.offer),
            CallbackQueryHandler(self.offer, ShowLanguages.matches),
            CallbackQueryHandler(self.speak, Speak.matches),
        ]

    async def offer(self, update: Update, context: Context) -> None:
        buttons = keyboard(
            [(self._say.label(f"language.{each}"), Speak(each)) for each in Language],
            [(self._say.label("button.menu"), ShowMenu())],
        )
        await self._say(update, "language/choose", keyboard=buttons)

    async def speak(self, update: Update, context: Context) -> None:
        visit, chosen = context.visit, Speak.tapped(update).language
        language = Language(chosen) if chosen in list(Language) else visit.language
        visit.spoken = language
        if visit.person is not None:
            await self._register.speak(visit.person, language)
        buttons = keyboard([(self._say.label("button.menu"), ShowMenu())])
        known = visit.person is not None
        await self._say(update, "language/chosen", keyboard=buttons, kept=known)
        if visit.person is not None:
            await self._menus.show_to(visit.person, language)
