"""Where the names in a chart stand, measured before anything is drawn: none is cut."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from branch.statistics.canvas import MARGIN, ROOM, Measure

LABEL, SMALL = 36, 29
LABEL_LINE: Final = 44
_KEY_LINE: Final = 40
_WIDEST_COLUMN: Final = 340
_MOST_BESIDE: Final = 2
_SIGN, _BETWEEN = 42, 40
"""Of a legend: the room for the colour before a name, and from one to the next."""


class Labels(Struct, frozen=True, kw_only=True):
    """The lines of each row's name. `above`: they stand above what they name, not beside it."""

    lines: Sequence[Sequence[str]]
    width: float
    above: bool = False

    def high(self, row: int) -> int:
        return len(self.lines[row]) * LABEL_LINE

    @property
    def left(self) -> float:
        """Where what they name begins."""
        return MARGIN if self.above else MARGIN + self.width + 24


def labels_of(measure: Measure, names: Sequence[str]) -> Labels:
    """Beside, if two lines of a narrow column are enough for each without breaking a word."""
    beside = [measure.wrapped(name, LABEL, _WIDEST_COLUMN) for name in names]
    words = max((measure.longest_word(name, LABEL) for name in names), default=0)
    if words <= _WIDEST_COLUMN and all(len(lines) <= _MOST_BESIDE for lines in beside):
        width = max((measure.most(lines, LABEL) for lines in beside), default=0)
        return Labels(lines=beside, width=width)
    return Labels(lines=[measure.wrapped(name, LABEL) for name in names], width=ROOM, above=True)


class Key(Struct, frozen=True):
    """A name of a legend and where it stands, from the legend's own corner."""

    x: float
    y: float
    number: int
    lines: Sequence[str]


class Legend(Struct, frozen=True):
    keys: Sequence[Key]
    high: int


def legend_of(measure: Measure, names: Sequence[str]) -> Legend:
    """As many names on a line as fit."""
    keys: list[Key] = []
    x, y, high = 0.0, 0, 0
    for number, name in enumerate(names):
        lines = measure.wrapped(name, SMALL, ROOM - _SIGN)
        wide = _SIGN + measure.most(lines, SMALL)
        if x and x + wide > ROOM:
            x, y, high = 0.0, y + high, 0
        keys.append(Key(x, y, number, lines))
        high = max(high, len(lines) * _KEY_LINE + 12)
        x += wide + _BETWEEN
    return Legend(keys, y + high)


def key_lines(key: Key) -> Sequence[tuple[float, float, str]]:
    """Each line of a name in a legend, beside the colour: where its middle is."""
    return [(key.x + _SIGN, key.y + 15 + at * _KEY_LINE, line) for at, line in enumerate(key.lines)]
