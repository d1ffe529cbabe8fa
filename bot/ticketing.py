"""Introduces what has to do with tickets to each other: the box, the desk, and who shows them."""

from collections.abc import Callable

from msgspec import Struct

from bot.ground import Ground
from bot.hall import Doors, Hall
from branch.outbox.model import Buttons
from branch.tickets.asking import QuestionBox
from branch.tickets.by_the_clock import TicketKeeper
from branch.tickets.canned import CannedReplies
from branch.tickets.declining import Declining
from branch.tickets.desk_group import DeskGroup
from branch.tickets.duty_book import DutyBook
from branch.tickets.finding import TicketFinder
from branch.tickets.letters import Taps, TicketLetters
from branch.tickets.looking import TicketShelf
from branch.tickets.member_edits import MemberEdits
from branch.tickets.model import Ticket
from branch.tickets.muting import Muting
from branch.tickets.routing import Routing
from branch.tickets.service import TicketDesk
from branch.tickets.suggesting import Suggesting
from branch.tickets.telling import Telling
from branch.tickets.together import AnsweringTogether
from branch.tickets.unveiling import Unveiling
from branch.tickets.unveiling_letters import RevealTaps, UnveilingLetters
from branch.tickets.working_hours import WorkingHours
from handlers.answer_ticket import AnswerTicket
from handlers.answer_together import AnswersTogether
from handlers.answering import Answering
from handlers.ask_a_member import AskAMember
from handlers.ask_guidance import AskGuidance
from handlers.bind_desk import BindDesk
from handlers.buttons import AskMember, ShowTicket, TakeTicket
from handlers.canned_replies import KeepsCanned
from handlers.conversation import Handler
from handlers.desk import Desk
from handlers.desk_card import DeskCard
from handlers.desk_deeds import DeskDeeds
from handlers.desk_words import DeskWords
from handlers.duties import DutyPages
from handlers.my_tickets import MyTickets
from handlers.open_tickets import OpenTickets
from handlers.rate_ticket import RateTickets
from handlers.refusals import Refusals
from handlers.reply_to_tickets import RepliesToTickets
from handlers.reveal import Reveals
from handlers.suggest_answers import SuggestAnswers
from handlers.ticket_buttons import (
    AddToTicket,
    AgreeToReveal,
    DeclineTicket,
    OpenInPrivate,
    RateTicket,
    RefuseToReveal,
    ShowList,
    ShowWho,
    Suggest,
    TakeHere,
    View,
)
from texts.language import Language
from texts.renderer import Texts


class TicketDoors(Doors, frozen=True, kw_only=True):
    """What students and members do with tickets in the chat.

    `in_group` comes before whatever else is said in a group; `replies` before everything.
    """

    in_group: list[Handler]
    replies: RepliesToTickets
    opening: OpenTickets


class TicketParts(Struct, frozen=True, kw_only=True):
    """What is done with tickets, whoever asks for it: people in a chat, or the clock."""

    letters: TicketLetters
    telling: Telling
    box: QuestionBox
    desk: TicketDesk
    shelf: TicketShelf
    finder: TicketFinder
    group: DeskGroup
    muting: Muting
    unveiling: Unveiling
    keeper: TicketKeeper
    duties: DutyBook
    declining: Declining
    edits: MemberEdits
    suggesting: Suggesting
    together: AnsweringTogether
    canned: CannedReplies


def ticket_parts(ground: Ground, *, hours: WorkingHours) -> TicketParts:
    begin, look = ground.transactions.begin, ground.transactions.look
    letters = _letters(ground.texts)
    telling = Telling(letters, Routing())
    desk = TicketDesk(begin, letters, telling, promise=hours.promise)
    return TicketParts(
        letters=letters,
        telling=telling,
        box=QuestionBox(begin, look, telling, promise=hours.promise),
        desk=desk,
        shelf=TicketShelf(look),
        finder=TicketFinder(begin, look),
        group=DeskGroup(begin, look),
        muting=Muting(begin, look),
        unveiling=Unveiling(begin, look, _unveiling_letters(ground.texts)),
        keeper=TicketKeeper(begin, look, letters, telling),
        duties=DutyBook(begin, look),
        declining=Declining(begin, telling),
        edits=MemberEdits(begin),
        suggesting=Suggesting(look),
        together=AnsweringTogether(begin, desk),
        canned=CannedReplies(begin, look),
    )


def _letters(texts: Texts) -> TicketLetters:
    taps = Taps(
        take=lambda ticket: TakeTicket(ticket).pack(),
        show=lambda ticket: ShowTicket(ticket).pack(),
        add=lambda ticket: AddToTicket(ticket).pack(),
        rate=lambda ticket: RateTicket(ticket).pack(),
        suggest=lambda ticket: Suggest(ticket, 0).pack(),
        decline=lambda ticket: DeclineTicket(ticket).pack(),
        overdue=ShowList(View.OVERDUE, 0).pack,
        pass_on=AskMember(0, 0).pack,
        in_group=_in_group(texts),
    )
    return TicketLetters(texts, taps)


