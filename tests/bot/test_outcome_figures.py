"""What the figures get of cohorts: as their rows stand, and nothing of few people."""

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from itertools import cycle
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from bot.outcome_figures import OutcomesForFigures, path_shares, target_shares
from branch.outcomes.linking import subject_of
from branch.outcomes.model import (
    ADVANCED,
    HistoryYear,
    NewReport,
    OutcomeKind,
    ReportId,
    ReportState,
    RosterEntry,
)
from branch.outcomes.ports import NewEntry
from branch.outcomes.suppression import ShownGroup, shown
from branch.people.model import Person
from branch.statistics.model import OutcomeFigures, Rate
from branch.statistics.period import Filter, Period
from storage.engine import close_engine, open_engine
from storage.work import Transactions, Work
from tests.branch.outcomes.test_suppression import Department, figures_of, lopsided, truth
from tests.storage.newcomers import NOON, newcomer

K = OutcomeKind
YEAR = Period.year(2026)
NAMES = ("", "大连理工大学", "东北大学", "哈尔滨工业大学", "MIT")


def wilson_ends(part: int, whole: int) -> tuple[float, float]:
    """The shares that so many of so many could still be of, found by halving."""
    z, share = NormalDist().inv_cdf(0.975), part / whole

    def fits(p: float) -> bool:
        return (share - p) ** 2 <= z**2 * p * (1 - p) / whole

    def edge(inside: float, outside: float) -> float:
        for _ in range(80):
            middle = (inside + outside) / 2
            inside, outside = (middle, outside) if fits(middle) else (inside, middle)
        return inside

    return edge(share, 0.0), edge(share, 1.0)


def is_a_share(row: Rate, count: int, whole: int) -> bool:
    return (
        (row.n, row.advanced) == (whole, count)
        and row.rate == pytest.approx(count / whole)
        and row.interval == pytest.approx(wilson_ends(count, whole), abs=1e-9)
    )


targets_of_some = st.lists(st.sampled_from(NAMES), min_size=60, max_size=60)


def went(students: Department, names: Iterable[str]) -> Counter[str]:
    """Where those who advanced went, each to the next name."""
    advanced = [each for each in students if each.kind.is_advanced]
    return Counter(name for _, name in zip(advanced, cycle(names), strict=False))


@given(lopsided)
@settings(max_examples=200, deadline=None)
def test_a_path_is_a_share_of_the_whole_cohort_where_its_count_is_shown(
    students: Department,
) -> None:
    whole = shown(figures_of(students)).whole
    paths = {row.name: row for row in path_shares(whole)}
    counts = Counter(each.kind for each in students)

    assert set(paths) in (set(), {str(kind) for kind in ADVANCED})
    for kind in ADVANCED if paths else ():
        row = paths[str(kind)]
        if whole.cells[kind] is None:
            # what is hidden has no share either: it would tell the count
            assert (row.advanced, row.rate, row.interval) == (None, None, None)
        else:
            assert is_a_share(row, counts[kind], len(students))


@given(lopsided)
@settings(max_examples=200, deadline=None)
def test_no_share_of_a_path_leads_to_few_people(students: Department) -> None:
    whole = shown(figures_of(students)).whole
    true = truth(figures_of(students))

    for row in path_shares(whole):
        if row.rate is None or row.n is None:
            continue
        count = round(row.rate * row.n)
        assert count == true["cell", K(row.name)]
        assert all(each == 0 or each >= 5 for each in (count, row.n - count))


@given(lopsided, targets_of_some)
@settings(max_examples=200, deadline=None)
def test_a_target_is_a_share_of_the_whole_cohort_and_the_rest_are_not_few(
    students: Department, names: list[str]
) -> None:
    whole = shown(figures_of(students)).whole
    counted = went(students, names)
    found = target_shares(whole, counted)

    for row in found:
        assert is_a_share(row, counted[row.name], len(students))
        assert counted[row.name] >= 5
    assert "" not in {row.name for row in found}
    if whole.advanced is None:
        assert found == ()
    else:
        left = whole.advanced - sum(row.advanced or 0 for row in found)
        assert left == 0 or left >= 5


