"""What charts are made of: the sheet with its words, rows, legends, a grid and its lines."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from branch.statistics.canvas import MARGIN, ROOM, WIDTH, Canvas, Measure
from branch.statistics.chart_axes import axis_top
from branch.statistics.chart_labels import LABEL, LABEL_LINE, SMALL, Legend, key_lines
from branch.statistics.palette import Theme

TITLE, SUBTITLE, NUMBER = 50, 32, 36
"""Sizes of type: on a phone, the smallest is about ten points."""
THICK: Final = 40
_INSET: Final = 24


class Words(Struct, frozen=True, kw_only=True):
    """What stands around a chart; `foot` says what is counted."""

    title: str
    subtitle: str = ""
    foot: str = ""


class RateRow(Struct, frozen=True, kw_only=True):
    """`said` is the rate in words, `note` of how many it is; no rate: it is not told."""

    label: str
    said: str
    note: str = ""
    rate: float | None = None
    interval: tuple[float, float] | None = None


class BarRow(Struct, frozen=True, kw_only=True):
    label: str
    said: str
    value: float | None = None


class SharesRow(Struct, frozen=True, kw_only=True):
    """`parts` in the order of the legend; None: they are not told."""

    label: str
    said: str
    parts: Sequence[int] | None = None


class Line(Struct, frozen=True, kw_only=True):
    """Values by point; a point that is not told is left out."""

    name: str
    values: Sequence[float | None]


class Frame:
    """Title, what it is of, the chart's own room, and what is counted."""

    def __init__(self, words: Words, measure: Measure, theme: Theme, high: int) -> None:
        self.measure = measure
        title = measure.wrapped(words.title, TITLE, weight=700)
        subtitle = measure.wrapped(words.subtitle, SUBTITLE)
        foot = measure.wrapped(words.foot, SMALL)
        self.top = 56 + len(title) * 66 + len(subtitle) * 46 + 36
        self.bottom = self.top + high
        height = self.bottom + (len(foot) * 42 + 28 if foot else 0) + 44
        self.paper = Canvas(height, theme, measure.letters)
        y = 52
        for line in title:
            self.paper.write((MARGIN, y), line, size=TITLE, weight=700)
            y += 66
        soft = self.paper.colours.soft
        for line in subtitle:
            self.paper.write((MARGIN, y + 4), line, size=SUBTITLE, fill=soft)
            y += 46
        y = self.bottom + 24
        for line in foot:
            self.paper.write((MARGIN, y), line, size=SMALL, fill=soft)
            y += 42

    def label(self, lines: Sequence[str], middle: float) -> None:
        """At the left, as many lines above the middle as below."""
        first = middle - (len(lines) - 1) * LABEL_LINE / 2
        for at, line in enumerate(lines):
            self.paper.write((MARGIN, first + at * LABEL_LINE), line, size=LABEL, anchor="lm")

    def number(self, text: str, middle: float, *, told: bool = True) -> None:
        fill = self.paper.colours.ink if told else self.paper.colours.soft
        self.paper.write(
            (WIDTH - MARGIN, middle), text, size=NUMBER, weight=700, fill=fill, anchor="rm"
        )

    def rate(self, row: RateRow, middle: float, scale: tuple[float, float, float]) -> None:
        left, end, top = scale
        paper, colours = self.paper, self.paper.colours
        paper.line([(left, middle), (end, middle)], colours.track, 4)
        if row.interval is not None:
            low, high = (left + (end - left) * min(each / top, 1) for each in row.interval)
            paper.line([(low, middle), (high, middle)], colours.accent, 6)
            for x in (low, high):
                paper.line([(x, middle - 16), (x, middle + 16)], colours.accent, 6)
        if row.rate is not None:
            at = (left + (end - left) * row.rate / top, middle)
            paper.dot(at, 17, colours.paper)
            paper.dot(at, 13, colours.accent)
        self.number(row.said, middle - (20 if row.note else 0), told=row.rate is not None)
        below = (WIDTH - MARGIN, middle + 24)
        paper.write(below, row.note, size=SMALL, fill=colours.soft, anchor="rm")

    def shares(self, row: SharesRow, label: Sequence[str], y: float) -> None:
        paper, colours, measure = self.paper, self.paper.colours, self.measure
        high = len(label) * LABEL_LINE
        self.label(label, y + high / 2)
        self.number(row.said, y + 22, told=row.parts is not None)
        top, total, x = y + high + 8, sum(row.parts or ()), float(MARGIN)
        paper.bar(MARGIN, top, WIDTH - MARGIN, top + THICK, colours.track)
        for part, colour in zip(row.parts or (), colours.series, strict=False):
            end = x + (ROOM * part / total if total else 0)
            paper.box(x, top, end - (3 if end < WIDTH - MARGIN - 1 else 0), top + THICK, colour)
            said = f"{part / total:.0%}" if total else ""
            if end - x > measure.width(said, SMALL, weight=500) + 16:
                middle = ((x + end) / 2, top + THICK / 2)
                paper.write(
                    middle, said, size=SMALL, weight=500, fill=colours.on_series, anchor="mm"
                )
            x = end

    def legend(self, legend: Legend, *, of_lines: bool = False) -> None:
        """Names with their colours; of lines, as thick as those are."""
        colours, paper = self.paper.colours, self.paper
        for key in legend.keys:
            x, y = MARGIN + key.x, self.top + key.y
            if of_lines:
                colour = colours.soft if key.number else colours.accent
                paper.line([(x, y + 15), (x + 32, y + 15)], colour, 4 if key.number else 8)
            else:
                paper.bar(x, y, x + 30, y + 30, colours.series[key.number])
            for left, middle, line in key_lines(key):
                at = (MARGIN + left, self.top + middle)
                paper.write(at, line, size=SMALL, anchor="lm")

    def grid(
        self,
        plot: tuple[float, float, float, float],
        steps: Sequence[int],
        points: Sequence[str],
    ) -> None:
        left, top, right, bottom = plot
        colours = self.paper.colours
        for step in steps:
            y = bottom - (bottom - top) * step / axis_top(steps)
            self.paper.line([(left, y), (right, y)], colours.line, 2)
            at = (left - 16, y)
            self.paper.write(at, f"{step:,}", size=SMALL, fill=colours.soft, anchor="rm")
        for number, x in enumerate(_xs(plot, len(points))):
            if points[number]:
                self.paper.line([(x, bottom), (x, bottom + 8)], colours.line, 2)
                said = (x, bottom + 18)
                self.paper.write(said, points[number], size=SMALL, fill=colours.soft, anchor="ma")

    def curve(
        self, plot: tuple[float, float, float, float], most: float, line: Line, *, strong: bool
    ) -> None:
        _, top, _, bottom = plot
        colour = self.paper.colours.accent if strong else self.paper.colours.soft
        run: list[tuple[float, float]] = []
        xs = _xs(plot, len(line.values))
        for x, value in [*zip(xs, line.values, strict=True), (0.0, None)]:
            if value is not None:
                run.append((x, bottom - (bottom - top) * value / most))
                continue
            if len(run) > 1:
                self.paper.line(run, colour, 6 if strong else 4)
            for each in run if strong or len(run) == 1 else ():
                self.paper.dot(each, 8 if strong else 6, colour)
            run = []


def _xs(plot: tuple[float, float, float, float], number: int) -> list[float]:
    left, _, right, _ = plot
    if number == 1:
        return [(left + right) / 2]
    return [left + _INSET + (right - left - 2 * _INSET) * at / (number - 1) for at in range(number)]
