"""Figures equal a plain recount of the raw rows, whatever the history; intervals are Wilson's."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branch.outcomes.model import (
    ADVANCED,
    REPORTABLE,
    HistoryYear,
    OutcomeKind,
    ReportId,
    ReportState,
    RosterId,
)
from branch.outcomes.rates import Basis, OnRoster, Rows, Told, cohort_table, wilson

COHORTS = (2025, 2026, 2027)
CLASSES = (None, "材料2101", "材料2102", "高分子2101")


@st.composite
def histories(draw: st.DrawFn) -> Rows:
    """Rosters, and reports in any order, superseding each other, refused, of nobody's row."""
    entries = draw(st.lists(st.tuples(st.sampled_from(COHORTS), st.sampled_from(CLASSES))))
    roster = [OnRoster(RosterId(at), *entry) for at, entry in enumerate(entries, 1)]
    subjects: list[tuple[str, RosterId | None, int]] = [
        (f"r{each.id}", each.id, each.cohort) for each in roster
    ]
    subjects += [(f"u{at}", None, draw(st.sampled_from(COHORTS))) for at in range(3)]
    said = st.tuples(
        st.sampled_from(subjects), st.sampled_from(REPORTABLE), st.sampled_from(ReportState)
    )
    reports = [
        Told(ReportId(at), *subject, kind, state)
        for at, (subject, kind, state) in enumerate(draw(st.lists(said, max_size=60)))
    ]
    years = [
        HistoryYear(cohort=cohort, total=80, advanced=30, by_exam=25, by_recommendation=5)
        for cohort in draw(st.sets(st.sampled_from((2015, 2026))))
    ]
    return Rows(roster=roster, reports=draw(st.permutations(reports)), history=years)


def recount(rows: Rows, cohort: int, classes: tuple[Any, ...]) -> dict[OutcomeKind, int]:
    """Slowly, person by person, without any of the code that is tested."""
    found = dict.fromkeys(OutcomeKind, 0)
    for entry in rows.roster:
        if entry.cohort != cohort or entry.class_name not in classes:
            continue
        kind, newest = OutcomeKind.UNKNOWN, -1
        for report in rows.reports:
            if report.roster == entry.id and report.state != "refused" and report.id > newest:
                kind, newest = report.kind, report.id
        found[kind] += 1
    return found


@given(histories())
@settings(max_examples=150, deadline=None)
def test_every_figure_equals_a_recount_of_the_rows(rows: Rows) -> None:
    table = cohort_table(rows)

    for figures in table.cohorts:
        if figures.basis is not Basis.ROSTER:
            continue
        assert figures.whole is not None
        groups = [(figures.whole, CLASSES), *((each, (each.name,)) for each in figures.classes)]
        for group, names in groups:
            expected = recount(rows, figures.cohort, names)
            assert group.cells == expected
            assert group.n == sum(expected.values())
            assert group.advanced == sum(expected[kind] for kind in ADVANCED)
        assert sum(each.n for each in figures.classes) == figures.whole.n
    assert {each.cohort for each in table.cohorts if each.basis is Basis.ROSTER} == {
        each.cohort for each in rows.roster
    }


@given(histories())
@settings(max_examples=100, deadline=None)
def test_verified_and_unverified_make_up_what_is_known(rows: Rows) -> None:
    for figures in cohort_table(rows).cohorts:
        for group in [figures.whole] if figures.whole and figures.classes else []:
            waiting = [
                entry
                for entry in rows.roster
                if entry.cohort == figures.cohort
                for last in [
                    max(
                        (r for r in rows.reports if r.roster == entry.id and r.state != "refused"),
                        key=lambda report: report.id,
                        default=None,
                    )
                ]
                if last is not None and last.state is ReportState.REPORTED
            ]
            assert sum(group.unverified.values()) == len(waiting)
            assert group.verified_advanced == group.advanced - sum(
                group.unverified[kind] for kind in ADVANCED
            )


@given(histories())
@settings(max_examples=100, deadline=None)
def test_who_stands_on_no_roster_is_counted_apart(rows: Rows) -> None:
    expected = dict.fromkeys(COHORTS, 0)
    for subject in {each.subject for each in rows.reports if each.roster is None}:
        theirs = [each for each in rows.reports if each.subject == subject]
        if any(each.state != "refused" for each in theirs):
            expected[theirs[0].cohort] += 1

    found = {each.cohort: each.unrostered for each in cohort_table(rows).cohorts}
    assert {cohort: found.get(cohort, 0) for cohort in COHORTS} == expected


def test_a_refused_report_gives_way_to_the_one_before() -> None:
    roster = [OnRoster(RosterId(1), 2027)]
    first = Told(ReportId(1), "r1", RosterId(1), 2027, OutcomeKind.WORKING, ReportState.VERIFIED)
    second = Told(
        ReportId(2), "r1", RosterId(1), 2027, OutcomeKind.ADVANCED_EXAM, ReportState.REFUSED
    )
    figures = cohort_table(Rows(roster=roster, reports=[second, first])).of(2027)

    assert figures is not None
    assert figures.whole is not None
    assert figures.whole.cells[OutcomeKind.WORKING] == 1
    assert figures.whole.advanced == 0


def test_a_year_with_a_rate_alone_has_no_counts_and_nothing_is_invented() -> None:
    table = cohort_table(
        Rows(history=[HistoryYear(cohort=2015, rate=0.274), HistoryYear(cohort=2020, rate=0.482)])
    )

    assert [(each.cohort, each.given_rate) for each in table.cohorts] == [
        (2015, 0.274),
        (2020, 0.482),
    ]
    assert [each.basis for each in table.cohorts] == [Basis.RATE_ONLY] * 2
    assert [each.whole for each in table.cohorts] == [None, None]


def test_the_roster_comes_before_the_history_and_the_last_history_before_the_others() -> None:
    years = [
        HistoryYear(cohort=2020, total=100, advanced=40),
        HistoryYear(cohort=2020, total=110, advanced=53),
    ]
    history = cohort_table(Rows(history=years)).of(2020)
    both = cohort_table(Rows(history=years, roster=[OnRoster(RosterId(1), 2020)])).of(2020)

    assert history is not None
    assert history.whole is not None
    assert (history.basis, history.whole.n, history.whole.advanced) == (Basis.HISTORY, 110, 53)
    assert both is not None
    assert both.whole is not None
    assert (both.basis, both.whole.n) == (Basis.ROSTER, 1)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        # Newcombe 1998, table I; Brown, Cai and DasGupta 2001
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
    ],
)
def test_intervals_are_those_of_the_books(part: int, whole: int, low: float, high: float) -> None:
    assert list(wilson(part, whole)) == pytest.approx([low, high], abs=5e-5)


@given(st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_intervals_hold_the_share_lie_within_bounds_and_mirror(case: tuple[int, int]) -> None:
    part, whole = case
    low, high = wilson(part, whole)
    other_low, other_high = wilson(whole - part, whole)

    assert 0 <= low <= part / whole <= high <= 1
    assert low < high
    assert math.isclose(low, 1 - other_high, abs_tol=1e-12)
    assert math.isclose(high, 1 - other_low, abs_tol=1e-12)


@pytest.mark.parametrize(("part", "whole"), [(0, 0), (-1, 3), (4, 3)])
def test_what_is_no_share_has_no_interval(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(part, whole)
