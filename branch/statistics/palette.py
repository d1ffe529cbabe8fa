"""The colours of charts, by day and by night; what is read stands out by 4.5 to 1 at least."""

from enum import StrEnum
from typing import Final

from msgspec import Struct

MOST_SERIES: Final = 4


class Theme(StrEnum):
    LIGHT = "light"
    DARK = "dark"


class Palette(Struct, frozen=True, kw_only=True):
    """`series` are told apart by brightness, too; `on_series` is what is written on them."""

    paper: str
    ink: str
    soft: str
    line: str
    track: str
    accent: str
    series: tuple[str, str, str, str]
    on_series: str


PALETTES: Final = {
    Theme.LIGHT: Palette(
        paper="#FBF8F3",
        ink="#231F1C",
        soft="#665E56",
        line="#DDD5CA",
        track="#EFE8DE",
        accent="#A8231C",
        series=("#A8231C", "#1D4F7C", "#7A5200", "#6A635C"),
        on_series="#FFFFFF",
    ),
    Theme.DARK: Palette(
        paper="#191715",
        ink="#F4EFE8",
        soft="#B9B0A6",
        line="#3B3733",
        track="#2A2724",
        accent="#FF8F82",
        series=("#FF8F82", "#8CC2F0", "#E3B55B", "#A79F96"),
        on_series="#191715",
    ),
}


def contrast(one: str, other: str) -> float:
    """From 1 to 21, as accessibility guidelines count it."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 -- sRGB's own numbers
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
