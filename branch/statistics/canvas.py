"""A sheet of paper for a chart: drawn twice as large, so that every edge becomes smooth."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from msgspec import Struct
from PIL import Image, ImageDraw

from branch.content.lettering import Lettering
from branch.statistics.palette import PALETTES, Palette, Theme

WIDTH: Final = 1080
MARGIN: Final = 56
ROOM: Final = WIDTH - 2 * MARGIN
_FINE: Final = 2
_COLOURS: Final = 128


class Written(Struct, frozen=True):
    """A text of a picture and the room that it takes: left, top, right, bottom."""

    text: str
    box: tuple[float, float, float, float]


class Canvas:
    """Places and sizes are those of the finished picture. `written`: what can be read in it."""

    def __init__(self, height: int, theme: Theme, letters: Lettering) -> None:
        self.colours: Palette = PALETTES[theme]
        self.height = height
        self.written: list[Written] = []
        self._letters = letters
        size = (WIDTH * _FINE, height * _FINE)
        self._picture = Image.new("RGB", size, self.colours.paper)
        self._pen = ImageDraw.Draw(self._picture)

    def write(
        self,
        at: tuple[float, float],
        text: str,
        *,
        size: int,
        fill: str | None = None,
        weight: int = 400,
        anchor: str = "la",
    ) -> None:
        place, size = (at[0] * _FINE, at[1] * _FINE), size * _FINE
        ink, letters = fill or self.colours.ink, self._letters
        letters.write(self._pen, place, text, size=size, fill=ink, weight=weight, anchor=anchor)
        box = letters.box(place, text, size=size, weight=weight, anchor=anchor)
        left, top, right, bottom = (each / _FINE for each in box)
        self.written.append(Written(text, (left, top, right, bottom)))

    def box(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        """One too narrow to be seen is left out."""
        if right - 1 / _FINE >= left:
            self._pen.rectangle(_fine((left, top, right - 1 / _FINE, bottom)), fill=fill)

    def bar(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        """A box with round corners, as round as fits."""
        radius = min(10.0, (right - left) / 2, (bottom - top) / 2)
        if radius > 0:
            box = _fine((left, top, right, bottom))
            self._pen.rounded_rectangle(box, radius=radius * _FINE, fill=fill)

    def line(self, points: Sequence[tuple[float, float]], fill: str, width: int) -> None:
        flat = [(x * _FINE, y * _FINE) for x, y in points]
        self._pen.line(flat, fill=fill, width=width * _FINE, joint="curve")

    def dot(self, at: tuple[float, float], radius: float, fill: str) -> None:
        self._pen.circle((at[0] * _FINE, at[1] * _FINE), radius * _FINE, fill=fill)

    def png(self) -> bytes:
        out = BytesIO()
        small = self._picture.reduce(_FINE)
        # the quick way to fewer colours: nobody sees the difference, and it takes a tenth
        few = small.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(out, "PNG", compress_level=7)
        return out.getvalue()


class Measure:
    """How wide words will be, before there is a canvas."""

    def __init__(self) -> None:
        self.letters = Lettering()

    def width(self, text: str, size: int, *, weight: int = 400) -> float:
        return self.letters.width(text, size * _FINE, weight=weight) / _FINE

    def wrapped(self, text: str, size: int, room: int = ROOM, *, weight: int = 400) -> list[str]:
        return self.letters.wrapped(text, size * _FINE, room * _FINE, weight=weight)

    def longest_word(self, text: str, size: int) -> float:
        return self.letters.longest_word(text, size * _FINE) / _FINE

    def most(self, texts: Sequence[str], size: int, *, weight: int = 400) -> float:
        return max((self.width(text, size, weight=weight) for text in texts), default=0)


def _fine(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    return left * _FINE, top * _FINE, right * _FINE, bottom * _FINE
