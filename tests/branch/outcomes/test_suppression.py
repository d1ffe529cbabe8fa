"""Nothing of one to four people is shown, nor can it be computed from what is shown."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from branch.outcomes.model import (
    HistoryYear,
    OutcomeKind,
    ReportId,
    ReportState,
    RosterId,
)
from branch.outcomes.rates import CohortFigures, OnRoster, Rows, Told, cohort_table
from branch.outcomes.suppression import ShownCohort, shown

K = OutcomeKind


class Student(Struct, frozen=True):
    class_name: str
    kind: OutcomeKind
    verified: bool = True


Department = tuple[Student, ...]


def figures_of(students: Department) -> CohortFigures:
    rows = Rows(
        roster=[OnRoster(RosterId(at), 2027, each.class_name) for at, each in enumerate(students)],
        reports=[
            Told(
                ReportId(at),
                f"r{at}",
                RosterId(at),
                2027,
                each.kind,
                ReportState.VERIFIED if each.verified else ReportState.REPORTED,
            )
            for at, each in enumerate(students)
            if each.kind is not K.UNKNOWN
        ],
    )
    found = cohort_table(rows).of(2027)
    assert found is not None
    return found


def truth(figures: CohortFigures) -> dict[Any, int]:
    """Every number that could be shown, by its place, and what follows from it."""
    whole = figures.whole
    assert whole is not None
    found: dict[Any, int] = {
        "n": whole.n,
        "advanced": whole.advanced,
        "rest": whole.n - whole.advanced,
        "verified": whole.verified_advanced,
        "not verified": whole.advanced - whole.verified_advanced,
        "unverified": sum(whole.unverified.values()),
        **{("cell", kind): count for kind, count in whole.cells.items()},
    }
    for each in figures.classes:
        found |= {
            ("n", each.name): each.n,
            ("advanced", each.name): each.advanced,
            ("rest", each.name): each.n - each.advanced,
            ("unknown", each.name): each.unknown,
            ("known rest", each.name): each.n - each.advanced - each.unknown,
        }
    return found


def published(seen: ShownCohort) -> set[Any]:
    """The places whose numbers can be read."""
    whole = seen.whole
    found: set[Any] = {
        place
        for place, value in (
            ("n", whole.n),
            ("advanced", whole.advanced),
            ("verified", whole.verified_advanced),
            ("unverified", whole.unverified),
            *((("cell", kind), value) for kind, value in whole.cells.items()),
        )
        if value is not None
    }
    found |= {"rest"} if whole.advanced is not None else set()
    found |= {"not verified"} if whole.verified_advanced is not None else set()
    for each in seen.classes:
        found |= {("n", each.name)} if each.n is not None else set[Any]()
        if each.advanced is not None:
            found |= {("advanced", each.name), ("rest", each.name)}
            if each.unknown is not None:
                found |= {("unknown", each.name), ("known rest", each.name)}
    return found


def others(students: Department) -> Iterator[Department]:
    """Departments that differ in one person, or in two, by what they do or where they are."""
    firsts: dict[Student, int] = {each: at for at, each in enumerate(students)}
    names = sorted({each.class_name for each in students})
    for each, at in firsts.items():
        kinds = [replace(each, kind=kind) for kind in OutcomeKind]
        rooms = [replace(each, class_name=name) for name in names]
        for changed in (*kinds, *rooms, replace(each, verified=not each.verified)):
            yield (*students[:at], changed, *students[at + 1 :])
    for one, at in firsts.items():
        for two, place in firsts.items():
            if at >= place:
                continue
            for first, second in (
                (replace(one, class_name=two.class_name), replace(two, class_name=one.class_name)),
                (replace(one, verified=two.verified), replace(two, verified=one.verified)),
            ):
                swapped = list(students)
                swapped[at], swapped[place] = first, second
                yield tuple(swapped)


def pinned(students: Department) -> list[Any]:
    """The small numbers for which no other department would have looked the same."""
    true = truth(figures_of(students))
    read = published(shown(figures_of(students)))
    small = {place for place, count in true.items() if 1 <= count <= 4}
    shown_anyway = [place for place in small if place in read]
    open_still = set(small)
    for other in others(students):
        looks = truth(figures_of(other))
        if all(looks.get(place) == true[place] for place in read):
            open_still -= {place for place in small if looks.get(place, 0) != true[place]}
            if not open_still:
                break
    return [*shown_anyway, *open_still]


students_of = st.builds(
    Student,
    class_name=st.sampled_from(["A", "B", "C"]),
    kind=st.sampled_from(OutcomeKind),
    verified=st.booleans(),
)
lopsided = st.lists(
    st.tuples(students_of, st.sampled_from([1, 1, 2, 4, 5, 6, 9])), min_size=1, max_size=7
).map(lambda groups: tuple(each for each, times in groups for _ in range(times)))


@given(lopsided)
@settings(max_examples=200, deadline=None)
def test_no_hidden_number_can_be_computed(students: Department) -> None:
    if shown(figures_of(students)).whole.n is None:
        return  # nothing at all is shown
    assert pinned(students) == []


def department(**kinds: int) -> Department:
    return tuple(Student("A", K(kind)) for kind, count in kinds.items() for _ in range(count))


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"advanced_exam": 20, "working": 30}, set()),
        # the only small one takes the next smallest with it
        (
            {"advanced_exam": 20, "working": 30, "abroad": 2, "unknown": 9},
            {K.ABROAD, K.UNKNOWN},
        ),
        # the rate tells how many advanced: both paths go together
        (
            {"advanced_exam": 20, "advanced_recommended": 3, "working": 30},
            {K.ADVANCED_EXAM, K.ADVANCED_RECOMMENDED},
        ),
        # two are hidden, but three together are still few
        (
            {"advanced_exam": 20, "working": 30, "abroad": 2, "other": 1, "unknown": 9},
            {K.ABROAD, K.OTHER, K.UNKNOWN},
        ),
        # five times one would be known to be one each
        (
            {"advanced_exam": 20, "abroad": 1, "working": 1, "sitting_again": 1, "other": 1}
            | {"unknown": 1},
            {K.ABROAD, K.WORKING, K.SITTING_AGAIN, K.OTHER, K.UNKNOWN},
        ),
    ],
)
def test_small_cells_and_what_leads_to_them_are_hidden(
    counts: dict[str, int], hidden: set[OutcomeKind]
) -> None:
    cells = shown(figures_of(department(**counts))).whole.cells

    assert {kind for kind, count in cells.items() if count is None} == hidden


def test_a_rate_of_few_people_is_hidden_with_all_that_tells_it() -> None:
    whole = shown(figures_of(department(advanced_exam=3, working=40, unknown=20))).whole

    assert (whole.n, whole.advanced, whole.rate, whole.interval) == (63, None, None, None)
    assert whole.cells[K.ADVANCED_EXAM] is None
    assert whole.cells[K.UNKNOWN] is None


def test_a_cohort_of_few_people_is_hidden_altogether() -> None:
    whole = shown(figures_of(department(advanced_exam=4))).whole

    assert (whole.n, whole.rate) == (None, None)
    assert set(whole.cells.values()) == {None}


def test_a_class_that_is_hidden_takes_another_with_it() -> None:
    students = tuple(
        Student(name, kind)
        for name, advanced, rest in (("A", 2, 20), ("B", 10, 15), ("C", 12, 20))
        for kind in [K.ADVANCED_EXAM] * advanced + [K.WORKING] * rest
    )
    rates = {each.name: each.advanced for each in shown(figures_of(students)).classes}

    assert rates == {"A": None, "B": None, "C": 12}


def test_history_hides_its_small_paths_too() -> None:
    year = HistoryYear(cohort=2019, total=100, advanced=98, by_exam=98, by_recommendation=0)
    found = cohort_table(Rows(history=[year])).of(2019)
    assert found is not None
    whole = shown(found).whole

    assert (whole.n, whole.rate) == (100, None)
    assert whole.cells[K.ADVANCED_EXAM] is None


def test_how_many_wait_does_not_tell_how_many_are_unknown() -> None:
    """Where nobody is verified, who waits is who is known, and the rest is unknown."""
    counts = {K.ADVANCED_EXAM: 20, K.ABROAD: 2, K.WORKING: 30, K.UNKNOWN: 9}
    students = tuple(
        Student("A", kind, verified=False) for kind, count in counts.items() for _ in range(count)
    )
    whole = shown(figures_of(students)).whole

    assert (whole.cells[K.ABROAD], whole.cells[K.UNKNOWN]) == (None, None)
    assert whole.unverified is None
    assert pinned(students) == []
