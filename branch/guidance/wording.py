"""How students write, as the content tells it: characters, synonyms, fillers, short years."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What is needed to see the same question behind different spellings."""

    simplified: Mapping[int, str] = field(default_factory=dict)
    """From the code point of a traditional character, as str.translate takes it."""
    synonyms: tuple[tuple[str, ...], ...] = ()
    """Groups; the first of each stands for all."""
    fillers: tuple[str, ...] = ()
    after_short_year: tuple[str, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    """Groups of proper names; the first of each stands for all."""
    home: tuple[str, ...] = ()
    """Our own names, which say nothing new when a question names them."""