def test_nobody_s_share_is_none() -> None:
    assert path_shares(ShownGroup(n=0, cells={})) == ()
    assert target_shares(ShownGroup(n=0, advanced=0), {}) == ()


class Records(Struct, frozen=True):
    """The rows of outcomes, and who looks at their figures; one clerk reports for everybody."""

    kept: Transactions
    clerk: Person

    async def cohort(
        self, year: int, classes: Mapping[str, Mapping[OutcomeKind, int]], targets: Sequence[str]
    ) -> None:
        """A roster, and what became of how many; those who advanced went to `targets` in turn."""
        became = [
            (name, kind)
            for name, counts in classes.items()
            for kind, count in counts.items()
            for _ in range(count)
        ]
        going = iter(targets)
        async with self.kept.begin() as work:
            entries = [
                NewEntry(cohort=year, key=f"{at:03}", class_name=name, name=None)
                for at, (name, _) in enumerate(became)
            ]
            await work.roster.add(entries, source="x", now=NOON)
            for entry in sorted(await work.roster.all([year]), key=lambda each: each.key):
                kind = became[int(entry.key)][1]
                target = next(going, None) if kind.is_advanced else None
                if kind is not K.UNKNOWN:
                    await says(work, entry, kind, target, self.clerk)

    async def history(self, year: HistoryYear) -> None:
        async with self.kept.begin() as work:
            await work.outcome_years.add_history(year, by=None, now=NOON)

    async def figures(
        self, cohort: int | None = None, class_name: str | None = None
    ) -> OutcomeFigures:
        of = Filter(period=YEAR, cohort=cohort, class_name=class_name)
        return await OutcomesForFigures(self.kept.look).see(None, of, now=NOON)


async def says(
    work: Work, entry: RosterEntry, kind: OutcomeKind, target: str | None, person: Person
) -> ReportId:
    return await work.outcomes.add(
        NewReport(kind=kind, cohort=entry.cohort, target=target),
        subject=subject_of(entry.id),
        roster=entry.id,
        cohort=entry.cohort,
        person=person.id,
        key=f"{entry.id}",
        now=NOON,
    )


@pytest.fixture
async def records(either_url: str) -> AsyncIterator[Records]:
    engine = open_engine(either_url)
    kept = Transactions(engine)
    yield Records(kept, await newcomer(kept))
    await close_engine(engine)


async def two_classes(records: Records, year: int = 2027) -> None:
    """Of 60: 24 by the exam, 6 recommended, 20 working, 10 unknown."""
    await records.cohort(
        year,
        {
            "甲": {K.ADVANCED_EXAM: 14, K.ADVANCED_RECOMMENDED: 6, K.WORKING: 5, K.UNKNOWN: 5},
            "乙": {K.ADVANCED_EXAM: 10, K.WORKING: 15, K.UNKNOWN: 5},
        },
        [*["大连理工大学"] * 12, *[" 东北大学 "] * 9, "清华大学", "清华大学", *[""] * 7],
    )


async def test_of_nobody_there_are_no_figures(records: Records) -> None:
    assert await records.figures() == OutcomeFigures()
    assert await records.figures(2027, "甲") == OutcomeFigures()


async def test_a_cohort_with_its_classes_paths_and_targets(records: Records) -> None:
    await two_classes(records)
    found = await records.figures()

    assert found.of == 2027
    [cohort] = found.cohorts
    assert cohort.name == "2027"
    assert is_a_share(cohort, 30, 60)
    assert cohort.unknown == 10
    classes = {row.name: row for row in found.classes}
    assert is_a_share(classes["甲"], 20, 30)
    assert is_a_share(classes["乙"], 10, 30)
    exam, recommended = found.paths
    assert is_a_share(exam, 24, 60)
    assert is_a_share(recommended, 6, 60)
    # two went to a third, whose name would say who: it is not there, nor is what nobody has said
    assert [row.name for row in found.targets] == ["大连理工大学", "东北大学"]
    assert is_a_share(found.targets[0], 12, 60)
    assert is_a_share(found.targets[1], 9, 60)


