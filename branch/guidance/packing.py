"""The library as bytes and back: read once from its files, a start takes it from the cache."""

import re
from typing import Any

import msgspec

from branch.guidance.model import Library


def packed(library: Library) -> bytes:
    return msgspec.msgpack.encode(library, enc_hook=_plain)


def unpacked(kept: bytes) -> Library:
    """The same library. Raises ValueError if these bytes are none."""
    try:
        return msgspec.msgpack.decode(kept, type=Library, dec_hook=_made)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error


def _plain(value: Any) -> Any:
    if isinstance(value, re.Pattern):
        return value.pattern
    raise NotImplementedError(type(value))


def _made(kind: Any, value: Any) -> Any:
    if kind is re.Pattern or getattr(kind, "__origin__", None) is re.Pattern:
        return re.compile(value)
    raise NotImplementedError(kind)
