"""Introduces what has to do with rosters and outcomes to each other."""

from dataclasses import dataclass

from branch.outcomes.board import OutcomeBoard
from branch.outcomes.freezing import Freezer
from branch.outcomes.history_book import HistoryBook
from branch.outcomes.letters import OutcomeLetters
from branch.outcomes.reporting import OutcomeDesk
from branch.outcomes.roster_book import RosterBook
from branch.outcomes.verifying import OutcomeBench
from handlers.conversation import Conversation, Handler
from handlers.freeze_outcomes import FreezeOutcomes
from handlers.import_roster import ImportRoster
from handlers.outcome_buttons import ShowMyOutcome
from handlers.outcome_refusals import OutcomeRefusals
from handlers.outcomes import Outcomes
from handlers.refuse_outcome import RefuseOutcome
from handlers.replies import Say
from handlers.report_outcome import ReportOutcome
from handlers.strangers import Strangers
from storage.work import Transactions
from texts.renderer import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeParts:
    """What is done with outcomes, whoever asks for it."""

    roster: RosterBook
    desk: OutcomeDesk
    bench: OutcomeBench
    board: OutcomeBoard
    freezer: Freezer
    history: HistoryBook


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeDoors:
    conversations: list[Conversation]
    handlers: list[Handler]


def outcome_parts(transactions: Transactions, texts: Texts) -> OutcomeParts:
    begin, look = transactions.begin, transactions.look
    letters = OutcomeLetters(texts, show=lambda: ShowMyOutcome().pack())
    return OutcomeParts(
        roster=RosterBook(begin, look),
        desk=OutcomeDesk(begin, look),
        bench=OutcomeBench(begin, look, letters),
        board=OutcomeBoard(look),
        freezer=Freezer(begin, look),
        history=HistoryBook(begin, look),
    )


def outcome_doors(parts: OutcomeParts, *, strangers: Strangers, say: Say) -> OutcomeDoors:
    refusals = OutcomeRefusals(say)
    outcomes = Outcomes(board=parts.board, bench=parts.bench, refusals=refusals, say=say)
    refusing = RefuseOutcome(bench=parts.bench, outcomes=outcomes, refusals=refusals, say=say)
    freezing = FreezeOutcomes(
        freezer=parts.freezer, board=parts.board, outcomes=outcomes, refusals=refusals, say=say
    )
    return OutcomeDoors(
        conversations=[
            ImportRoster(book=parts.roster, say=say).conversation(),
            ReportOutcome(desk=parts.desk, strangers=strangers, say=say).conversation(),
            refusing.conversation(),
        ],
        handlers=[*outcomes.handlers(), *freezing.handlers()],
    )
