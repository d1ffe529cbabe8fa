"""Introduces what has to do with rosters and outcomes to each other."""

from msgspec import Struct

from bot.ground import Ground
from bot.hall import Doors, Hall
from branch.outcomes.board import OutcomeBoard
from branch.outcomes.freezing import Freezer
from branch.outcomes.history_book import HistoryBook
from branch.outcomes.letters import OutcomeLetters
from branch.outcomes.reporting import OutcomeDesk
from branch.outcomes.roster_book import RosterBook
from branch.outcomes.verifying import OutcomeBench
from handlers.freeze_outcomes import FreezeOutcomes
from handlers.import_roster import ImportRoster
from handlers.outcome_buttons import ShowMyOutcome
from handlers.outcome_refusals import OutcomeRefusals
from handlers.outcomes import Outcomes
from handlers.refuse_outcome import RefuseOutcome
from handlers.report_outcome import ReportOutcome


class OutcomeParts(Struct, frozen=True, kw_only=True):
    """What is done with outcomes, whoever asks for it."""

    roster: RosterBook
    desk: OutcomeDesk
    bench: OutcomeBench
    board: OutcomeBoard
    freezer: Freezer
    history: HistoryBook


def outcome_parts(ground: Ground) -> OutcomeParts:
    begin, look = ground.transactions.begin, ground.transactions.look
    letters = OutcomeLetters(ground.texts, show=lambda: ShowMyOutcome().pack())
    return OutcomeParts(
        roster=RosterBook(begin, look),
        desk=OutcomeDesk(begin, look),
        bench=OutcomeBench(begin, look, letters),
        board=OutcomeBoard(look),
        freezer=Freezer(begin, look),
        history=HistoryBook(begin, look),
    )


def outcome_doors(parts: OutcomeParts, hall: Hall) -> Doors:
    strangers, say = hall.strangers, hall.say
    refusals = OutcomeRefusals(say)
    outcomes = Outcomes(board=parts.board, bench=parts.bench, refusals=refusals, say=say)
    refusing = RefuseOutcome(bench=parts.bench, outcomes=outcomes, refusals=refusals, say=say)
    freezing = FreezeOutcomes(
        freezer=parts.freezer, board=parts.board, outcomes=outcomes, refusals=refusals, say=say
    )
    return Doors(
        conversations=[
            ImportRoster(book=parts.roster, say=say).conversation(),
            ReportOutcome(desk=parts.desk, strangers=strangers, say=say).conversation(),
            refusing.conversation(),
        ],
        handlers=[*outcomes.handlers(), *freezing.handlers()],
    )
