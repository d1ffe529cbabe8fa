"""Introduces what has to do with rosters and outcomes to each other."""

from dataclasses import dataclass

from branch.outcomes.roster_book import RosterBook
from handlers.conversation import Conversation, Handler
from handlers.import_roster import ImportRoster
from handlers.replies import Say
from storage.work import Transactions


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeParts:
    """What is done with outcomes, whoever asks for it."""

    roster: RosterBook


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeDoors:
    conversations: list[Conversation]
    handlers: list[Handler]


def outcome_parts(transactions: Transactions) -> OutcomeParts:
    begin, look = transactions.begin, transactions.look
    return OutcomeParts(roster=RosterBook(begin, look))


def outcome_doors(parts: OutcomeParts, *, say: Say) -> OutcomeDoors:
    return OutcomeDoors(
        conversations=[ImportRoster(book=parts.roster, say=say).conversation()], handlers=[]
    )
