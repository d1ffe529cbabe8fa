"""An answer that is not beyond doubt carries what else may be meant, and is counted with it."""

from datetime import date

import pytest
from msgspec.structs import replace

from branch.guidance.golden import Fate
from branch.guidance.model import GoldenQuestion, Library, Slug
from branch.guidance.replies import Answered
from branch.guidance.replying import MOST_OTHERS
from branch.guidance.service import GuidanceLibrary
from branch.guidance.thresholds import LETTERS_ALONE, Thresholds
from texts.language import Language

TODAY = date(2026, 11, 22)
ASKED = "今年考研几号"
NEVER, ALWAYS = 1.01, 0.0
"""Confidences that no entry has, and that every entry has."""


def shelf_of(library: Library, *, beyond_doubt: float, worth_adding: float) -> GuidanceLibrary:
    weights = replace(LETTERS_ALONE, beyond_doubt=beyond_doubt, worth_adding=worth_adding)
    return GuidanceLibrary(library, thresholds=Thresholds(letters_alone=weights))


def answered(shelf: GuidanceLibrary) -> Answered:
    reply = shelf.ask(ASKED, language=Language.ZH, on=TODAY)
    assert isinstance(reply, Answered)
    return reply


def test_the_next_likeliest_come_along_two_at_most(library: Library) -> None:
    shelf = shelf_of(library, beyond_doubt=NEVER, worth_adding=ALWAYS)
    _, *following = shelf.matches(ASKED, language=Language.ZH, on=TODAY)

    reply = answered(shelf)

    assert reply.entry.slug == "exam-dates"
    assert len(following) > MOST_OTHERS
    assert reply.others == tuple(match.entry for match in following[:MOST_OTHERS])


@pytest.mark.parametrize(
    ("beyond_doubt", "worth_adding"),
    [(ALWAYS, ALWAYS), (NEVER, NEVER)],
    ids=["the answer is beyond doubt", "no other is worth it"],
)
def test_an_answer_stands_alone_where(
    library: Library, beyond_doubt: float, worth_adding: float
) -> None:
    shelf = shelf_of(library, beyond_doubt=beyond_doubt, worth_adding=worth_adding)

    assert answered(shelf).others == ()


def test_a_wording_itself_is_beyond_doubt(shelf: GuidanceLibrary) -> None:
    assert answered(shelf).others == ()


def test_a_wrong_answer_with_the_right_one_below_is_wrong_and_reached(library: Library) -> None:
    shelf = shelf_of(library, beyond_doubt=NEVER, worth_adding=ALWAYS)
    other = answered(shelf).others[1].slug
    golden = [
        GoldenQuestion(ask=ASKED, slugs=(other,)),
        GoldenQuestion(ask=ASKED, slugs=(Slug("nothing-like-it"),)),
        GoldenQuestion(ask=ASKED, slugs=(Slug("exam-dates"),)),
        GoldenQuestion(ask=ASKED),
    ]

    report = shelf.replay_golden(on=TODAY, questions=golden)

    assert [each.fate for each in report.replayed] == [
        *(Fate.WRONG, Fate.WRONG, Fate.RIGHT, Fate.WRONG)
    ]
    assert [each.other_is_right for each in report.replayed] == [True, False, False, False]
    assert report.reached_share == pytest.approx(2 / 3)
    assert report.right_share == pytest.approx(1 / 3)
    assert report.wrong_share == pytest.approx(2 / 3)
