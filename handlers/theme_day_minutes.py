"""What members do at a day and after it; its minutes, with pictures, for all."""

from enum import StrEnum
from typing import Any, Final

from markupsafe import Markup
from msgspec import Struct, field
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.outbox.enclosures import Enclosure, EnclosureKind
from branch.theme_days.afterwards import (
    LONGEST_MINUTES,
    MOST_PHOTOS,
    Minutes,
)
from branch.theme_days.attendance import closes_at, opens_at
from branch.theme_days.leaving import Afterwards
from branch.theme_days.model import ThemeDayId, may_change
from branch.theme_days.signing_up import SignUpDesk
from handlers.buttons import Confirm, Leave, Row, keyboard
from handlers.conversation import END, Conversation, Handler, Outcome, Scene
from handlers.incoming import message_of
from handlers.notice_refusals import whoever
from handlers.parts import part_of
from handlers.replies import Say
from handlers.theme_day_buttons import (
    DropPhotos,
    ShowAttendance,
    ShowDayDeeds,
    ShowDoor,
    ShowFeedback,
    ShowMinutes,
    ShowSpeakerQuestions,
    ShowThemeDay,
    WriteMinutes,
)
from handlers.theme_day_refusals import ThemeDayRefusals
from handlers.visit import Context
from texts.telegram_html import shown

_MINUTES: Final = filters.UpdateType.MESSAGE & (filters.TEXT | filters.PHOTO) & ~filters.COMMAND


class Writing(StrEnum):
    MINUTES = "minutes"


class MinutesForm(Struct):
    day: int = 0
    text: str = ""
    photos: list[str] = field(default_factory=list)
    fault: str = ""


