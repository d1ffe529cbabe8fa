"""What counts as broken, field by field what does not fit, and what is due when."""

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace

from branch.content.provenance import Source
from branch.guidance.entry_changes import Surroundings, changed_fields, lines_of, revised
from branch.guidance.entry_fields import Field, value_of
from branch.guidance.errors import Unfit, Why
from branch.guidance.golden import Fate, GoldenReport, Replayed
from branch.guidance.model import Entry, Library, Slug
from branch.guidance.seasons import is_due, still_valid
from branch.guidance.trials import broken_by
from tests.branch.guidance.conftest import MILESTONES
from texts.language import Language

AROUND = Surroundings(
    topics={"timeline", "money"},
    milestones=MILESTONES,
    find=lambda words: Slug(words) if words in {"tuition", "exam-dates"} else None,
)


def report(
    fate: Fate, *, answerable: bool, expected: str = "exam-dates", given: str = "x"
) -> GoldenReport:
    replayed = Replayed(
        ask="笔试几号",
        topic="timeline",
        expected=(expected,),
        given=(given,),
        fate=fate,
        answerable=answerable,
    )
    return GoldenReport(replayed=(replayed,))


@pytest.mark.parametrize(
    ("before", "after", "answerable", "is_broken"),
    [
        (Fate.RIGHT, Fate.RIGHT, True, False),
        (Fate.RIGHT, Fate.AMONG_CHOICES, True, True),
        (Fate.RIGHT, Fate.DECLINED, False, True),
        (Fate.AMONG_CHOICES, Fate.WRONG, True, False),
        (Fate.DECLINED, Fate.RIGHT, True, False),
        (Fate.BESIDE, Fate.WRONG, False, True),
        (Fate.WRONG, Fate.WRONG, False, False),
    ],
)
def test_what_was_right_and_is_not_is_broken(
    before: Fate, after: Fate, *, answerable: bool, is_broken: bool
) -> None:
    broken = broken_by(
        report(before, answerable=answerable),
        report(after, answerable=answerable),
        changed={Slug("x")},
    )

    assert bool(broken) == is_broken


@pytest.mark.parametrize(("after", "is_broken"), [(Fate.AMONG_CHOICES, False), (Fate.WRONG, True)])
def test_what_wavers_without_the_changed_entry_is_no_reason_to_refuse(
    after: Fate, *, is_broken: bool
) -> None:
    broken = broken_by(
        report(Fate.RIGHT, answerable=True),
        report(after, answerable=True),
        changed={Slug("tuition")},
    )

    assert bool(broken) == is_broken


@pytest.mark.parametrize(("expected", "is_broken"), [("decline", False), ("elsewhere", True)])
def test_a_new_entry_may_cover_what_nothing_covered_but_not_another_field(
    expected: str, *, is_broken: bool
) -> None:
    broken = broken_by(
        report(Fate.RIGHT, answerable=False, expected=expected),
        report(Fate.WRONG, answerable=False, expected=expected, given="canteen"),
        changed={Slug("canteen")},
    )

    assert bool(broken) == is_broken


@pytest.mark.parametrize(("after", "is_broken"), [(Fate.DECLINED, False), (Fate.WRONG, True)])
def test_nobody_misses_what_is_taken_away_unless_it_is_answered_wrongly(
    after: Fate, *, is_broken: bool
) -> None:
    broken = broken_by(
        report(Fate.RIGHT, answerable=True),
        report(after, answerable=True),
        removed={Slug("exam-dates")},
    )

    assert bool(broken) == is_broken


@pytest.fixture
def fees(library: Library) -> Entry:
    return next(entry for entry in library.entries if entry.slug == "tuition")


