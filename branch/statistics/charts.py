"""Charts as pictures for a phone: from values and words to a sheet, and from nothing else."""

from collections.abc import Iterator, Sequence
from typing import Final

from branch.statistics.canvas import MARGIN, ROOM, WIDTH, Canvas, Measure
from branch.statistics.chart_axes import axis_top, scale_of, share_scale, told_shares
from branch.statistics.chart_frame import (
    NUMBER,
    BarRow,
    Frame,
    Line,
    RateRow,
    SharesRow,
    Words,
)
from branch.statistics.chart_labels import LABEL, LABEL_LINE, SMALL, Labels, labels_of, legend_of
from branch.statistics.palette import Theme

_RATE_ROW: Final = 104
_BAR_ROW: Final = 84
_PLOT: Final = 620
_TICKS: Final = 56
_APART: Final = 12
"""How much more room there is from row to row where each has its label above it."""


def rate_chart(words: Words, rows: Sequence[RateRow], theme: Theme) -> Canvas:
    """A point a row with its interval, on one scale from nought to all."""
    measure = Measure()
    labels = labels_of(measure, [row.label for row in rows])
    said, notes = [row.said for row in rows], [row.note for row in rows]
    right = max(measure.most(said, NUMBER, weight=700), measure.most(notes, SMALL))
    frame = Frame(words, measure, theme, _high(labels, _RATE_ROW) + _TICKS)
    left, end = labels.left + 8, WIDTH - MARGIN - right - 28
    known = [value for row in rows for value in (row.rate, *(row.interval or ())) if value]
    steps = share_scale(max(known, default=1.0))
    for row, lines, (top, middle, bottom) in zip(
        rows, labels.lines, _places(frame.top, labels, _RATE_ROW), strict=True
    ):
        for share in steps:
            x = left + (end - left) * share / steps[-1]
            frame.paper.line([(x, top), (x, bottom)], frame.paper.colours.line, 2)
        frame.label(lines, _label_middle(labels, lines, top, middle))
        frame.rate(row, middle, (left, end, steps[-1]))
    told = told_shares(steps, end - left, lambda label: measure.width(label, SMALL))
    for share, label in zip(steps, told, strict=True):
        at = (left + (end - left) * share / steps[-1], frame.bottom - _TICKS + 12)
        soft = frame.paper.colours.soft
        frame.paper.write(at, label, size=SMALL, fill=soft, anchor="ma")
    return frame.paper


def bar_chart(words: Words, rows: Sequence[BarRow], theme: Theme) -> Canvas:
    """Horizontal bars with their numbers, on a scale of their own."""
    measure = Measure()
    labels = labels_of(measure, [row.label for row in rows])
    right = measure.most([row.said for row in rows], NUMBER, weight=700)
    frame = Frame(words, measure, theme, _high(labels, _BAR_ROW))
    left, end = labels.left, WIDTH - MARGIN - right - 24
    most = max((row.value or 0 for row in rows), default=0) or 1
    paper = frame.paper
    for row, lines, (top, middle, _) in zip(
        rows, labels.lines, _places(frame.top, labels, _BAR_ROW), strict=True
    ):
        frame.label(lines, _label_middle(labels, lines, top, middle))
        paper.bar(left, middle - 20, end, middle + 20, paper.colours.track)
        if row.value:
            long = left + max((end - left) * row.value / most, 8)
            paper.bar(left, middle - 20, long, middle + 20, paper.colours.accent)
        frame.number(row.said, middle, told=row.value is not None)
    return paper


def shares_chart(
    words: Words, names: Sequence[str], rows: Sequence[SharesRow], theme: Theme
) -> Canvas:
    """A bar a row, all equally long, parted as its whole is; `names` are those of the parts."""
    measure = Measure()
    legend = legend_of(measure, names)
    room = ROOM - int(measure.most([row.said for row in rows], NUMBER, weight=700)) - 24
    labels = [measure.wrapped(row.label, LABEL, room) for row in rows]
    highs = [max(1, len(lines)) * LABEL_LINE + 72 for lines in labels]
    frame = Frame(words, measure, theme, legend.high + 28 + sum(highs))
    frame.legend(legend)
    y = frame.top + legend.high + 28
    for row, lines, high in zip(rows, labels, highs, strict=True):
        frame.shares(row, lines, y)
        y += high
    return frame.paper


def line_chart(
    words: Words, points: Sequence[str], now: Line, before: Line | None, theme: Theme
) -> Canvas:
    """What was, and paler the time before; a label at a point may be empty."""
    measure = Measure()
    lines = [now, *([before] if before else [])]
    legend = legend_of(measure, [line.name for line in lines])
    high = legend.high + 40
    frame = Frame(words, measure, theme, high + _PLOT + 72)
    frame.legend(legend, of_lines=True)
    highest = max((value for line in lines for value in line.values if value), default=0)
    steps = scale_of(highest)
    left = MARGIN + measure.most([f"{step:,}" for step in steps], SMALL) + 20
    plot = (left, frame.top + high, WIDTH - MARGIN - 12, frame.top + high + _PLOT)
    frame.grid(plot, steps, points)
    for line in reversed(lines):
        frame.curve(plot, axis_top(steps), line, strong=line is now)
    return frame.paper


def stars_chart(words: Words, rows: Sequence[BarRow], theme: Theme) -> Canvas:
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
    return paper


def _high(labels: Labels, row: int) -> int:
    return sum(_row_high(labels, number, row) for number in range(len(labels.lines)))


def _row_high(labels: Labels, number: int, row: int) -> int:
    """Of a row that is so high where its label has one line beside it."""
    high = labels.high(number)
    return high + row + _APART if labels.above else max(row, high + 28)


def _places(top: float, labels: Labels, row: int) -> Iterator[tuple[float, float, float]]:
    """Of each row, from where to where its drawing goes, and its middle.

    Below a label it is nearer to that than to the next one.
    """
    for number in range(len(labels.lines)):
        bottom = top + _row_high(labels, number, row)
        if labels.above:
            first = top + labels.high(number)
            yield first, first + row * 0.42, bottom - 2 * _APART
        else:
            yield top, (top + bottom) / 2, bottom
        top = bottom


def _label_middle(labels: Labels, lines: Sequence[str], top: float, middle: float) -> float:
    """Of a label above, whose row begins where the label ends."""
    return top - len(lines) * LABEL_LINE / 2 if labels.above else middle
