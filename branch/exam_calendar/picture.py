"""The exam calendar as a picture to keep on a phone: what is next, large, and the whole way."""

from collections.abc import Sequence
from enum import StrEnum
from io import BytesIO
from itertools import pairwise
from typing import Final

from msgspec import Struct
from PIL import Image, ImageDraw

from branch.content.lettering import Lettering

WIDTH: Final = 1080
MARGIN: Final = 64
RAIL: Final = 112
TEXT: Final = 172
GAP: Final = 24
PAPER, INK, SOFT, FAINT = "#FBF8F3", "#231F1C", "#6B635B", "#8E857B"
RED, PALE_RED, ON_RED, SOFT_ON_RED = "#A8231C", "#F6E4DF", "#FFFFFF", "#F7D9D3"
LINE = "#DDD5CA"


class StepState(StrEnum):
    PAST = "past"
    PRESENT = "present"
    COMING = "coming"
    OPEN = "open"
    """Not announced."""


class CardStep(Struct, frozen=True, kw_only=True):
    name: str
    when: str
    state: StepState
    badge: str = ""


class Card(Struct, frozen=True, kw_only=True):
    """All the words of the picture; `number` and `unit` are the large countdown."""

    heading: str
    lead: str
    number: str
    unit: str
    when: str
    steps: Sequence[CardStep]
    foot: Sequence[str]


def draw(card: Card) -> bytes:
    """The card as a PNG, as high as it needs to be."""
    letters = Lettering()
    top = _Head(card, letters)
    rows = [_Row(step, letters) for step in card.steps]
    foot = [line for text in card.foot for line in letters.wrapped(text, 26, WIDTH - 2 * MARGIN)]
    foot_height = len(foot) * 40 + 2 * MARGIN - 24
    height = top.height + 48 + sum(row.height for row in rows) + foot_height
    picture = Image.new("RGB", (WIDTH, height), PAPER)
    pen = ImageDraw.Draw(picture)
    top.draw(pen)
    y = top.height + 48
    _draw_rail(pen, rows, y)
    for row in rows:
        row.draw(pen, y)
        y += row.height
    pen.line((MARGIN, y + 8, WIDTH - MARGIN, y + 8), fill=LINE, width=2)
    for index, line in enumerate(foot):
        letters.write(pen, (MARGIN, y + 36 + index * 40), line, size=26, fill=SOFT)
    out = BytesIO()
    picture.quantize(128, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


class _Head:
    def __init__(self, card: Card, letters: Lettering) -> None:
        self._card = card
        self._letters = letters
        room = WIDTH - 2 * MARGIN
        self._lead = letters.wrapped(card.lead, 46, room, weight=500)
        self._when = letters.wrapped(card.when, 38, room)
        self._number_height = 210 if card.number else 0
        self.height = (
            72 + 84 + len(self._lead) * 64 + self._number_height + len(self._when) * 54 + 56
        )

    def draw(self, pen: ImageDraw.ImageDraw) -> None:
        write, card = self._letters.write, self._card
        pen.rectangle((0, 0, WIDTH, self.height), fill=RED)
        y = 64
        write(pen, (MARGIN, y), card.heading, size=36, weight=500, fill=SOFT_ON_RED)
        y += 84
        for line in self._lead:
            write(pen, (MARGIN, y), line, size=46, weight=500, fill=ON_RED)
            y += 64
        if card.number:
            base = y + 180
            end = write(
                pen, (MARGIN - 6, base), card.number, size=200, weight=700, fill=ON_RED, anchor="ls"
            )
            write(pen, (end + 24, base), card.unit, size=60, weight=500, fill=ON_RED, anchor="ls")
            y += self._number_height
        for line in self._when:
            write(pen, (MARGIN, y), line, size=38, fill=ON_RED)
            y += 54


class _Row:
    """One step: a dot on the rail, its name, when it is, and at the right how far away."""

    def __init__(self, step: CardStep, letters: Lettering) -> None:
        self.step = step
        self._letters = letters
        badge = letters.width(step.badge, 30, weight=500) + 48 + GAP if step.badge else 0
        self._name = letters.wrapped(
            step.name, 40, WIDTH - MARGIN - TEXT - int(badge), weight=self._weight
        )
        self._when = letters.wrapped(step.when, 32, WIDTH - MARGIN - TEXT)
        self.height = len(self._name) * 54 + len(self._when) * 46 + 34

    @property
    def _weight(self) -> int:
        return 400 if self.step.state is StepState.PAST else 500

    def draw(self, pen: ImageDraw.ImageDraw, y: int) -> None:
        past = self.step.state is StepState.PAST
        if self.step.state is StepState.PRESENT:
            box = (MARGIN - 16, y - 18, WIDTH - MARGIN + 16, y + self.height - 22)
            pen.rounded_rectangle(box, radius=24, fill=PALE_RED)
        self._draw_dot(pen, y + 30)
        if self.step.badge:
            self._draw_badge(pen, y + 30)
        for line in self._name:
            self._letters.write(
                pen,
                (TEXT, y),
                line,
                size=40,
                weight=self._weight,
                fill=FAINT if past else INK,
            )
            y += 54
        for line in self._when:
            self._letters.write(pen, (TEXT, y), line, size=32, fill=FAINT if past else SOFT)
            y += 46

    def _draw_dot(self, pen: ImageDraw.ImageDraw, y: int) -> None:
        match self.step.state:
            case StepState.PAST:
                pen.circle((RAIL, y), 10, fill=FAINT)
            case StepState.PRESENT:
                pen.circle((RAIL, y), 19, fill=RED)
                pen.circle((RAIL, y), 8, fill=ON_RED)
            case StepState.COMING:
                pen.circle((RAIL, y), 14, fill=RED)
            case StepState.OPEN:
                pen.circle((RAIL, y), 18, fill=PAPER)
                for start in range(0, 360, 45):
                    pen.arc(
                        (RAIL - 14, y - 14, RAIL + 14, y + 14),
                        start,
                        start + 26,
                        fill=SOFT,
                        width=4,
                    )

    def _draw_badge(self, pen: ImageDraw.ImageDraw, y: int) -> None:
        solid = self.step.state is StepState.PRESENT
        width = self._letters.width(self.step.badge, 30, weight=500) + 48
        left = WIDTH - MARGIN - width
        pen.rounded_rectangle(
            (left, y - 28, WIDTH - MARGIN, y + 28), radius=28, fill=RED if solid else PALE_RED
        )
        self._letters.write(
            pen,
            (left + width / 2, y),
            self.step.badge,
            size=30,
            weight=500,
            fill=ON_RED if solid else RED,
            anchor="mm",
        )


def _draw_rail(pen: ImageDraw.ImageDraw, rows: Sequence[_Row], y: int) -> None:
    """Solid between what is dated, dashed where it leads to what is not."""
    for before, after in pairwise(rows):
        start, end = y + 30, y + before.height + 30
        if StepState.OPEN in (before.step.state, after.step.state):
            for dash in range(start + 24, end - 20, 18):
                pen.line((RAIL, dash, RAIL, min(dash + 9, end - 20)), fill=FAINT, width=4)
        else:
            pen.line((RAIL, start, RAIL, end), fill=LINE, width=4)
        y += before.height