async def test_the_one_that_is_asked_for_stands_alone(records: Records) -> None:
    await two_classes(records, 2026)
    await two_classes(records, 2027)
    await records.cohort(2028, {"甲": {K.UNKNOWN: 20}}, [])

    everybody, asked = await records.figures(), await records.figures(2026, "乙")
    assert [row.name for row in everybody.cohorts] == ["2026", "2027", "2028"]
    assert [row.name for row in asked.cohorts] == ["2026"]
    assert asked.of == 2026
    assert [row.name for row in asked.classes] == ["乙"]
    # they are of the whole cohort, whichever class is asked for
    assert [row.advanced for row in asked.paths] == [24, 6]
    assert await records.figures(1999) == OutcomeFigures()


async def test_of_few_people_there_is_no_share(records: Records) -> None:
    await records.cohort(2025, {"甲": {K.ADVANCED_EXAM: 4}}, [])
    await records.cohort(2026, {"甲": {K.ADVANCED_EXAM: 3, K.WORKING: 40}}, ["东北大学"] * 3)
    found = await records.figures()

    assert [(row.name, row.n, row.advanced, row.rate) for row in found.cohorts] == [
        ("2026", 43, None, None)
    ]
    assert found.paths == ()
    assert found.targets == ()
    assert await records.figures(2025) == OutcomeFigures()


async def test_a_small_path_is_hidden_with_the_other(records: Records) -> None:
    await records.cohort(
        2027, {"甲": {K.ADVANCED_EXAM: 20, K.ADVANCED_RECOMMENDED: 3, K.WORKING: 30}}, []
    )
    found = await records.figures()

    assert is_a_share(found.cohorts[0], 23, 53)
    assert found.paths == ()


async def test_years_of_before_have_what_is_known_of_them(records: Records) -> None:
    await records.history(HistoryYear(cohort=2015, rate=0.274))
    await records.history(
        HistoryYear(cohort=2019, total=100, advanced=48, by_exam=30, by_recommendation=18)
    )
    alone, both = await records.figures(2015), await records.figures()

    assert alone == OutcomeFigures(cohorts=(Rate(name="2015", rate=0.274),), of=2015)
    assert [row.name for row in both.cohorts] == ["2015", "2019"]
    assert is_a_share(both.cohorts[1], 48, 100)
    assert both.of == 2019
    assert is_a_share(both.paths[0], 30, 100)
    assert is_a_share(both.paths[1], 18, 100)
    assert (both.classes, both.targets) == ((), ())


async def test_what_was_refused_and_who_has_left_change_only_what_they_should(
    records: Records,
) -> None:
    await two_classes(records)
    leaver = await newcomer(records.kept, 5_002)
    async with records.kept.begin() as work:
        roster = await work.roster.all([2027])
        silent = [each for each in roster if not await work.outcomes.standing(subject_of(each.id))]
        await says(work, silent[0], K.ADVANCED_EXAM, "东北大学", leaver)
        wrong = await says(work, silent[1], K.ADVANCED_EXAM, "东北大学", records.clerk)
        by = records.clerk.id
        await work.outcomes.judge(wrong, ReportState.REFUSED, by=by, reason="x", now=NOON)
    before = await records.figures()
    assert is_a_share(before.targets[1], 10, 60)
    async with records.kept.begin() as work:
        await work.people.forget(leaver)
    after = await records.figures()

    # still one who advanced by the exam; where to is forgotten with them
    assert (after.cohorts, after.paths) == (before.cohorts, before.paths)
    assert is_a_share(after.paths[0], 25, 60)
    assert is_a_share(after.targets[1], 9, 60)
