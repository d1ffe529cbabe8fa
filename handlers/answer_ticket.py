"""A member takes a ticket, writes the answer, sees it as it will be read, and sends it."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from markupsafe import Markup
from msgspec import Struct, field
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler

from branch.tickets.canned import CannedReplies
from branch.tickets.canned_model import Canned, CannedId
from branch.tickets.errors import TextDoesNotFit
from branch.tickets.letters import said
from branch.tickets.looking import TicketShelf
from branch.tickets.model import TicketId
from branch.tickets.service import TicketDesk
from branch.tickets.thread import LONGEST_ANSWER, MOST_PARTS, Part, Side, check
from branch.tickets.together import numbered
from handlers.answering import Answering
from handlers.buttons import Back, Confirm, Keyboard, Row, ShowDesk, TakeTicket, keyboard
from handlers.conversation import END, Conversation, Outcome, Scene
from handlers.incoming import message_of
from handlers.parts import WRITTEN, attached, one_letter, part_of
from handlers.refusals import Refusals
from handlers.replies import Say
from handlers.ticket_buttons import PickCanned, TakeCanned, WriteAnew
from handlers.visit import Context
from texts.telegram_html import shown_units

LONGEST_QUOTED = 1000
MOST_CANNED = 20


class Scenes(StrEnum):
    ANSWER = "answer"
    CANNED = "canned"
    PREVIEW = "preview"


class AnswerDraft(Struct):
    """`question` is Telegram HTML, and the parts' texts are."""

    ticket: int = 0
    question: str = ""
    parts: list[Part] = field(default_factory=list)


