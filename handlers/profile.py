"""What the bot knows of oneself, and how to change it."""

from enum import StrEnum

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from branch.people.model import Role
from branch.people.register import LONGEST_CLASS, ClassTooLong, Register, YearOutOfRange
from handlers.buttons import (
    Back,
    ChooseYear,
    EditClass,
    EditYear,
    ShowLanguages,
    ShowMenu,
    ShowPrivacy,
    ShowProfile,
    keyboard,
)
from handlers.conversation import END, Conversation, Handler, Outcome, Scene
from handlers.incoming import text_of
from handlers.replies import Say
from handlers.strangers import Strangers
from handlers.ticket_buttons import ShowDuty
from handlers.visit import Context
from handlers.years import TYPED_YEAR, Years, typed_year

_TYPED = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


class EditingProfile(StrEnum):
    YEAR = "year"
    CLASS = "class"


class ProfileDraft(Struct):
    """Which year is being changed: `cohort` or `intake`."""

    field: str = "cohort"


class Profile:
    def __init__(self, *, register: Register, years: Years, strangers: Strangers, say: Say) -> None:
        self._register = register
        self._years = years
        self._strangers = strangers
        self._say = say

    def conversation(self) -> Conversation:
        return Conversation(
            name="profile",
            draft=ProfileDraft,
            entries=[
                CallbackQueryHandler(self.edit, EditYear.matches),
                CallbackQueryHandler(self.edit_class, EditClass.matches),
            ],
            scenes={
                EditingProfile.YEAR: Scene(
                    self.ask_year,
                    [
                        CallbackQueryHandler(self.choose, ChooseYear.matches),
                        CallbackQueryHandler(self.back, Back.matches),
                        MessageHandler(filters.UpdateType.MESSAGE & TYPED_YEAR, self.type_year),
                    ],
                ),
                EditingProfile.CLASS: Scene(
                    self.ask_class,
                    [
                        CallbackQueryHandler(self.back, Back.matches),
                        MessageHandler(_TYPED, self.type_class),
                    ],
                ),
            },
        )

    def handlers(self) -> list[Handler]:
        return [
            CommandHandler("profile", self.show),
            CallbackQueryHandler(self.show, ShowProfile.matches),
        ]

    async def show(self, update: Update, context: Context) -> None:
        person = context.visit.person
        if person is None:
            await self._strangers.invite_in(update)
            return
        label = self._say.label
        buttons = keyboard(
            [
                (label("button.edit_cohort"), EditYear("cohort")),
                (label("button.edit_intake"), EditYear("intake")),
            ],
            [(label("button.edit_class"), EditClass())],
            [(label("button.language"), ShowLanguages()), (label("button.privacy"), ShowPrivacy())],
            [(label("button.duty"), ShowDuty())] if person.role.covers(Role.MEMBER) else [],
            [(label("button.menu"), ShowMenu())],
        )
        await self._say(
            update,
            "profile/profile",
            keyboard=buttons,
            person=person,
            role=label(f"role.{person.role}"),
            language_name=label(f"language.{context.visit.language}"),
        )

    async def edit(self, update: Update, context: Context) -> Outcome:
        if context.visit.person is None:
            await self._strangers.invite_in(update)
            return END
        context.visit.draft(ProfileDraft).field = EditYear.tapped(update).field
        return EditingProfile.YEAR

    async def ask_year(self, update: Update, context: Context) -> int:
        buttons = self._years.keyboard(context.visit.moment, back=True)
        return await self._say(
            update, "profile/year", keyboard=buttons, field=context.visit.draft(ProfileDraft).field
        )

    async def choose(self, update: Update, context: Context) -> Outcome:
        return await self._set(update, context, ChooseYear.tapped(update).year or None)

    async def type_year(self, update: Update, context: Context) -> Outcome:
        return await self._set(update, context, typed_year(update))

    async def edit_class(self, update: Update, context: Context) -> Outcome:
        if context.visit.person is None:
            await self._strangers.invite_in(update)
            return END
        return EditingProfile.CLASS

    async def ask_class(self, update: Update, context: Context) -> int:
        buttons = keyboard([(self._say.label("button.back"), Back())])
        return await self._say(update, "profile/class", keyboard=buttons)

    async def type_class(self, update: Update, context: Context) -> Outcome:
        visit = context.visit
        assert visit.person is not None
        try:
            await self._register.study_in(visit.person, text_of(update))
        except ClassTooLong:
            await self._say(update, "profile/class_too_long", most=LONGEST_CLASS)
            return None
        visit.person = await self._register.as_kept(visit.person, now=visit.moment)
        await self.show(update, context)
        return END

    async def back(self, update: Update, context: Context) -> Outcome:
        await self.show(update, context)
        return END

    async def _set(self, update: Update, context: Context, year: int | None) -> Outcome:
        visit, field = context.visit, context.visit.draft(ProfileDraft).field
        assert visit.person is not None
        try:
            if field == "intake":
                await self._register.sit_for(visit.person, year)
            else:
                await self._register.graduate_in(visit.person, year)
        except YearOutOfRange:
            await self._say(update, "welcome/cohort_out_of_range", anew=True)
            return None
        visit.person = await self._register.as_kept(visit.person, now=visit.moment)
        await self.show(update, context)
        return END
