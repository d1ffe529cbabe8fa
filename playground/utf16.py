"""Text counted as Telegram counts it: in UTF-16 code units, also where it holds half a pair."""

from typing import Final

_UNIT: Final = 2
_LAST_OF_ONE_UNIT: Final = "\uffff"


def length(text: str) -> int:
    """How many UTF-16 units `text` takes."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // _UNIT


def cut(text: str, offset: int, units: int) -> str:
    """The `units` of `text` that begin at `offset`, both in UTF-16 units."""
    if text.isascii():
        return text[offset : offset + units]
    encoded = text.encode("utf-16-le", "surrogatepass")
    return encoded[_UNIT * offset : _UNIT * (offset + units)].decode("utf-16-le", "surrogatepass")


def offset_of(text: str, position: int) -> int:
    """The UTF-16 offset of the character at `position`."""
    return length(text[:position])


def splits_a_pair(text: str, offset: int) -> bool:
    """Whether `offset` falls into the middle of a character of two units."""
    seen = 0
    for character in text:
        if seen >= offset:
            return seen > offset
        seen += 1 if character <= _LAST_OF_ONE_UNIT else _UNIT
    return seen > offset


def is_unicode(text: str) -> bool:
    """Whether `text` can be written in UTF-8, that is, holds no half of a pair."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
