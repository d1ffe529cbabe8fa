"""One phone screen: lines as a phone breaks them, and the fold."""

from texts.phone_screen import folded, lines_of

QUOTE = "<blockquote expandable>"


def test_lines_are_counted_as_a_phone_breaks_them() -> None:
    assert lines_of("一行") == 1
    assert lines_of("字" * 18) == 1
    assert lines_of("字" * 19) == 2
    assert lines_of("x" * 36) == 1
    assert lines_of("x" * 37) == 2
    assert lines_of("一\n\n二") == 3
    assert lines_of('<a href="https://yz.chsi.com.cn/a-long-address">链接</a> &lt;') == 1


def test_a_folded_quote_takes_three_lines_at_most() -> None:
    assert lines_of(f"一\n\n{QUOTE}{'字' * 400}</blockquote>") == 1 + 3
    assert lines_of(f"{QUOTE}一</blockquote>") == 1 + 1
    assert lines_of(f"一\n\n{QUOTE}二</blockquote>\n\n三") == 1 + 1 + 1


def test_what_fits_stays_as_it_is() -> None:
    short = f"一\n\n二\n\n{QUOTE}三</blockquote>"
    assert folded(short) == short
    assert folded("字" * 18 * 12) == "字" * 18 * 12


def test_what_is_too_long_is_folded_at_the_end_of_a_line() -> None:
    lines = [f"第{number}行" for number in range(20)]

    assert folded("\n".join(lines), screen=5) == (
        "\n".join(lines[:5]) + f"\n\n{QUOTE}" + "\n".join(lines[5:]) + "</blockquote>"
    )


def test_a_quote_that_is_there_takes_the_rest_in() -> None:
    text = f"一\n\n二\n\n三\n\n{QUOTE}四</blockquote>\n\n<b>五</b>"

    assert folded(text, screen=3) == (f"一\n\n二\n\n{QUOTE}三\n\n四\n\n<b>五</b></blockquote>")


def test_a_paragraph_is_never_torn() -> None:
    long = "字" * 18 * 30

    assert folded(long) == long
    assert folded(f"{long}\n\n{long}") == f"{long}\n\n{QUOTE}{long}</blockquote>"


def test_folding_away_what_a_fold_would_show_anyway_is_left_alone() -> None:
    text = "\n".join("字" * 13)

    assert folded(text) == text
