"""Writes words into a picture: Chinese and Latin, in the sizes and weights that are asked for."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Final

import manimgx_fonts_cjk
from PIL import ImageDraw, ImageFont

SIMPLIFIED: Final = 2
"""The face of the collection in which shared characters look as they are printed in China."""
FONT: Final = Path(manimgx_fonts_cjk.__file__).with_name("NotoSansCJK-VF.otf.ttc")
NEVER_FIRST: Final = frozenset("\uff0c\u3002\uff1a\uff1b\u3001\uff09\u300b\uff01\uff1f)],.;:!?")


class Lettering:
    def __init__(self) -> None:
        self._font = lru_cache(maxsize=None)(_font)

    def width(self, text: str, size: int, *, weight: int = 400) -> float:
        return self._font(size, weight).getlength(text)

    def box(
        self, at: tuple[float, float], text: str, *, size: int, weight: int, anchor: str
    ) -> tuple[float, float, float, float]:
        """From where to where it will stand: left, top, right, bottom."""
        left, top, right, bottom = self._font(size, weight).getbbox(text, anchor=anchor)
        return at[0] + left, at[1] + top, at[0] + right, at[1] + bottom

    def write(
        self,
        pen: ImageDraw.ImageDraw,
        at: tuple[float, float],
        text: str,
        *,
        size: int,
        fill: str,
        weight: int = 400,
        anchor: str = "la",
    ) -> float:
        """Write it, and say at which x it ends."""
        pen.text(at, text, font=self._font(size, weight), fill=fill, anchor=anchor)
        return at[0] + self.width(text, size, weight=weight)

    def wrapped(self, text: str, size: int, room: int, *, weight: int = 400) -> list[str]:
        """The lines that fit: broken between Chinese characters and Latin words.

        Only a word that is longer than a line is broken within itself.
        """
        lines, line = [], ""
        for piece in self._fitting(text, size, room, weight):
            if line and self.width((line + piece).rstrip(), size, weight=weight) > room:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        return [*lines, line.rstrip()] if line.strip() else lines

    def longest_word(self, text: str, size: int, *, weight: int = 400) -> float:
        """How wide the widest of what `wrapped` would rather not break is."""
        return max((self.width(each, size, weight=weight) for each in _pieces(text)), default=0)

    def _fitting(self, text: str, size: int, room: int, weight: int) -> Iterator[str]:
        for piece in _pieces(text):
            if self.width(piece, size, weight=weight) <= room:
                yield piece
            else:
                yield from piece


def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONT, size, index=SIMPLIFIED, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight])
    return font


def _pieces(text: str) -> Iterator[str]:
    """What is not torn apart: a Latin word, a number, a character with what follows it closely."""
    piece = ""
    for latin, group in groupby(text, key=lambda each: each.isascii() and not each.isspace()):
        for part in ["".join(group)] if latin else [*group]:
            if piece and part[0] not in NEVER_FIRST:
                yield piece
                piece = ""
            piece += part
    if piece:
        yield piece
