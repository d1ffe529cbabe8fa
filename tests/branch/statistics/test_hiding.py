"""What is of few people is in no figure, nor can it be computed from what is shown."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from branch.people.model import PersonId
from branch.statistics.hiding import (
    SMALLEST_SHOWN,
    hide,
    of_part,
    parts_shown,
    table_shown,
)
from branch.statistics.model import (
    Association,
    DayFigures,
    Durations,
    Gap,
    GapFigures,
    LoadFigures,
    MemberLoad,
    NoticeFigures,
    QuestionFigures,
    Ratings,
    TicketFigures,
    Use,
    UseRow,
    Ways,
)

COUNTS = st.integers(0, 30)
PARTS = st.lists(COUNTS, min_size=1, max_size=7).map(lambda counts: dict(enumerate(counts)))
WAYS = st.tuples(COUNTS, COUNTS, COUNTS, COUNTS).map(
    lambda each: Ways(
        base=each[0], choice=each[1], person=each[2], unanswered=each[3], total=sum(each)
    )
)


@given(PARTS)
def test_of_parts_with_a_known_sum_no_small_one_is_told(parts: dict[int, int]) -> None:
    found = parts_shown(parts)
    hidden = [parts[key] for key, count in found.items() if count is None]

    assert all(count is None or count == parts[key] for key, count in found.items())
    assert not any(0 < (count or 0) < SMALLEST_SHOWN for count in found.values())
    assert bool(hidden) == any(0 < count < SMALLEST_SHOWN for count in parts.values())
    # their sum is known: it leaves more than one way to share it out, unless nothing is shown
    if hidden and len(hidden) < len(parts):
        assert len(hidden) > 1
        assert sum(hidden) >= SMALLEST_SHOWN
        assert sum(hidden) != len(hidden)


@given(st.dictionaries(st.sampled_from("abcde"), WAYS, min_size=1))
def test_of_a_table_rows_are_hidden_until_together_they_tell_nothing(rows: dict[str, Ways]) -> None:
    found = table_shown(rows)
    bare = [rows[name] for name, each in found.items() if None in each.parts.values()]

    for name, each in found.items():
        assert not any(0 < (count or 0) < SMALLEST_SHOWN for count in each.parts.values())
        assert each.total in (None, rows[name].total)
        assert each == rows[name] or set(each.parts.values()) == {None}
    if bare and len(bare) < len(rows):
        assert len(bare) > 1
        for part in Ways().parts:
            together = sum(each.parts[part] or 0 for each in bare)
            assert together == 0 or together >= SMALLEST_SHOWN


@given(COUNTS, COUNTS)
def test_a_part_is_told_only_if_its_rest_may_be(part: int, rest: int) -> None:
    told = of_part(part, part + rest)

    fit = all(count == 0 or count >= SMALLEST_SHOWN for count in (part, rest))
    assert told == (part if fit else None)


def test_few_tickets_tell_nothing_and_none_is_none() -> None:
    few = TicketFigures(
        opened=3, answered=2, first_answer=Durations(n=2, median=60, ninth=70), ratings=Ratings()
    )

    assert hide(few) == TicketFigures(opened=None, answered=None, first_answer=Durations(n=None))
    assert hide(TicketFigures()) == TicketFigures()


def test_the_time_of_answers_goes_with_their_number() -> None:
    found = hide(
        TicketFigures(opened=20, answered=18, first_answer=Durations(n=18, median=60, ninth=70))
    )

    assert found == TicketFigures(opened=20, answered=None, first_answer=Durations(n=None))


def test_a_mean_of_few_ratings_is_hidden() -> None:
    days = DayFigures(days=1, signed_up=9, ratings=Ratings(counts=(0, 0, 1, 0, 2), n=3, mean=4.3))

    assert hide(days) == DayFigures(
        days=1,
        signed_up=9,
        came_of_signed_up=0,
        ratings=Ratings(counts=(None,) * 5, n=None),
    )


def test_the_load_of_few_members_is_their_sum_alone() -> None:
    each = tuple(MemberLoad(tickets=count, name="李明") for count in (20, 15, 5))
    found = hide(LoadFigures(members=3, tickets=40, each=each, median=15))

    assert found == LoadFigures(members=None, tickets=40, each=None)


def test_names_are_for_who_may_see_them() -> None:
    each = tuple(
        MemberLoad(tickets=count, person=PersonId(count), name="李明", own=count == 15)
        for count in (20, 15, 14, 9, 5)
    )
    figures = LoadFigures(members=5, tickets=63, each=each, median=14)

    found = hide(figures)
    assert isinstance(found, LoadFigures)
    assert found.each == tuple(
        MemberLoad(tickets=count, own=count == 15) for count in (20, 15, 14, 9, 5)
    )
    named = replace(figures, named=True)
    assert hide(named) == named


def test_what_few_people_ask_is_not_quoted() -> None:
    gaps = (
        Gap(heading="宿舍几点熄灯", times=30, people=24),
        Gap(heading="我家的事", times=20, people=4),
        Gap(heading="能不能带猫", times=6, people=6),
    )
    found = hide(GapFigures(questions=58, kinds=5, gaps=gaps, rest=2))

    assert isinstance(found, GapFigures)
    assert [gap.heading for gap in found.gaps] == ["宿舍几点熄灯", "能不能带猫"]
    assert [gap.times for gap in found.gaps] == [30, 6]
    assert found.rest == 22


def test_what_is_quoted_does_not_tell_how_few_the_others_are() -> None:
    gaps = (Gap(heading="宿舍几点熄灯", times=30, people=24), Gap(heading="猫", times=6, people=6))
    found = hide(GapFigures(questions=37, kinds=3, gaps=gaps, rest=1))

    assert isinstance(found, GapFigures)
    assert [gap.times for gap in found.gaps] == [30, None]
    assert found.rest is None
    few = hide(GapFigures(questions=4, kinds=2, gaps=gaps, rest=0))
    assert few == GapFigures(questions=None, kinds=0, rest=None)


def test_few_letters_tell_only_how_many_notices_there_were() -> None:
    found = hide(NoticeFigures(notices=2, letters=4, delivered=3, blocked=1))

    assert isinstance(found, NoticeFigures)
    assert (found.notices, found.letters, found.delivered, found.blocked) == (2, None, None, None)


def test_a_rate_whose_rest_is_few_is_not_told() -> None:
    rows = (
        UseRow(use=Use.NONE, n=20, advanced=18, interval=(0.7, 0.97)),
        UseRow(use=Use.FEW, n=20, advanced=12, interval=(0.38, 0.78)),
    )
    found = hide(Association(joined=50, used=30, rows=rows))

    assert isinstance(found, Association)
    assert [each.rate for each in found.rows] == [None, 0.6]
    assert [each.interval for each in found.rows] == [None, (0.38, 0.78)]


def test_few_questions_have_no_topics() -> None:
    few = Ways(base=3, total=3)
    found = hide(QuestionFigures(ways=few, by_topic={"scores": few}, over_time=(3, 0)))

    assert isinstance(found, QuestionFigures)
    assert found.by_topic == {}
    assert found.over_time == (None, None)
