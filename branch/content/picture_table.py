"""A table to be drawn as a picture, all of its words in it; drawing it is in `table_picture`."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct

MOST_ROWS: Final = 60
"""More would be higher than Telegram shows a photo."""


class Align(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


class Column(Struct, frozen=True, kw_only=True):
    """`share` is how wide it is, compared with the others."""

    title: str
    share: float = 1.0
    align: Align = Align.LEFT


class PictureTable(Struct, frozen=True, kw_only=True):
    """All the words of the picture; each row has a cell for each column."""

    heading: str
    lead: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    foot: Sequence[str] = ()