@pytest.mark.parametrize(
    ("field", "typed", "why", "about"),
    [
        (Field.QUESTION, " \n ", Why.EMPTY, ""),
        (Field.QUESTION, "长" * 81, Why.TOO_LONG, "80"),
        (Field.WORDINGS, "\n".join(map(str, range(301))), Why.TOO_MANY, "300"),
        (Field.WORDINGS, "长" * 101, Why.TOO_LONG, "100"),
        (Field.NOT_WORDINGS, "学费标准", Why.BOTH_WAYS, "学费标准"),
        (Field.BODY, " ", Why.EMPTY, ""),
        (Field.BODY, "考试 {{ no_such }}", Why.UNKNOWN_DATE, "no_such"),
        (Field.BODY, "# 考试 {{ no_such }}", Why.UNKNOWN_DATE, "no_such"),
        (Field.BODY, "考试 {{ preliminary_exam@2026 }}", Why.UNKNOWN_DATE, "preliminary_exam@2026"),
        (Field.BODY, "考试 {{ ? }}", Why.UNKNOWN_DATE, ""),
        (Field.SOURCE, "财务处", Why.LINK_MISSING, ""),
        (Field.SOURCE, "财务处 ftp://x", Why.BAD_LINK, ""),
        (Field.INTAKE, "明年", Why.NO_YEAR, ""),
        (Field.RELIABILITY, "Z", Why.UNKNOWN_KIND, "Z"),
        (Field.RELIABILITY, "K", Why.NOTE_MISSING, ""),
        (Field.REVIEW_AFTER, "明年", Why.NO_DAY, ""),
        (Field.REVIEW_AFTER, "2027-02-30", Why.NO_DAY, ""),
        (Field.REVIEW_AFTER, "2026-01-01", Why.DAY_TOO_EARLY, ""),
        (Field.RELATED, "不知道什么", Why.UNKNOWN_ENTRY, "不知道什么"),
        (Field.RELATED, "tuition", Why.UNKNOWN_ENTRY, "tuition"),
        (Field.TOPIC, "nowhere", Why.UNKNOWN_TOPIC, "nowhere"),
        (Field.QUESTION_EN, "How much", Why.ENGLISH_INCOMPLETE, ""),
    ],
)
def test_what_does_not_fit_is_told_with_its_reason(
    fees: Entry, field: Field, typed: str, why: Why, about: str
) -> None:
    with pytest.raises(Unfit) as unfit:
        revised(fees, {field: typed}, AROUND)

    assert (unfit.value.why, unfit.value.about) == (why, about)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (Field.QUESTION, " 学费\t多少 \n 钱 ", "学费 多少 钱"),
        (Field.WORDINGS, "- 学费\n• 学费\n2、贵吗\n\n27考研", "学费\n贵吗\n27考研"),
        (Field.BODY, "一行\n<二>", "一行\n\n\\<二>"),
        (
            Field.SOURCE,
            "财务处，https://cw.example.edu/a?b=c。",
            "财务处 https://cw.example.edu/a?b=c",
        ),
        (Field.SOURCE, "https://cw.example.edu/x", "cw.example.edu https://cw.example.edu/x"),
        (Field.INTAKE, "27届", "2027"),
        (Field.INTAKE, "every", "every"),
        (Field.REVIEW_AFTER, "2027年3月1日", "2027-03-01"),
        (Field.RELATED, "exam-dates", "exam-dates"),
        (Field.TOPIC, "timeline", "timeline"),
        (Field.NEEDS_CHECK, " ", ""),
    ],
)
def test_what_is_typed_is_tidied(fees: Entry, field: Field, typed: str, kept: str) -> None:
    after = revised(fees, {field: typed}, AROUND)

    assert value_of(after, field) == kept
    assert changed_fields(fees, after) == ((field,) if kept != value_of(fees, field) else ())


@pytest.mark.parametrize("field", Field)
def test_what_a_field_says_may_be_sent_back(library: Library, field: Field) -> None:
    dates = next(entry for entry in library.entries if entry.slug == "exam-dates")
    around = replace(AROUND, find=Slug)

    assert revised(dates, {field: value_of(dates, field)}, around) == dates


def test_english_comes_whole(fees: Entry) -> None:
    after = revised(
        fees, {Field.QUESTION_EN: "Fees a year", Field.BODY_EN: "About **8000** yuan."}, AROUND
    )

    assert after.questions[Language.EN] == "Fees a year"
    assert after.wordings[Language.EN] == ()


def test_lines_lose_their_marks_and_keep_their_numbers() -> None:
    assert lines_of("1. 一\n12月考\n3) 三\n12.5 天\n·四") == ("一", "12月考", "三", "12.5 天", "四")


Dated = Callable[..., Entry]


@pytest.fixture
def dated(fees: Entry) -> Dated:
    def entry(intake: int | None, checked: str, review: str) -> Entry:
        return replace(
            fees,
            source=Source(name="x"),
            intake=intake,
            checked_on=date.fromisoformat(checked),
            review_after=date.fromisoformat(review),
        )

    return entry


@pytest.mark.parametrize(
    ("intake", "checked", "review", "on", "due"),
    [
        (None, "2026-11-22", "2027-11-22", "2026-12-01", False),
        (None, "2026-11-22", "2027-11-22", "2027-11-23", True),
        (2027, "2026-11-22", "2028-01-01", "2027-06-30", False),
        (2027, "2026-11-22", "2028-01-01", "2027-07-01", True),
        (2027, "2027-07-02", "2028-09-01", "2027-12-01", False),
        (2027, "2027-07-02", "2028-09-01", "2028-09-02", True),
        (2028, "2027-05-01", "2028-09-01", "2027-07-01", True),
        (None, "2027-05-01", "2027-10-01", "2027-07-01", True),
        (None, "2027-05-01", "2028-05-01", "2027-07-01", False),
    ],
)
def test_what_is_dated_is_due_when_its_season_is_over(
    dated: Dated, intake: int | None, checked: str, review: str, on: str, *, due: bool
) -> None:
    assert is_due(dated(intake, checked, review), date.fromisoformat(on)) == due


@pytest.mark.parametrize(
    ("checked", "review", "again"),
    [
        ("2026-11-22", "2027-02-22", "2027-10-01"),
        ("2026-11-22", "2026-11-25", "2027-07-31"),
        ("2026-11-22", "2030-11-22", "2028-08-04"),
    ],
)
def test_what_was_looked_at_is_looked_at_after_as_long_again(
    dated: Dated, checked: str, review: str, again: str
) -> None:
    entry = still_valid(dated(2027, checked, review), date(2027, 7, 1))

    assert (entry.checked_on, entry.review_after) == (
        date(2027, 7, 1),
        date.fromisoformat(again),
    )
    assert not is_due(entry, date(2027, 7, 2))
