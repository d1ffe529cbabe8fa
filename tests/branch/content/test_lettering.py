"""Words in pictures: every line fits, and nothing of the text is lost on the way."""

from hypothesis import given, settings
from hypothesis import strategies as st

from branch.content.lettering import Lettering

LETTERS = Lettering()
texts = st.text(st.sampled_from("材料科学 abcW-1234，。("), max_size=60)


@given(texts, st.integers(120, 500))
@settings(max_examples=200, deadline=None)
def test_every_line_fits_and_nothing_is_lost(text: str, room: int) -> None:
    lines = LETTERS.wrapped(text, 36, room)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    # a comma is not torn from the word before it
    assert all(LETTERS.width(line, 36) <= room + 40 for line in lines)


def test_lines_end_between_words_unless_a_word_is_longer_than_a_line() -> None:
    assert LETTERS.wrapped("Postgraduate by recommendation", 36, 340) == [
        "Postgraduate by",
        "recommendation",
    ]
    assert LETTERS.wrapped("W" * 30, 36, 340) == ["W" * 10] * 3
    assert LETTERS.wrapped("", 36, 340) == []
