"""Introduces what has to do with tickets to each other: the box, the desk, and who shows them."""

from dataclasses import dataclass

from branch.guidance.question_log import QuestionLog
from branch.tickets.asking import QuestionBox
from branch.tickets.letters import Taps, TicketLetters
from branch.tickets.looking import TicketShelf
from branch.tickets.readers import EveryMember
from branch.tickets.service import TicketDesk
from branch.tickets.telling import Telling
from handlers.answer_ticket import AnswerTicket
from handlers.ask_a_member import AskAMember
from handlers.ask_guidance import AskGuidance
from handlers.buttons import AskMember, ShowTicket, TakeTicket
from handlers.conversation import Conversation, Handler
from handlers.replies import Say
from handlers.show_tickets import ShowsTickets
from handlers.strangers import Strangers
from storage.work import Transactions
from texts.renderer import Texts


@dataclass(frozen=True, slots=True)
class Ticketing:
    """What students and members do with tickets in the chat."""

    conversations: list[Conversation]
    handlers: list[Handler]


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketParts:
    """What is done with tickets, whoever asks for it: people in a chat, or the clock."""

    letters: TicketLetters
    telling: Telling
    box: QuestionBox
    desk: TicketDesk
    shelf: TicketShelf


def ticket_parts(transactions: Transactions, texts: Texts) -> TicketParts:
    letters = TicketLetters(
        texts,
        Taps(
            take=lambda ticket: TakeTicket(ticket).pack(),
            show=lambda ticket: ShowTicket(ticket).pack(),
            pass_on=AskMember(0, 0).pack,
        ),
    )
    telling = Telling(letters, EveryMember())
    return TicketParts(
        letters=letters,
        telling=telling,
        box=QuestionBox(transactions.begin, transactions.look, telling),
        desk=TicketDesk(transactions.begin, letters, telling),
        shelf=TicketShelf(transactions.look),
    )


def ticketing(
    parts: TicketParts,
    *,
    log: QuestionLog,
    asking: AskGuidance,
    strangers: Strangers,
    say: Say,
) -> Ticketing:
    box, desk, shelf = parts.box, parts.desk, parts.shelf
    return Ticketing(
        conversations=[
            AskAMember(
                box=box, log=log, asking=asking, strangers=strangers, say=say
            ).conversation(),
            AnswerTicket(desk=desk, shelf=shelf, say=say).conversation(),
        ],
        handlers=[
            *ShowsTickets(box=box, desk=desk, shelf=shelf, strangers=strangers, say=say).handlers(),
        ],
    )
