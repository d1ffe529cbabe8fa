"""The sign at the door: a code to scan and to type, large enough for the last row."""

from io import BytesIO
from typing import Final

import segno
from PIL import Image, ImageDraw

from branch.content.lettering import Lettering

WIDTH: Final = 1080
MARGIN: Final = 64
PAPER, INK, SOFT, RED, ON_RED = "#FBF8F3", "#231F1C", "#6B635B", "#A8231C", "#FFFFFF"
MODULE: Final = 18
"""Pixels of the smallest square of the code."""
TITLE_LINES: Final = 2


def door_sign(*, title: str, link: str, code: str, scan: str, until: str) -> bytes:
    """A PNG; `scan` says what to do, `until` how long this one holds."""
    letters = Lettering()
    lines = letters.wrapped(title, 54, WIDTH - 2 * MARGIN, weight=500)[:TITLE_LINES]
    squares = _squares(link)
    head = 56 + len(lines) * 76
    height = head + 48 + squares.height + 330
    picture = Image.new("RGB", (WIDTH, height), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, WIDTH, head), fill=RED)
    for index, line in enumerate(lines):
        at = (WIDTH / 2, 28 + index * 76)
        letters.write(pen, at, line, size=54, weight=500, fill=ON_RED, anchor="ma")
    picture.paste(squares, ((WIDTH - squares.width) // 2, head + 48))
    y = head + 48 + squares.height
    spaced = f"{code[:3]} {code[3:]}"
    letters.write(pen, (WIDTH / 2, y + 16), scan, size=38, fill=SOFT, anchor="ma")
    letters.write(pen, (WIDTH / 2, y + 76), spaced, size=140, weight=700, fill=INK, anchor="ma")
    letters.write(pen, (WIDTH / 2, y + 256), until, size=32, fill=SOFT, anchor="ma")
    out = BytesIO()
    picture.quantize(32, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _squares(link: str) -> Image.Image:
    """With a quiet zone, black on white: phones read nothing else as surely."""
    buffer = BytesIO()
    segno.make(link, error="m", micro=False).save(buffer, kind="png", scale=MODULE, border=3)
    return Image.open(buffer).convert("RGB")
