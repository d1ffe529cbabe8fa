"""The table of outcomes against a recount by hand, on rows by chance."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from branch.research.achievement import (
    Achievement,
    AchievementId,
    AchievementState,
    Claim,
    Kind,
    Level,
)
from branch.research.outcome_table import Count, outcome_table

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
ROWS = st.lists(
    st.tuples(st.integers(1980, 2027), st.sampled_from(Kind), st.sampled_from(AchievementState)),
    max_size=60,
)


def achievement(year: int, kind: Kind, state: AchievementState) -> Achievement:
    claim = Claim(kind=kind, title="t", authors=("a",), venue="v", year=year, level=Level.OTHER)
    return Achievement(
        id=AchievementId(1), claim=claim, state=state, reporter=None, reporter_name=None, at=NOW
    )


@settings(deadline=None)
@given(ROWS)
def test_every_number_is_that_of_a_recount(rows: list[tuple[int, Kind, AchievementState]]) -> None:
    table = outcome_table([achievement(*row) for row in rows])

    def recount(year: int | None, kind: Kind | None) -> Count:
        meant = [
            state
            for y, k, state in rows
            if (year is None or y == year) and (kind is None or k == kind)
        ]
        return Count(meant.count(AchievementState.CONFIRMED), meant.count(AchievementState.CLAIMED))

    counted = [row for row in rows if row[2] is not AchievementState.REFUSED]
    assert table.years == tuple(sorted({row[0] for row in counted}, reverse=True))
    assert set(table.kinds) == {row[1] for row in counted}
    for year in (None, *range(1980, 2028)):
        for kind in (None, *Kind):
            assert table.count(year=year, kind=kind) == recount(year, kind)
    assert sum((table.count(year=each) for each in table.years), Count()) == table.count()
    assert sum((table.count(kind=each) for each in table.kinds), Count()) == table.count()


@settings(deadline=None)
@given(ROWS, st.randoms())
def test_the_order_makes_no_difference(
    rows: list[tuple[int, Kind, AchievementState]], chance: object
) -> None:
    before = outcome_table([achievement(*row) for row in rows])
    chance.shuffle(rows)  # type: ignore[attr-defined]  # hypothesis' own Random

    assert outcome_table([achievement(*row) for row in rows]) == before
