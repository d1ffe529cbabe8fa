"""Introduces what has to do with calls for papers to each other."""

from collections.abc import Awaitable, Callable

from msgspec import Struct
from telegram import Update

from bot.ground import Ground
from bot.hall import Doors, Hall
from branch.papers.calls import CallBook
from branch.papers.deciding import DecisionBook
from branch.papers.decision_letters import DecisionLetters
from branch.papers.handing_in import SubmissionDesk
from branch.papers.letterhead import Taps
from branch.papers.letters import PaperLetters
from branch.papers.looking_ahead import CallsAhead
from branch.papers.reminding import PaperReminders
from branch.papers.review_keeping import ReviewKeeper
from branch.papers.reviewing import ReviewRoom
from branch.papers.tabling import PaperTables
from handlers.announce_call import AnnouncingCalls
from handlers.calls import Calls
from handlers.decide_papers import DecidePapers
from handlers.decision_buttons import ShowDecisions
from handlers.decisions import Decisions
from handlers.my_paper import MyPaper
from handlers.paper_answers import PaperAnswers
from handlers.paper_buttons import HandIn, ShowCall
from handlers.paper_refusals import PaperRefusals
from handlers.paper_table import ShowPaperTable
from handlers.review_buttons import ShowReview
from handlers.review_papers import ReviewPapers
from handlers.submit_paper import SubmitPaper
from handlers.write_call import WriteCall


class PaperParts(Struct, frozen=True, kw_only=True):
    """What is done with calls and papers, whoever asks for it: people in a chat, or the clock."""

    book: CallBook
    desk: SubmissionDesk
    reminders: PaperReminders
    ahead: CallsAhead
    room: ReviewRoom
    reviews: ReviewKeeper
    decisions: DecisionBook
    tables: PaperTables


class PaperDoors(Doors, frozen=True, kw_only=True):
    """`open` shows a call to whom a link leads to it."""

    announcing: AnnouncingCalls
    open: Callable[[Update, int], Awaitable[None]]


def paper_parts(ground: Ground) -> PaperParts:
    taps = Taps(
        call=lambda call: ShowCall(call).pack(),
        hand_in=lambda call: HandIn(call).pack(),
        review=lambda review: ShowReview(review).pack(),
        decide=lambda call: ShowDecisions(call).pack(),
    )
    begin, look, texts = ground.transactions.begin, ground.transactions.look, ground.texts
    letters, decisions = PaperLetters(texts, taps), DecisionLetters(texts, taps)
    return PaperParts(
        reminders=PaperReminders(begin, look, letters),
        ahead=CallsAhead(look),
        book=CallBook(begin, look, letters),
        desk=SubmissionDesk(begin, look, letters, zone=ground.zone),
        room=ReviewRoom(begin, look, letters),
        reviews=ReviewKeeper(begin, look, letters),
        decisions=DecisionBook(begin, look, decisions),
        tables=PaperTables(look),
    )


def paper_doors(parts: PaperParts, hall: Hall) -> PaperDoors:
    strangers, zone, say = hall.strangers, hall.zone, hall.say
    refusals = PaperRefusals(say)
    calls = Calls(book=parts.book, refusals=refusals, strangers=strangers, say=say)
    opening = WriteCall(book=parts.book, calls=calls, refusals=refusals, zone=zone, say=say)
    card = MyPaper(desk=parts.desk, refusals=refusals, say=say)
    answers = PaperAnswers(desk=parts.desk, card=card, refusals=refusals, say=say)
    submitting = SubmitPaper(
        desk=parts.desk,
        answers=answers,
        card=card,
        refusals=refusals,
        strangers=strangers,
        say=say,
    )
    reviewing = ReviewPapers(room=parts.room, calls=calls, refusals=refusals, say=say)
    decisions = Decisions(book=parts.decisions, refusals=refusals, say=say)
    deciding = DecidePapers(book=parts.decisions, decisions=decisions, refusals=refusals, say=say)
    table = ShowPaperTable(tables=parts.tables, refusals=refusals, say=say)
    return PaperDoors(
        conversations=[
            opening.conversation(),
            submitting.conversation(),
            reviewing.conversation(),
            deciding.conversation(),
        ],
        handlers=[
            *calls.handlers(),
            *card.handlers(),
            *reviewing.handlers(),
            *decisions.handlers(),
            *table.handlers(),
        ],
        announcing=AnnouncingCalls(book=parts.book, refusals=refusals, say=say),
        open=calls.open,
    )
