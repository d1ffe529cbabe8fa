"""What nothing answered, as figures: counted by meaning, quoted by people, of everybody alone."""

import random
from collections import Counter
from datetime import timedelta

from bot.gap_figures import GapsForFigures
from branch.guidance.feedback import Reason
from branch.guidance.reports import Reports
from branch.people.model import Person
from branch.statistics.model import Gap, GapFigures
from branch.statistics.period import Filter, Period
from storage.work import Transactions
from tests.stage import SHANGHAI, content_of
from tests.storage.newcomers import NOON, newcomer
from tests.storage.test_reports import ask, judge

WEEK = Filter(period=Period.days(7, today=NOON.astimezone(SHANGHAI).date()))


def gaps(transactions: Transactions) -> GapsForFigures:
    library = content_of().library
    reports = Reports(transactions.look, library, alike=library.alike, zone=SHANGHAI)
    return GapsForFigures(transactions.look, reports, SHANGHAI)


async def some(transactions: Transactions, number: int) -> list[Person]:
    return [await newcomer(transactions, 5_000 + each) for each in range(number)]


async def test_people_are_counted_once_however_they_ask(transactions: Transactions) -> None:
    one, two, three = await some(transactions, 3)
    await ask(transactions, one, 1, "宿舍几点熄灯", "not_covered")
    await ask(transactions, one, 2, "宿舍几点熄灯啊", "none_fits")
    await ask(transactions, two, 3, "宿舍几点熄灯", "not_covered")
    await ask(transactions, three, 4, "能不能带猫读研", "not_covered")
    await ask(transactions, three, 5, "国家线多少", "answered", "national-line")

    found = await gaps(transactions).see(WEEK)
    assert (found.questions, found.kinds, found.rest) == (4, 2, 0)
    assert [(gap.times, gap.people) for gap in found.gaps] == [(3, 2), (1, 1)]
    assert found.gaps[0].heading.startswith("宿舍几点熄灯")


async def test_an_answer_off_the_point_answers_nothing(transactions: Transactions) -> None:
    [one] = await some(transactions, 1)
    await ask(transactions, one, 1, "宿舍几点熄灯", "answered", "exam-dates")
    await judge(
        transactions, one, "exam-dates", "not_helpful", reason=Reason.OFF_THE_POINT, words=None
    )

    found = await gaps(transactions).see(WEEK)
    assert found.gaps == (Gap(heading="宿舍几点熄灯", times=1, people=1),)


async def test_a_period_ends_before_the_next_begins(transactions: Transactions) -> None:
    [one] = await some(transactions, 1)
    begins, ends = WEEK.period.bounds(SHANGHAI)
    moments = (begins - timedelta(microseconds=1), begins, ends - timedelta(microseconds=1), ends)
    for number, at in enumerate(moments):
        await ask(transactions, one, number, f"第{number}个没人答的", "not_covered", at=at)

    assert (await gaps(transactions).see(WEEK)).questions == 2
    assert (await gaps(transactions).see(WEEK.before())).questions == 1


async def test_of_a_cohort_nothing_is_told(transactions: Transactions) -> None:
    of = Filter(period=WEEK.period, cohort=2027)
    assert await gaps(transactions).see(of) == GapFigures(told=False)


async def test_nothing_is_missing(transactions: Transactions) -> None:
    assert await gaps(transactions).see(WEEK) == GapFigures()


WORDINGS = {
    "熄灯": ("宿舍几点熄灯", "宿舍几点熄灯啊", "宿舍几点熄灯呢"),
    "猫": ("能不能带猫读研", "能不能带猫读研呀"),
    "浴室": ("浴室有没有吹风机",),
    "公交": ("公交末班车几点",),
}
ANSWERED = ("answered", "chosen", "choices")
UNMET = ("not_covered", "none_fits")


async def test_gaps_are_a_recount_of_what_was_asked(transactions: Transactions) -> None:
    dice = random.Random(20261126)
    people = await some(transactions, 9)
    begins, ends = WEEK.period.bounds(SHANGHAI)
    asked: list[tuple[str, int]] = []
    for number in range(160):
        kind, who = dice.choice(list(WORDINGS)), dice.choice(people)
        at = dice.choice((begins, ends)) + timedelta(seconds=dice.randrange(-90_000, 90_000))
        outcome = dice.choice(ANSWERED + UNMET * 3)
        entry = "exam-dates" if outcome in ("answered", "chosen") else None
        text = dice.choice(WORDINGS[kind])
        await ask(transactions, who, number, text, outcome, entry, at=at)
        if outcome in UNMET and begins <= at < ends:
            asked.append((kind, who.id))

    found = await gaps(transactions).see(WEEK)
    times = Counter(kind for kind, _ in asked)
    who_asked = {kind: len({who for each, who in asked if each == kind}) for kind in times}
    assert (found.questions, found.kinds, found.rest) == (len(asked), len(times), 0)
    assert sorted((gap.times, gap.people) for gap in found.gaps) == sorted(
        (times[kind], who_asked[kind]) for kind in times
    )
    assert [gap.times for gap in found.gaps] == sorted(times.values(), reverse=True)
