"""A frozen version reads back as it was counted; its difference names everybody who changed."""

from datetime import UTC, datetime

from hypothesis import given, settings

from branch.outcomes.freezing import differences, digest_of, figures_in, standing_of, written
from branch.outcomes.ports import Freeze
from branch.outcomes.rates import Rows, cohort_table
from tests.branch.outcomes.test_rates import histories, recount

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@given(histories())
@settings(max_examples=60, deadline=None)
def test_a_version_reads_back_as_it_was_frozen(rows: Rows) -> None:
    for figures in cohort_table(rows).cohorts:
        kept = Freeze(
            cohort=figures.cohort,
            version=1,
            at=NOW,
            by=None,
            digest="",
            figures=written(figures),
            standing="",
        )

        assert figures_in(kept) == figures


@given(histories())
@settings(max_examples=60, deadline=None)
def test_what_is_frozen_of_everybody_makes_up_the_figures(rows: Rows) -> None:
    for cohort in {each.cohort for each in rows.roster}:
        stands = standing_of(rows, cohort)
        on_roster = [each for subject, each in stands.items() if subject.startswith("r")]
        expected = recount(rows, cohort, (None, "材料2101", "材料2102", "高分子2101"))

        for kind, count in expected.items():
            assert sum(each[1] == kind for each in on_roster) == count


@given(histories(), histories())
@settings(max_examples=60, deadline=None)
def test_versions_differ_exactly_where_somebody_does(one: Rows, other: Rows) -> None:
    before, after = standing_of(one, 2026), standing_of(other, 2026)
    found = differences(before, after)

    assert (found == []) == (digest_of(before) == digest_of(after))
    rebuilt = {**before, **{subject: now for subject, _, now in found}}
    assert {subject: stands for subject, stands in rebuilt.items() if stands} == after
