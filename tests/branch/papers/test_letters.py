"""Letters about papers fit into one message, whatever has been written."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from branch.papers.decision_letters import DecisionLetters
from branch.papers.letterhead import Taps
from branch.papers.letters import PaperLetters
from branch.papers.model import (
    LONGEST_THEME,
    LONGEST_TITLE,
    Call,
    CallId,
    CallPlan,
    CallState,
    Paper,
    Submission,
    SubmissionId,
)
from branch.papers.moves import Award, State, Verdict
from branch.papers.reviews import LONGEST_COMMENT, LONGEST_WORDS, Proposal, ReviewId
from branch.people.model import PersonId
from texts.language import Language
from texts.renderer import Texts

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
TAPS = Taps(call=str, hand_in=str, review=str, decide=str)
WIDE = "\U0001f6a9"
CALL = Call(
    id=CallId(1),
    plan=CallPlan(theme=WIDE * LONGEST_THEME, deadline=NOW),
    state=CallState.OPEN,
    author=None,
    created_at=NOW,
    review_from=NOW,
    version=0,
)
PAPER = Submission(
    id=SubmissionId(1),
    call=CALL.id,
    author=PersonId(7),
    paper=Paper(title=WIDE * LONGEST_TITLE),
    state=State.TO_REVISE,
    receipt="DJ2026-001",
    revise_until=NOW,
)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("verdict", Verdict)
def test_the_longest_decision_fits(verdict: Verdict, language: Language) -> None:
    letters = DecisionLetters(Texts(ZoneInfo("Asia/Shanghai")), TAPS)
    proposal = Proposal(
        submission=PAPER.id,
        round=1,
        verdict=verdict,
        award=Award.FIRST,
        words=WIDE * (LONGEST_WORDS // 2),
        by=None,
        at=NOW,
    )
    comments = [WIDE * (LONGEST_COMMENT // 2)] * 2

    letter = letters.decided(CALL, PAPER, proposal, language, comments=comments, now=NOW)

    assert letter.body.count(WIDE) == 60 + 100 + 750 + 2 * 500


def test_what_speaks_of_a_paper_is_forgotten_with_its_author() -> None:
    letters = PaperLetters(Texts(ZoneInfo("Asia/Shanghai")), TAPS)
    reviewer, zh = PersonId(8), Language.ZH
    asked = letters.review_asked(CALL, PAPER, ReviewId(1), reviewer, zh, now=NOW)

    assert asked.concerns == PAPER.author
    assert letters.reviews_in(CALL, PAPER, reviewer, zh, now=NOW).concerns == PAPER.author
