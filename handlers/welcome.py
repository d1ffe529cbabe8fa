"""The first minute: who we are, what is kept, consent, the year of graduation, the language."""

from collections.abc import Awaitable, Callable
from enum import StrEnum

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from branch.people.errors import (
    ClaimClosed,
    InvitationExpired,
    InvitationUnknown,
    InvitationUsed,
)
from branch.people.model import CONSENT_VERSION, Person
from branch.people.register import Register, YearOutOfRange
from branch.people.role_book import RoleBook
from handlers.announce_theme_day import DAY
from handlers.answers import Answers
from handlers.buttons import Agree, Back, ChooseYear, Decline, Speak, keyboard
from handlers.calls import CALL
from handlers.command_menus import CommandMenus
from handlers.conversation import END, Conversation, Outcome, Scene
from handlers.door_card import ENTER
from handlers.incoming import argument_of
from handlers.lists import LIST, Lists
from handlers.menu import Menu
from handlers.replies import Say
from handlers.visit import Context, current_visit
from handlers.years import TYPED_YEAR, Years, typed_year
from texts.language import Language

JOIN, CLAIM, ENTRY, TICKET = "join_", "claim_", "entry_", "ticket_"
OpenNumbered = Callable[[Update, int], Awaitable[None]]
EnterDay = Callable[[Update, str], Awaitable[None]]


class Welcoming(StrEnum):
    CONSENT = "consent"
    COHORT = "cohort"
    LANGUAGE = "language"


class WelcomeDraft(Struct):
    language: Language = Language.ZH
    payload: str = ""


