"""A reply to a message about a ticket belongs to it: of who asked, more; of a member, the answer.

What turns out to be about no ticket is offered to everybody else, in their order.
"""

import re
from collections.abc import Sequence
from typing import Any

from telegram import Message, Update
from telegram.constants import MessageEntityType
from telegram.ext import Application, BaseHandler, filters

from branch.people.model import Person, Role
from branch.tickets.asking import QuestionBox
from branch.tickets.errors import TicketGone
from branch.tickets.finding import TicketFinder
from branch.tickets.model import TicketId
from branch.tickets.thread import LONGEST_QUESTION, Line
from handlers.answering import Answering
from handlers.buttons import ShowTicket, TakeTicket, keyboard
from handlers.conversation import Handler, Outcome
from handlers.incoming import message_of
from handlers.parts import WRITTEN, part_of
from handlers.refusals import Refusals
from handlers.replies import Say
from handlers.ticket_buttons import AddToTicket, OpenInPrivate, TakeHere
from handlers.visit import Context

_NUMBER = re.compile(r"#(\d{1,18})")
_REPLIES = WRITTEN & filters.REPLY & (filters.ChatType.PRIVATE | filters.ChatType.GROUPS)


class RepliesToTickets(BaseHandler[Update, Context, Outcome]):
    def __init__(
        self,
        *,
        box: QuestionBox,
        finder: TicketFinder,
        answering: Answering,
        refusals: Refusals,
        say: Say,
    ) -> None:
        super().__init__(callback=_never)
        self._box = box
        self._finder = finder
        self._answering = answering
        self._refusals = refusals
        self._say = say
        self._rest: Sequence[Handler] = ()

    def before(self, rest: Sequence[Handler]) -> Sequence[Handler]:
        """All handlers, this one in front of the others."""
        self._rest = rest
        return [self, *rest]

    def check_update(self, update: object) -> bool:
        return isinstance(update, Update) and bool(_REPLIES.check_update(update))

    async def handle_update(
        self,
        update: Update,
        application: Application[Any, Context, Any, Any, Any, Any],
        check_result: object,
        context: Context,
    ) -> None:
        if await self._hears(update, context):
            return
        for handler in self._rest:
            check = handler.check_update(update)
            if check is not None and check is not False:
                await handler.handle_update(update, application, check, context)
                return

    async def _hears(self, update: Update, context: Context) -> bool:
        message = message_of(update)
        if not context.visit.private:
            return await self._in_group(update, context, message)
        person, replied = context.visit.person, message.reply_to_message
        if person is None or replied is None:
            return False
        number = await self._finder.by_reply(person, replied.message_id)
        number = number or _named_in(replied, update.get_bot().id)
        if number is None:
            return False
        own = await self._own(person, number)
        if own is not None:
            await self._add(update, context, number, own)
        elif person.role.covers(Role.MEMBER):
            await self._answering.take(update, person, number, part_of(message))
        else:
            return False
        return True

    async def _in_group(self, update: Update, context: Context, message: Message) -> bool:
        """In the members' group; a reply to us alone, so that members can talk among themselves."""
        replied = message.reply_to_message
        if replied is None or replied.from_user is None:
            return False
        if replied.from_user.id != update.get_bot().id or replied.forum_topic_created:
            return False
        number = await self._finder.in_group(message.chat_id, reply_to=replied.message_id)
        number = number or _named_in(replied, update.get_bot().id)
        if number is None:
            return False
        person = context.visit.person
        if person is None or not person.role.covers(Role.MEMBER):
            await self._say(update, "tickets/not_a_member_here", username=update.get_bot().username)
            return True
        await self._answering.take(update, person, number, part_of(message, in_group=True))
        return True

    async def _own(self, person: Person, number: TicketId) -> Sequence[Line] | None:
        try:
            _, lines = await self._box.show(person, number)
        except TicketGone:
            return None
        return lines

    async def _add(
        self, update: Update, context: Context, number: TicketId, before: Sequence[Line]
    ) -> None:
        person, part = context.visit.person, part_of(message_of(update))
        assert person is not None, "checked by who calls"
        adding = self._box.add(person, number, [part], now=context.visit.moment)
        ticket = await self._refusals.or_why(update, adding, most=LONGEST_QUESTION)
        if ticket is None or (part.album and any(each.album == part.album for each in before)):
            return
        buttons = keyboard([(self._say.label("button.my_ticket"), ShowTicket(ticket.id))])
        await self._say(update, "tickets/added", keyboard=buttons, ticket=ticket)


def _named_in(replied: Message, bot_id: int) -> TicketId | None:
    """The ticket that a message of ours names itself: in its buttons, or as its first bold words.

    It is there before we know that it has arrived, and it may be answered in that moment: where the
    program dies in between, this is all there is.
    """
    if replied.from_user is None or replied.from_user.id != bot_id:
        return None
    rows = replied.reply_markup.inline_keyboard if replied.reply_markup else ()
    taps = [str(button.callback_data) for row in rows for button in row if button.callback_data]
    for shape in (TakeHere, OpenInPrivate, TakeTicket, ShowTicket, AddToTicket):
        for tap in taps:
            said = shape.unpack(tap)
            if said is not None:
                return TicketId(said.ticket)
    bold: list[str | None] = [MessageEntityType.BOLD]
    words = [*replied.parse_entities(bold).values(), *replied.parse_caption_entities(bold).values()]
    number = _NUMBER.fullmatch(words[0]) if words else None
    return TicketId(int(number[1])) if number else None


async def _never(update: Update, context: Context) -> None:
    """The library wants a callback; what is done is chosen in `handle_update`."""