class ThemeDayMinutes:
    def __init__(
        self, *, after: Afterwards, desk: SignUpDesk, refusals: ThemeDayRefusals, say: Say
    ) -> None:
        self._after = after
        self._desk = desk
        self._refusals = refusals
        self._say = say

    def conversation(self) -> Conversation:
        tapped = CallbackQueryHandler
        leave = tapped(self.leave, Leave.matches)
        return Conversation(
            name="minutes",
            draft=MinutesForm,
            entries=[
                tapped(self.begin_minutes, WriteMinutes.matches),
            ],
            scenes={
                Writing.MINUTES: Scene(
                    self.ask_minutes,
                    [
                        MessageHandler(_MINUTES, self.take_minutes),
                        tapped(self.drop_photos, DropPhotos.matches),
                        tapped(self.save_minutes, Confirm.matches),
                        leave,
                    ],
                ),
            },
        )

    def handlers(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            tapped(self.show_deeds, ShowDayDeeds.matches),
            tapped(self.show_minutes, ShowMinutes.matches),
        ]

    async def show_deeds(self, update: Update, context: Context) -> None:
        """What members do: the door, the list, the minutes, what people thought."""
        number = ThemeDayId(ShowDayDeeds.tapped(update).day)
        seen = await self._refusals.or_why(update, self._desk.see(whoever(context), number))
        if seen is None:
            return
        label, day, now = self._say.label, seen.day, context.visit.moment
        deeds: list[Any] = []
        if opens_at(day) <= now < closes_at(day):
            deeds.append((label("button.door"), ShowDoor(number)))
        if now >= opens_at(day):
            deeds.append((label("button.attendance"), ShowAttendance(number)))
        if now >= day.plan.starts_at:
            if may_change(whoever(context), day.author):
                deeds.append((label("button.write_minutes"), WriteMinutes(number)))
            deeds.append((label("button.feedback"), ShowFeedback(number)))
        asked = label("button.speaker_questions", count=seen.questions)
        deeds.append((asked, ShowSpeakerQuestions(number)))
        rows: list[Row] = [deeds[at : at + 2] for at in range(0, len(deeds), 2)]
        await self._say(
            update,
            "themedays/deeds",
            keyboard=keyboard(*rows, [(label("button.back"), ShowThemeDay(number))]),
            # from the picture of a door there is no way back into a text
            anew=update.effective_message is not None and not update.effective_message.text,
            plan=day.plan,
            opens_at=opens_at(day),
            opens_later=now < opens_at(day),
            came=seen.came,
        )

    async def show_minutes(self, update: Update, context: Context) -> None:
        number = ThemeDayId(ShowMinutes.tapped(update).day)
        found = await self._refusals.or_why(update, self._after.minutes(number))
        if found is None:
            return
        day, minutes = found
        pictures = [Enclosure(EnclosureKind.PHOTO, each) for each in minutes.photos]
        if pictures:
            await self._say.acknowledge(update)
            await self._say.files(update, pictures)
            context.visit.anew = True
        back = keyboard([(self._say.label("button.this_day"), ShowThemeDay(number))])
        await self._say(
            update,
            "themedays/minutes",
            keyboard=back,
            plan=day.plan,
            minutes=Markup(minutes.text),  # noqa: S704 -- the same
        )

    async def begin_minutes(self, update: Update, context: Context) -> Outcome:
        """What stands there already is added to, or written anew."""
        number = ThemeDayId(WriteMinutes.tapped(update).day)
        beginning = self._after.minutes_to_write(whoever(context), number, now=context.visit.moment)
        found = await self._refusals.or_why(update, beginning)
        if found is None:
            return END
        context.visit.anew = True
        form, (_, minutes) = context.visit.draft(MinutesForm), found
        form.day, form.text, form.photos = number, minutes.text, list(minutes.photos)
        return Writing.MINUTES

    async def ask_minutes(self, update: Update, context: Context) -> int:
        form, label = context.visit.draft(MinutesForm), self._say.label
        rows: list[Row] = [[(label("button.stop_writing"), Leave())]]
        if form.photos:
            rows.insert(0, [(label("button.drop_photos"), DropPhotos())])
        if form.text or form.photos:
            rows.insert(0, [(label("button.save_minutes"), Confirm())])
        fault, form.fault = form.fault, ""
        return await self._say(
            update,
            "themedays/ask_minutes",
            keyboard=keyboard(*rows),
            minutes=Markup(form.text),  # noqa: S704 -- Telegram's own HTML, as they sent it
            photos=len(form.photos),
            most=MOST_PHOTOS,
            longest=LONGEST_MINUTES,
            fault=fault,
        )

    async def take_minutes(self, update: Update, context: Context) -> Outcome:
        """A text takes the place of the last; pictures are added."""
        form, part = context.visit.draft(MinutesForm), part_of(message_of(update))
        if part.enclosure is not None:
            if len(form.photos) >= MOST_PHOTOS:
                form.fault = "photos"
            elif part.enclosure.file_id not in form.photos:
                form.photos.append(part.enclosure.file_id)
        if part.text:
            if len(shown(part.text)) > LONGEST_MINUTES:
                form.fault = "long"
            else:
                form.text = part.text
        return Writing.MINUTES

    async def drop_photos(self, update: Update, context: Context) -> Outcome:
        context.visit.draft(MinutesForm).photos = []
        return Writing.MINUTES

    async def save_minutes(self, update: Update, context: Context) -> Outcome:
        form = context.visit.draft(MinutesForm)
        minutes = Minutes(day=ThemeDayId(form.day), text=form.text, photos=tuple(form.photos))
        writing = self._after.write_minutes(whoever(context), minutes, now=context.visit.moment)
        day = await self._refusals.or_why(update, writing)
        if day is None:
            # what was typed is theirs, whatever has become of them or the day meanwhile
            form.fault = "unsaved"
            return Writing.MINUTES
        rows: Row = [
            (self._say.label("button.minutes"), ShowMinutes(day.id)),
            (self._say.label("button.this_day"), ShowThemeDay(day.id)),
        ]
        await self._say(update, "themedays/minutes_saved", keyboard=keyboard(rows), plan=day.plan)
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END
