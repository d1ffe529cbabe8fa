"""Charts: wide as a phone, readable by day and by night, and drawn from whatever comes."""

from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from branch.statistics.canvas import WIDTH, Canvas, Measure
from branch.statistics.chart_axes import scale_of, share_scale, thinned
from branch.statistics.chart_frame import BarRow, Line, RateRow, SharesRow, Words
from branch.statistics.chart_labels import SMALL
from branch.statistics.charts import bar_chart, line_chart, rate_chart, shares_chart, stars_chart
from branch.statistics.palette import PALETTES, Theme, contrast

WORDS = Words(title="深造率，按届", subtitle="2015–2026 年", foot="名册上的所有人做分母。")
BARE = Words(title="Title")
Draw = Callable[[Words, Theme], Canvas]
DRAWN: dict[str, Draw] = {
    "rates": lambda words, theme: rate_chart(
        words,
        [
            RateRow(label="2015", said="27.4%", rate=0.274),
            RateRow(label="2026", said="61%", note="66 / 108", rate=0.61, interval=(0.51, 0.7)),
            RateRow(label="名字" * 30, said="＊"),
        ],
        theme,
    ),
    "no rates": lambda words, theme: rate_chart(words, [], theme),
    "low rates": lambda words, theme: rate_chart(
        words, [RateRow(label="2026", said="0%", rate=0.0, interval=(0.0, 0.3))], theme
    ),
    "bars": lambda words, theme: bar_chart(
        words,
        [
            BarRow(label="甲", said="12", value=12),
            BarRow(label="乙", said="＊"),
            BarRow(label="丙", said="0", value=0),
            BarRow(label="丁", said="1", value=0.001),
        ],
        theme,
    ),
    "no bars": lambda words, theme: bar_chart(words, [], theme),
    "shares": lambda words, theme: shares_chart(
        words,
        ["直接答上", "选了一条", "党员回答", "没答上" * 20],
        [
            SharesRow(label="全部", said="20", parts=[10, 5, 5, 0]),
            SharesRow(label="调剂", said="0", parts=[0, 0, 0, 0]),
            SharesRow(label="复试", said="＊"),
        ],
        theme,
    ),
    "a line": lambda words, theme: line_chart(
        words,
        ["1", "", "3"],
        Line(name="2026", values=[1, None, 3]),
        Line(name="2025", values=[None, None, None]),
        theme,
    ),
    "a point": lambda words, theme: line_chart(
        words, ["1"], Line(name="2026", values=[0]), None, theme
    ),
    "stars": lambda words, theme: stars_chart(
        words, [BarRow(label=str(n), said=str(n), value=n) for n in range(5)], theme
    ),
}


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("words", [WORDS, BARE])
@pytest.mark.parametrize("name", DRAWN)
def test_a_chart_is_a_small_picture_as_wide_as_a_phone_shows(
    name: str, words: Words, theme: Theme
) -> None:
    drawn = DRAWN[name](words, theme).png()
    picture = Image.open(BytesIO(drawn)).convert("RGB")

    assert picture.format is None
    assert picture.width == WIDTH
    # Telegram takes no picture whose sides differ by more, nor whose sum is beyond 10,000
    assert picture.height < 8_000
    assert len(drawn) < 200_000
    corner, paper = picture.getpixel((2, 2)), _rgb(PALETTES[theme].paper)
    assert isinstance(corner, tuple)
    assert max(abs(a - b) for a, b in zip(corner, paper, strict=True)) <= 2


@pytest.mark.parametrize("parts", [[968, 968, 1, 0], [1, 0, 0, 100_000], [0, 0, 0, 1]])
def test_a_part_too_small_to_be_seen_is_no_fault(parts: list[int]) -> None:
    row = SharesRow(label="全部", said="1,937", parts=parts)

    assert shares_chart(BARE, ["a", "b", "c", "d"], [row], Theme.LIGHT).png()


@pytest.mark.parametrize("theme", Theme)
def test_what_is_read_stands_out(theme: Theme) -> None:
    colours = PALETTES[theme]
    read = [colours.ink, colours.soft, colours.accent, *colours.series]

    assert [each for each in read if contrast(each, colours.paper) < 4.5] == []
    assert [each for each in colours.series if contrast(each, colours.on_series) < 4.5] == []


def test_contrast_is_what_the_guidelines_say() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_chinese_is_written_in_chinese_type() -> None:
    """Where there is no glyph, every sign becomes the same box."""

    def drawn(text: str) -> bytes:
        paper = Canvas(80, Theme.LIGHT, Measure().letters)
        paper.write((10, 10), text, size=48)
        return paper.png()

    assert len({drawn(sign) for sign in "届率深造调剂"}) == 6


@given(st.floats(0, 1e9))
def test_a_scale_is_round_short_and_reaches_above_all(highest: float) -> None:
    steps = scale_of(highest)

    assert steps[0] == 0
    assert 2 <= len(steps) <= 6
    assert steps[-1] >= highest
    assert str(steps[1]).strip("0") in {"1", "2", "5"}


@pytest.mark.parametrize(
    ("highest", "top"), [(0.0, 0.2), (0.2, 0.2), (0.21, 0.5), (0.5, 0.5), (0.51, 1), (1, 1)]
)
def test_a_scale_of_shares_ends_at_a_fifth_a_half_or_all(highest: float, top: float) -> None:
    assert share_scale(highest)[-1] == top


def test_labels_that_would_touch_are_left_out_evenly() -> None:
    width = Measure()
    labels = [f"{month} 月" for month in range(1, 13)]

    assert thinned(labels, 900, lambda text: width.width(text, SMALL)) == [
        label if at % 2 == 0 else "" for at, label in enumerate(labels)
    ]
    assert thinned(["1", "2"], 900, len) == ["1", "2"]
    assert thinned([], 900, len) == []


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
