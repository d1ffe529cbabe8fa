"""Charts as pictures for a phone: from values and words to a PNG, and from nothing else."""

from collections.abc import Sequence
from typing import Final

from branch.statistics.canvas import MARGIN, ROOM, WIDTH, Measure
from branch.statistics.chart_axes import axis_top, scale_of
from branch.statistics.chart_frame import (
    LABEL,
    NUMBER,
    SMALL,
    BarRow,
    Frame,
    Line,
    RateRow,
    SharesRow,
    Words,
    legend_lines,
)
from branch.statistics.palette import Theme

_RATE_ROW: Final = 104
_BAR_ROW: Final = 84
_SHARES_ROW: Final = 116
_PLOT: Final = 620
_WIDEST_LABEL: Final = 340


def rate_chart(words: Words, rows: Sequence[RateRow], theme: Theme) -> bytes:
    """A point a row with its interval, on one scale from nought to all."""
    measure = Measure()
    label = _column(measure, [row.label for row in rows])
    right = max(
        measure.most([row.said for row in rows], NUMBER, weight=700),
        measure.most([row.note for row in rows], SMALL),
    )
    frame = Frame(words, measure, theme, len(rows) * _RATE_ROW + 56)
    left, end = MARGIN + label + 24, WIDTH - MARGIN - right - 28
    known = [value for row in rows for value in (row.rate, *(row.interval or ())) if value]
    top = 1.0 if max(known, default=1.0) > 0.5 else 0.5  # noqa: PLR2004 -- half the scale is enough for them
    for tick in range(5):
        x = left + (end - left) * tick / 4
        frame.paper.line([(x, frame.top), (x, frame.bottom - 56)], frame.paper.colours.line, 2)
        said = f"{top * tick / 4:.0%}" if not (top * tick * 25) % 1 else ""
        frame.paper.write(
            (x, frame.bottom - 44), said, size=SMALL, fill=frame.paper.colours.soft, anchor="ma"
        )
    for number, row in enumerate(rows):
        frame.rate(row, frame.top + number * _RATE_ROW + _RATE_ROW / 2, (left, end, top))
    return frame.paper.png()


def bar_chart(words: Words, rows: Sequence[BarRow], theme: Theme) -> bytes:
    """Horizontal bars with their numbers, on a scale of their own."""
    measure = Measure()
    label = _column(measure, [row.label for row in rows])
    right = measure.most([row.said for row in rows], NUMBER, weight=700)
    frame = Frame(words, measure, theme, len(rows) * _BAR_ROW)
    left = MARGIN + label + 24
    room = WIDTH - MARGIN - right - 24 - left
    most = max((row.value or 0 for row in rows), default=0) or 1
    paper = frame.paper
    for number, row in enumerate(rows):
        middle = frame.top + number * _BAR_ROW + _BAR_ROW / 2
        frame.label(row.label, middle, label)
        paper.bar(left, middle - 20, left + room, middle + 20, paper.colours.track)
        end = left + room * (row.value or 0) / most
        if row.value:
            paper.bar(left, middle - 20, max(end, left + 8), middle + 20, paper.colours.accent)
        frame.number(row.said, middle, told=row.value is not None)
    return paper.png()


def shares_chart(
    words: Words, legend: Sequence[str], rows: Sequence[SharesRow], theme: Theme
) -> bytes:
    """A bar a row, all equally long, parted as its whole is."""
    measure = Measure()
    keys = legend_lines(measure, legend)
    high = len(keys) * 52 + 28
    frame = Frame(words, measure, theme, high + len(rows) * _SHARES_ROW)
    frame.legend(legend, keys)
    for number, row in enumerate(rows):
        frame.shares(row, frame.top + high + number * _SHARES_ROW)
    return frame.paper.png()


def line_chart(
    words: Words, points: Sequence[str], now: Line, before: Line | None, theme: Theme
) -> bytes:
    """What was, and paler the time before; a label at a point may be empty."""
    measure = Measure()
    lines = [now, *([before] if before else [])]
    names = [line.name for line in lines]
    keys = legend_lines(measure, names)
    high = len(keys) * 52 + 40
    frame = Frame(words, measure, theme, high + _PLOT + 72)
    frame.line_legend(names, keys)
    highest = max((value for line in lines for value in line.values if value), default=0)
    steps = scale_of(highest)
    left = MARGIN + measure.most([f"{step:,}" for step in steps], SMALL) + 20
    plot = (left, frame.top + high, WIDTH - MARGIN - 12, frame.top + high + _PLOT)
    frame.grid(plot, steps, points)
    for line in reversed(lines):
        frame.curve(plot, axis_top(steps), line, strong=line is now)
    return frame.paper.png()


def stars_chart(words: Words, rows: Sequence[BarRow], theme: Theme) -> bytes:
    """Five columns, from one to five, with how many above each."""
    measure = Measure()
    frame = Frame(words, measure, theme, 520)
    paper, wide = frame.paper, ROOM / max(len(rows), 1)
    most = max((row.value or 0 for row in rows), default=0) or 1
    floor = frame.bottom - 64
    for number, row in enumerate(rows):
        middle = MARGIN + wide * (number + 0.5)
        high = 360 * (row.value or 0) / most
        top = floor - max(high, 6 if row.value is not None else 0)
        colour = paper.colours.accent if row.value else paper.colours.line
        paper.bar(middle - wide * 0.32, top, middle + wide * 0.32, floor, colour)
        paper.write((middle, top - 14), row.said, size=NUMBER, weight=700, anchor="mb")
        paper.write((middle, floor + 14), row.label, size=LABEL, anchor="ma")
    return paper.png()


def _column(measure: Measure, labels: Sequence[str]) -> float:
    return min(measure.most(labels, LABEL), _WIDEST_LABEL)