def _unveiling_letters(texts: Texts) -> UnveilingLetters:
    taps = RevealTaps(
        agree=lambda reveal: AgreeToReveal(reveal).pack(),
        refuse=lambda reveal: RefuseToReveal(reveal).pack(),
        who=lambda reveal: ShowWho(reveal).pack(),
    )
    return UnveilingLetters(texts, taps)


def ticketing(parts: TicketParts, hall: Hall, *, asking: AskGuidance) -> TicketDoors:
    say, refusals = hall.say, Refusals(hall.say)
    box, desk, shelf, finder = parts.box, parts.desk, parts.shelf, parts.finder
    card = DeskCard(shelf, parts.letters, refusals, say)
    mine = MyTickets(box=box, strangers=hall.strangers, refusals=refusals, say=say)
    lists = Desk(shelf=shelf, refusals=refusals, say=say)
    answering = Answering(desk=desk, shelf=shelf, finder=finder, refusals=refusals, say=say)
    opening = OpenTickets(
        box=box, desk=desk, shelf=shelf, mine=mine, card=card, refusals=refusals, say=say
    )
    replies = RepliesToTickets(
        box=box, finder=finder, answering=answering, refusals=refusals, say=say
    )
    rooms = (
        _asking(parts, hall, asking=asking, answering=answering, refusals=refusals),
        _answering(parts, hall, answering=answering, refusals=refusals),
        _looking_after(parts, hall, lists=lists, card=card, refusals=refusals),
    )
    reveals = Reveals(unveiling=parts.unveiling, refusals=refusals, say=say)
    shown = (mine, lists, opening, answering, reveals)
    return TicketDoors(
        in_group=BindDesk(group=parts.group, desk=desk, refusals=refusals, say=say).handlers(),
        conversations=[each for room in rooms for each in room.conversations],
        handlers=[
            *(handler for each in shown for handler in each.handlers()),
            *(handler for room in rooms for handler in room.handlers),
        ],
        replies=replies,
        opening=opening,
    )


def _asking(
    parts: TicketParts, hall: Hall, *, asking: AskGuidance, answering: Answering, refusals: Refusals
) -> Doors:
    """From the question to the nearest answers below it, and what it was worth."""
    box, say = parts.box, hall.say
    suggest = SuggestAnswers(
        library=hall.library,
        answers=hall.answers,
        suggesting=parts.suggesting,
        answering=answering,
        together=parts.together,
        refusals=refusals,
        zone=hall.zone,
        say=say,
    )
    asking_a_member = AskAMember(
        box=box,
        log=hall.log,
        asking=asking,
        strangers=hall.strangers,
        suggesting=suggest,
        refusals=refusals,
        say=say,
    )
    rating = RateTickets(box=box, refusals=refusals, say=say)
    return Doors(
        conversations=[asking_a_member.conversation(), rating.conversation()],
        handlers=suggest.handlers(),
    )


def _answering(
    parts: TicketParts, hall: Hall, *, answering: Answering, refusals: Refusals
) -> Doors:
    """One at a time, several together, or with words that are kept."""
    say = hall.say
    together = AnswersTogether(
        library=hall.library,
        suggesting=parts.suggesting,
        together=parts.together,
        refusals=refusals,
        say=say,
    )
    canned = KeepsCanned(canned=parts.canned, refusals=refusals, say=say)
    one = AnswerTicket(
        desk=parts.desk,
        shelf=parts.shelf,
        canned=parts.canned,
        answering=answering,
        refusals=refusals,
        say=say,
    )
    return Doors(
        conversations=[each.conversation() for each in (together, canned, one)],
        handlers=canned.handlers(),
    )


def _looking_after(
    parts: TicketParts, hall: Hall, *, lists: Desk, card: DeskCard, refusals: Refusals
) -> Doors:
    """What is done with a ticket besides answering it, and who is there to do it."""
    desk, say = parts.desk, hall.say
    deeds = DeskDeeds(
        desk=desk,
        shelf=parts.shelf,
        declining=parts.declining,
        muting=parts.muting,
        card=card,
        refusals=refusals,
        say=say,
    )
    words = DeskWords(
        desk=desk, unveiling=parts.unveiling, lists=lists, card=card, refusals=refusals, say=say
    )
    duties = DutyPages(duties=parts.duties, refusals=refusals, say=say)
    return Doors(
        conversations=[duties.conversation(), words.conversation()],
        handlers=[*deeds.handlers(), *duties.handlers()],
    )


def _in_group(texts: Texts) -> Callable[[Ticket, Language], Buttons]:
    """The buttons below what is said of a ticket in the members' group."""

    def buttons(ticket: Ticket, language: Language) -> Buttons:
        number = ticket.id
        answering = [
            (texts.label("button.take_here", language), TakeHere(number).pack()),
            (texts.label("button.suggestions", language), Suggest(number, 0).pack()),
        ]
        more = (texts.label("button.open_in_private", language), OpenInPrivate(number).pack())
        return [answering, [more]] if ticket.waits else [[more]]

    return buttons
