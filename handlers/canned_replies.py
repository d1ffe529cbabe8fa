"""Members keep what they answer again and again: a list, a new one, another wording, away."""

from enum import StrEnum

from markupsafe import Markup
from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.tickets.canned import LONGEST_TITLE, CannedReplies
from branch.tickets.canned_model import CannedId
from branch.tickets.thread import LONGEST_ANSWER
from handlers.buttons import Leave, Row, ShowDesk, keyboard
from handlers.conversation import END, Conversation, Handler, Outcome, Scene
from handlers.incoming import message_of, text_of
from handlers.refusals import Refusals
from handlers.replies import Say
from handlers.ticket_buttons import OpenCanned, RetireCanned, ShowCanned, WriteCanned
from handlers.visit import Context
from texts.telegram_html import shown_units

SHOWN = 10
_TEXT = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


class Scenes(StrEnum):
    TITLE = "title"
    TEXT = "text"


class CannedDraft(Struct):
    instead: int = 0
    title: str = ""


class KeepsCanned:
    def __init__(self, *, canned: CannedReplies, refusals: Refusals, say: Say) -> None:
        self._canned = canned
        self._refusals = refusals
        self._say = say

    def conversation(self) -> Conversation:
        leaving = CallbackQueryHandler(self.leave, Leave.matches)
        return Conversation(
            name="canned",
            draft=CannedDraft,
            entries=[CallbackQueryHandler(self.begin, WriteCanned.matches)],
            scenes={
                Scenes.TITLE: Scene(
                    self.ask_title, [MessageHandler(_TEXT, self.take_title), leaving]
                ),
                Scenes.TEXT: Scene(self.ask_text, [MessageHandler(_TEXT, self.take_text), leaving]),
            },
        )

    def handlers(self) -> list[Handler]:
        return [
            CallbackQueryHandler(self.list, ShowCanned.matches),
            CallbackQueryHandler(self.open, OpenCanned.matches),
            CallbackQueryHandler(self.retire, RetireCanned.matches),
        ]

    async def list(self, update: Update, context: Context) -> None:
        await self._list(update, context, ShowCanned.tapped(update).page)

    async def open(self, update: Update, context: Context) -> None:
        visit, number = context.visit, CannedId(OpenCanned.tapped(update).reply)
        if visit.person is None:
            return
        getting = self._canned.get(visit.person, number, now=visit.moment)
        canned = await self._refusals.or_why(update, getting)
        if canned is not None:
            label = self._say.label
            rows: list[Row] = [
                [
                    (label("button.reword"), WriteCanned(number)),
                    (label("button.put_away"), RetireCanned(number)),
                ],
                [(label("button.back"), ShowCanned(0))],
            ]
            await self._say(
                update,
                "tickets/canned_one",
                keyboard=keyboard(*rows),
                title=canned.title,
                text=Markup(canned.text),  # noqa: S704 -- escaped when it was read
                by=canned.by_name,
            )

    async def retire(self, update: Update, context: Context) -> None:
        visit, number = context.visit, CannedId(RetireCanned.tapped(update).reply)
        if visit.person is not None:
            retiring = self._canned.retire(visit.person, number, now=visit.moment)
            if await self._refusals.or_why(update, retiring) is not None:
                await self._list(update, context, 0)

    async def begin(self, update: Update, context: Context) -> Outcome:
        visit, draft = context.visit, context.visit.draft(CannedDraft)
        draft.instead = WriteCanned.tapped(update).reply
        if visit.person is None:
            return END
        if draft.instead:
            getting = self._canned.get(visit.person, CannedId(draft.instead), now=visit.moment)
            canned = await self._refusals.or_why(update, getting)
            if canned is None:
                return END
            draft.title = canned.title
        return Scenes.TITLE

    async def ask_title(self, update: Update, context: Context) -> int:
        title = context.visit.draft(CannedDraft).title
        return await self._say(
            update,
            "tickets/canned_title",
            keyboard=keyboard([(self._say.label("button.leave"), Leave())]),
            most=LONGEST_TITLE,
            title=title,
        )

    async def take_title(self, update: Update, context: Context) -> Outcome:
        title = " ".join(text_of(update).split())
        if not 0 < len(title) <= LONGEST_TITLE:
            await self._say(update, "tickets/too_long", most=LONGEST_TITLE)
            return None
        context.visit.draft(CannedDraft).title = title
        return Scenes.TEXT

    async def ask_text(self, update: Update, context: Context) -> int:
        return await self._say(
            update,
            "tickets/canned_text",
            keyboard=keyboard([(self._say.label("button.leave"), Leave())]),
            title=context.visit.draft(CannedDraft).title,
        )

    async def take_text(self, update: Update, context: Context) -> Outcome:
        visit, draft = context.visit, context.visit.draft(CannedDraft)
        text = message_of(update).text_html.strip()
        if visit.person is None:
            return END
        if shown_units(text) > LONGEST_ANSWER:
            await self._say(update, "tickets/too_long", most=LONGEST_ANSWER)
            return None
        instead = CannedId(draft.instead) if draft.instead else None
        writing = self._canned.write(
            visit.person, draft.title, text, instead=instead, now=visit.moment
        )
        written = await self._refusals.or_why(update, writing, most=LONGEST_ANSWER)
        if written is not None:
            await self._list(update, context, 0)
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END

    async def _list(self, update: Update, context: Context, page: int) -> None:
        visit, label = context.visit, self._say.label
        if visit.person is None:
            return
        found = await self._refusals.or_why(
            update, self._canned.all(visit.person, now=visit.moment)
        )
        if found is None:
            return
        rows: list[Row] = [
            [(each.title, OpenCanned(each.id))] for each in found[page * SHOWN : (page + 1) * SHOWN]
        ]
        turning: list[tuple[str, ShowCanned]] = []
        if page:
            turning.append((label("button.page_before"), ShowCanned(page - 1)))
        if len(found) > (page + 1) * SHOWN:
            turning.append((label("button.page_after"), ShowCanned(page + 1)))
        rows += [
            turning,
            [(label("button.new_canned"), WriteCanned(0))],
            [(label("button.back"), ShowDesk(0))],
        ]
        await self._say(update, "tickets/canned", keyboard=keyboard(*rows), count=len(found))