class Welcome:
    def __init__(
        self,
        *,
        register: Register,
        role_book: RoleBook,
        years: Years,
        answers: Answers,
        menu: Menu,
        menus: CommandMenus,
        open_ticket: OpenNumbered,
        lists: Lists,
        open_day: OpenNumbered,
        open_call: OpenNumbered,
        enter_day: EnterDay,
        say: Say,
    ) -> None:
        self._register = register
        self._role_book = role_book
        self._years = years
        self._answers = answers
        self._menu = menu
        self._menus = menus
        self._lists = lists
        self._enter_day = enter_day
        self._numbered = {TICKET: open_ticket, DAY: open_day, CALL: open_call}
        self._say = say

    def conversation(self) -> Conversation:
        return Conversation(
            name="welcome",
            draft=WelcomeDraft,
            entries=[CommandHandler("start", self.greet)],
            scenes={
                Welcoming.CONSENT: Scene(
                    self.ask_consent,
                    [
                        CallbackQueryHandler(self.agree, Agree.matches),
                        CallbackQueryHandler(self.switch_language, Speak.matches),
                        CallbackQueryHandler(self.decline, Decline.matches),
                    ],
                ),
                Welcoming.COHORT: Scene(
                    self.ask_cohort,
                    [
                        CallbackQueryHandler(self.choose_cohort, ChooseYear.matches),
                        MessageHandler(filters.UpdateType.MESSAGE & TYPED_YEAR, self.type_cohort),
                    ],
                ),
                Welcoming.LANGUAGE: Scene(
                    self.ask_language,
                    [
                        CallbackQueryHandler(self.choose_language, Speak.matches),
                        CallbackQueryHandler(self.back_to_cohort, Back.matches),
                    ],
                ),
            },
        )

    async def greet(self, update: Update, context: Context) -> Outcome:
        visit, payload = context.visit, argument_of(update)
        if visit.person is not None and visit.person.consent_version >= CONSENT_VERSION:
            await self._follow(update, visit.person, payload)
            return None
        draft = context.visit.draft(WelcomeDraft)
        draft.language, draft.payload = visit.language, payload
        return Welcoming.CONSENT

    async def ask_consent(self, update: Update, context: Context) -> int:
        draft = context.visit.draft(WelcomeDraft)
        context.visit.spoken = draft.language
        other = Language.EN if draft.language is Language.ZH else Language.ZH
        buttons = keyboard(
            [(self._say.label("button.agree"), Agree())],
            [
                (self._say.label("button.not_now"), Decline()),
                (self._say.label(f"language.{other}"), Speak(other)),
            ],
        )
        return await self._say(
            update, "welcome/consent", keyboard=buttons, name=context.visit.sender.name
        )

    async def switch_language(self, update: Update, context: Context) -> Outcome:
        context.visit.draft(WelcomeDraft).language = Language(Speak.tapped(update).language)
        return Welcoming.CONSENT

    async def decline(self, update: Update, context: Context) -> Outcome:
        context.visit.spoken = context.visit.draft(WelcomeDraft).language
        await self._say(update, "welcome/declined")
        return END

    async def agree(self, update: Update, context: Context) -> Outcome:
        visit, draft = context.visit, context.visit.draft(WelcomeDraft)
        if visit.person is not None:
            await self._register.agree_again(visit.person, now=visit.moment)
        visit.person = await self._register.join(
            visit.sender, language=draft.language, now=visit.moment
        )
        return Welcoming.COHORT

    async def ask_cohort(self, update: Update, context: Context) -> int:
        context.visit.spoken = context.visit.draft(WelcomeDraft).language
        return await self._say(
            update, "welcome/cohort", keyboard=self._years.keyboard(context.visit.moment)
        )

    async def choose_cohort(self, update: Update, context: Context) -> Outcome:
        return await self._graduate_in(update, context, ChooseYear.tapped(update).year or None)

    async def type_cohort(self, update: Update, context: Context) -> Outcome:
        return await self._graduate_in(update, context, typed_year(update))

    async def ask_language(self, update: Update, context: Context) -> int:
        context.visit.spoken = context.visit.draft(WelcomeDraft).language
        buttons = keyboard(
            [(self._say.label(f"language.{each}"), Speak(each)) for each in Language],
            [(self._say.label("button.back"), Back())],
        )
        return await self._say(update, "welcome/language", keyboard=buttons)

    async def back_to_cohort(self, update: Update, context: Context) -> Outcome:
        return Welcoming.COHORT

    async def choose_language(self, update: Update, context: Context) -> Outcome:
        visit, draft = context.visit, context.visit.draft(WelcomeDraft)
        language = Language(Speak.tapped(update).language)
        visit.spoken = language
        if visit.person is not None:
            await self._register.speak(visit.person, language)
            await self._menus.show_to(visit.person, language)
            await self._say(update, "welcome/ready")
            visit.anew = True
            await self._follow(update, visit.person, draft.payload)
        return END

    async def _graduate_in(self, update: Update, context: Context, year: int | None) -> Outcome:
        visit = context.visit
        if visit.person is None:
            return Welcoming.CONSENT
        try:
            await self._register.graduate_in(visit.person, year)
        except YearOutOfRange:
            await self._say(update, "welcome/cohort_out_of_range")
            return None
        intake = self._years.intake_for(year, visit.moment)
        await self._register.sit_for(visit.person, intake)
        return Welcoming.LANGUAGE

    async def _follow(self, update: Update, person: Person, payload: str) -> None:
        """What a deep link asks for; the menu for everything else."""
        if payload.startswith(JOIN):
            await self._accept(update, person, payload.removeprefix(JOIN))
        elif payload.startswith(CLAIM):
            await self._claim(update, person, payload.removeprefix(CLAIM))
        elif payload.startswith(LIST):
            await self._lists.join(update, person, payload.removeprefix(LIST))
        elif payload.startswith(ENTRY) and self._answers.has(payload.removeprefix(ENTRY)):
            await self._answers.show(update, payload.removeprefix(ENTRY))
        elif payload.startswith(ENTER):
            await self._enter_day(update, payload.removeprefix(ENTER))
        elif not await self._open_numbered(update, payload):
            await self._menu.show(update)

    async def _open_numbered(self, update: Update, payload: str) -> bool:
        """A ticket, a day or a call by its number; False where the link means none of them."""
        for kind, open_it in self._numbered.items():
            number = payload.removeprefix(kind)
            if payload.startswith(kind) and number.isdecimal():
                await open_it(update, int(number[:18]))
                return True
        return False

    async def _accept(self, update: Update, person: Person, token: str) -> None:
        visit = current_visit()
        try:
            invitation = await self._role_book.accept(token, person, now=visit.moment)
        except InvitationUnknown:
            await self._say(update, "invitations/unknown")
        except InvitationUsed:
            await self._say(update, "invitations/used")
        except InvitationExpired as error:
            await self._say(update, "invitations/expired", expired_at=error.expired_at)
        else:
            await self._say(
                update,
                "invitations/accepted",
                role=self._say.label(f"role.{invitation.role}"),
                term_until=invitation.term_until,
            )
            await self._menu.show_with_new_role(update, person)

    async def _claim(self, update: Update, person: Person, code: str) -> None:
        try:
            await self._role_book.claim_admin(code, person, now=current_visit().moment)
        except ClaimClosed:
            await self._say(update, "invitations/claim_closed")
        else:
            await self._say(update, "invitations/claimed")
            await self._menu.show_with_new_role(update, person)
