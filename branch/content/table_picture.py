"""A plain table as a picture that reads on a phone: a heading, aligned columns, a line a row."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from branch.content.lettering import Lettering
from branch.content.picture_table import MOST_ROWS, Align, Column, PictureTable

WIDTH: Final = 1080
MARGIN: Final = 56
GUTTER: Final = 24
MOST_LINES, MOST_FOOT = 2, 12
"""More lines in a cell or at the foot would be higher than Telegram shows a photo."""
SIZE, LINE_HEIGHT, PADDING = 28, 40, 14
PAPER, INK, SOFT = "#FBF8F3", "#231F1C", "#6B635B"
RED, ON_RED, SOFT_ON_RED, LINE = "#A8231C", "#FFFFFF", "#F7D9D3", "#DDD5CA"


def draw(table: PictureTable) -> bytes:
    """The table as a PNG, as high as it needs to be; rows beyond the most are left out."""
    letters = Lettering()
    room = WIDTH - 2 * MARGIN
    lead = letters.wrapped(table.lead, 30, room)
    heading = letters.wrapped(table.heading, 46, room, weight=600)
    grid = _Grid(table.columns, letters)
    head = grid.wrapped([each.title for each in table.columns], weight=600)
    rows = [grid.wrapped(row) for row in table.rows[:MOST_ROWS]]
    foot = [line for text in table.foot for line in letters.wrapped(text, 24, room)]
    foot = _shortened(foot, MOST_FOOT)
    top = 56 + 62 * len(heading) + 44 * len(lead) + 40
    height = top + 20 + sum(_height(each) for each in [head, *rows]) + 36 * len(foot) + 64
    picture = Image.new("RGB", (WIDTH, height), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, WIDTH, top), fill=RED)
    y = 52
    for line in heading:
        letters.write(pen, (MARGIN, y), line, size=46, weight=600, fill=ON_RED)
        y += 62
    for line in lead:
        letters.write(pen, (MARGIN, y + 6), line, size=30, fill=SOFT_ON_RED)
        y += 44
    y = grid.draw(pen, top + 20, head, fill=SOFT, weight=600)
    for row in rows:
        pen.line((MARGIN, y, WIDTH - MARGIN, y), fill=LINE, width=2)
        y = grid.draw(pen, y, row, fill=INK)
    for line in foot:
        letters.write(pen, (MARGIN, y + 24), line, size=24, fill=SOFT)
        y += 36
    out = BytesIO()
    picture.quantize(64, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


class _Grid:
    """Where the columns stand, and how their cells break."""

    def __init__(self, columns: Sequence[Column], letters: Lettering) -> None:
        self._columns = columns
        self._letters = letters
        room = WIDTH - 2 * MARGIN - GUTTER * (len(columns) - 1)
        whole = sum(each.share for each in columns)
        self._widths = [int(room * each.share / whole) for each in columns]

    def wrapped(self, cells: Sequence[str], *, weight: int = 400) -> list[list[str]]:
        return [
            _shortened(self._letters.wrapped(cell, SIZE, width, weight=weight), MOST_LINES) or [""]
            for cell, width in zip(cells, self._widths, strict=True)
        ]

    def draw(
        self,
        pen: ImageDraw.ImageDraw,
        y: int,
        cells: Sequence[Sequence[str]],
        *,
        fill: str,
        weight: int = 400,
    ) -> int:
        """Draw one row, and say where the next begins."""
        x = MARGIN
        for column, width, lines in zip(self._columns, self._widths, cells, strict=True):
            at, anchor = _placed(column.align, x, width)
            for number, line in enumerate(lines):
                place = (at, y + PADDING + number * LINE_HEIGHT)
                self._letters.write(
                    pen, place, line, size=SIZE, weight=weight, fill=fill, anchor=anchor
                )
            x += width + GUTTER
        return y + _height(cells)


def _placed(align: Align, x: int, width: int) -> tuple[float, str]:
    match align:
        case Align.LEFT:
            return x, "la"
        case Align.RIGHT:
            return x + width, "ra"
        case Align.CENTRE:
            return x + width / 2, "ma"


def _shortened(lines: list[str], most: int) -> list[str]:
    """The first of them; a mark where something is left out."""
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1][:-1]}\u2026"]


def _height(cells: Sequence[Sequence[str]]) -> int:
    return max(len(lines) for lines in cells) * LINE_HEIGHT + 2 * PADDING