class AnswerTicket:
    def __init__(
        self,
        *,
        desk: TicketDesk,
        shelf: TicketShelf,
        canned: CannedReplies,
        answering: Answering,
        refusals: Refusals,
        say: Say,
    ) -> None:
        self._desk = desk
        self._shelf = shelf
        self._canned = canned
        self._answering = answering
        self._refusals = refusals
        self._say = say

    def conversation(self) -> Conversation:
        written = MessageHandler(WRITTEN, self.take)
        putting_back = CallbackQueryHandler(self.put_back, Back.matches)
        return Conversation(
            name="answer",
            draft=AnswerDraft,
            entries=[CallbackQueryHandler(self.begin, TakeTicket.matches)],
            scenes={
                Scenes.ANSWER: Scene(
                    self.ask_for_answer,
                    [written, CallbackQueryHandler(self.pick, PickCanned.matches), putting_back],
                    self.follow,
                ),
                Scenes.CANNED: Scene(
                    self.ask_which,
                    [
                        CallbackQueryHandler(self.take_canned, TakeCanned.matches),
                        CallbackQueryHandler(self.back, Back.matches),
                        written,
                    ],
                ),
                Scenes.PREVIEW: Scene(
                    self.preview,
                    [
                        CallbackQueryHandler(self.send, Confirm.matches),
                        CallbackQueryHandler(self.write_anew, WriteAnew.matches),
                        putting_back,
                        written,
                    ],
                    self.follow,
                ),
            },
        )

    async def begin(self, update: Update, context: Context) -> Outcome:
        visit, number = context.visit, TicketId(TakeTicket.tapped(update).ticket)
        if visit.person is None:
            await self._say(update, "roles/not_allowed")
            return END
        seen = await self._refusals.or_why(
            update,
            self._shelf.show(visit.person, number, now=visit.moment),
            number=number,
        )
        if seen is None:
            return END
        if seen.ticket.waits or seen.ticket.member != visit.person.id:
            taking = self._desk.take(visit.person, number, now=visit.moment)
            if await self._refusals.or_why(update, taking, number=number) is None:
                return END
        question = said([line for line in seen.lines if line.side is Side.ASKER])
        if shown_units(question) > LONGEST_QUOTED:
            question = str(Markup.escape(seen.ticket.gist))
        draft = visit.draft(AnswerDraft)
        draft.ticket, draft.question = number, question
        return Scenes.ANSWER

    async def ask_for_answer(self, update: Update, context: Context) -> int:
        draft = context.visit.draft(AnswerDraft)
        return await self._say(
            update,
            "tickets/write_answer",
            keyboard=keyboard(
                [
                    (self._say.label("button.canned"), PickCanned()),
                    (self._say.label("button.put_back"), Back()),
                ]
            ),
            number=draft.ticket,
            question=Markup(draft.question),  # noqa: S704 -- escaped when it was read
            most=LONGEST_ANSWER,
        )

    async def pick(self, update: Update, context: Context) -> Outcome:
        return Scenes.CANNED

    async def ask_which(self, update: Update, context: Context) -> int:
        visit, label = context.visit, self._say.label
        found: Sequence[Canned] = ()
        if visit.person is not None:
            looking = self._canned.all(visit.person, now=visit.moment)
            found = await self._refusals.or_why(update, looking) or ()
        rows: list[Row] = [[(each.title, TakeCanned(each.id))] for each in found[:MOST_CANNED]]
        rows.append([(label("button.back"), Back())])
        return await self._say(
            update, "tickets/pick_canned", keyboard=keyboard(*rows), count=len(found)
        )

    async def take_canned(self, update: Update, context: Context) -> Outcome:
        visit, draft = context.visit, context.visit.draft(AnswerDraft)
        number = CannedId(TakeCanned.tapped(update).reply)
        if visit.person is None:
            return END
        getting = self._canned.get(visit.person, number, now=visit.moment)
        canned = await self._refusals.or_why(update, getting)
        if canned is None:
            return Scenes.CANNED
        part = numbered(Part(message_id=0, text=canned.text), draft.ticket, number)
        if not _fits([*draft.parts, part]):
            await self._say(update, "tickets/too_long", most=LONGEST_ANSWER)
            return None
        draft.parts = [*draft.parts, part]
        return Scenes.PREVIEW

    async def back(self, update: Update, context: Context) -> Outcome:
        return Scenes.ANSWER

    async def take(self, update: Update, context: Context) -> Outcome:
        draft, part = context.visit.draft(AnswerDraft), part_of(message_of(update))
        kept = [each for each in draft.parts if each.message_id != part.message_id]
        if not _fits([*kept, part]):
            await self._say(update, "tickets/too_long", most=LONGEST_ANSWER)
            return None
        draft.parts = [*kept, part]
        if part.album and any(each.album == part.album for each in kept):
            await self._redraw(update, context)
            return None
        return Scenes.PREVIEW

    async def follow(self, update: Update, context: Context) -> Outcome:
        """A message of the answer was edited before it was sent."""
        draft, part = context.visit.draft(AnswerDraft), part_of(message_of(update))
        if all(each.message_id != part.message_id for each in draft.parts):
            return None
        parts = [part if each.message_id == part.message_id else each for each in draft.parts]
        if _fits(parts):
            draft.parts = parts
        else:
            await self._say(update, "tickets/too_long", most=LONGEST_ANSWER)
        return Scenes.PREVIEW

    async def preview(self, update: Update, context: Context) -> int:
        return await self._say(
            update, "tickets/preview", keyboard=self._buttons(), **self._values(context)
        )

    async def write_anew(self, update: Update, context: Context) -> Outcome:
        context.visit.draft(AnswerDraft).parts = []
        return Scenes.ANSWER

    async def send(self, update: Update, context: Context) -> Outcome:
        visit = context.visit
        draft = visit.draft(AnswerDraft)
        if visit.person is None:
            await self._say(update, "roles/not_allowed")
            return END
        parts = one_letter(draft.parts)
        await self._answering.send(update, visit.person, TicketId(draft.ticket), parts)
        return END

    async def put_back(self, update: Update, context: Context) -> Outcome:
        visit = context.visit
        number = TicketId(visit.draft(AnswerDraft).ticket)
        if visit.person is not None:
            putting = self._desk.put_back(visit.person, number, now=visit.moment)
            if await self._refusals.or_why(update, putting, number=number):
                buttons = keyboard([(self._say.label("button.desk"), ShowDesk(0))])
                await self._say(update, "tickets/put_back", keyboard=buttons, number=number)
        return END

    async def _redraw(self, update: Update, context: Context) -> None:
        """One more picture of an album: what is shown already counts it."""
        talk = context.visit.talk
        if talk is not None and talk.prompt_id is not None:
            await self._say.over(
                update,
                talk.prompt_id,
                "tickets/preview",
                keyboard=self._buttons(),
                **self._values(context),
            )

    def _values(self, context: Context) -> dict[str, Any]:
        draft = context.visit.draft(AnswerDraft)
        answer = "\n\n".join(part.text for part in one_letter(draft.parts) if part.text)
        return {
            "number": draft.ticket,
            "question": Markup(draft.question),  # noqa: S704 -- escaped when it was read
            "answer": Markup(answer),  # noqa: S704 -- escaped when it was read
            "attached": attached([part.enclosure for part in draft.parts], self._say.label),
        }

    def _buttons(self) -> Keyboard | None:
        label = self._say.label
        return keyboard(
            [(label("button.send"), Confirm()), (label("button.write_anew"), WriteAnew())],
            [(label("button.put_back"), Back())],
        )


def _fits(parts: Sequence[Part]) -> bool:
    try:
        check(parts, longest=LONGEST_ANSWER)
    except TextDoesNotFit:
        return False
    return len(parts) <= MOST_PARTS
