"""The code at the door turns, and the list adds up."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from branch.people.model import PersonId
from branch.theme_days.attendance import (
    DIGITS,
    TURNS_EVERY,
    Attendance,
    Way,
    attendance_list,
    code_at,
    is_taken,
    turns_at,
)
from branch.theme_days.model import Answer, Attendant
from texts.language import Language

NOON = datetime(2026, 12, 10, 4, 0, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@given(MOMENTS, st.integers(0, 1_000_000))
def test_a_code_is_taken_while_it_is_shown_and_a_turn_longer(at: datetime, later: int) -> None:
    code = code_at("secret", at)
    assert len(code) == DIGITS
    assert code.isdecimal()
    end = turns_at(at)
    assert timedelta() < end - at <= TURNS_EVERY

    assert is_taken(code, "secret", end - timedelta(milliseconds=1))
    assert is_taken(code, "secret", end + TURNS_EVERY - timedelta(milliseconds=1))
    over = end + TURNS_EVERY + timedelta(seconds=later)
    if code not in (code_at("secret", over), code_at("secret", over - TURNS_EVERY)):
        assert not is_taken(code, "secret", over)


def test_another_day_has_another_code() -> None:
    codes = {code_at(f"secret {each}", NOON) for each in range(50)}

    assert len(codes) > 45


def test_what_is_no_code_is_not_taken() -> None:
    for given_code in ("", "12345", "1234567", "١٢٣٤٥٦", "abcdef"):
        assert not is_taken(given_code, "secret", NOON)


@given(st.sets(st.integers(1, 30)), st.dictionaries(st.integers(1, 30), st.sampled_from(Answer)))
def test_the_list_adds_up(there: set[int], answers: dict[int, Answer]) -> None:
    came = [
        Attendance(
            person=PersonId(each),
            name=f"{each}",
            class_name=None,
            language=Language.ZH,
            at=NOON,
            way=Way.CODE,
        )
        for each in sorted(there)
    ]
    answered = [
        Attendant(
            person=PersonId(each),
            name=f"{each}",
            class_name=None,
            language=Language.ZH,
            answer=answer,
            at=NOON,
            reason=None,
        )
        for each, answer in answers.items()
    ]

    found = attendance_list(came, answered)

    going = {each for each, answer in answers.items() if answer is Answer.GOING}
    assert found.walked_in == len(there - going)
    assert {each.person for each in found.missing} == going - there
    assert len(found.came) == len(there)
