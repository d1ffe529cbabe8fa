"""How students write, as the content tells it: synonyms, fillers, short years, names."""

from collections.abc import Mapping

from msgspec import Struct, field


class Vocabulary(Struct, frozen=True, kw_only=True):
    """What is needed to see the same question behind different spellings."""

    synonyms: tuple[tuple[str, ...], ...] = ()
    """Groups; the first of each stands for all."""
    fillers: tuple[str, ...] = ()
    after_short_year: tuple[str, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    """Groups of proper names; the first of each stands for all."""
    home: tuple[str, ...] = ()
    """Our own names, which say nothing new when a question names them."""
    relative_years: Mapping[str, int] = field(default_factory=dict)
    """Words such as `last year`, and by how many years they look back or ahead."""
    not_before: tuple[str, ...] = ()
    """What must not follow such a word, or it names no year."""
    own_years: tuple[str, ...] = ()
    """What follows a year of the person's own life."""
    joints: tuple[str, ...] = ()
    """What joins two questions in one message."""
    asking: tuple[str, ...] = ()
    """What shows that a piece of a message asks."""
    leaning: tuple[str, ...] = ()
    """What a question may begin with that leans on the one before."""
    leaning_ends: tuple[str, ...] = ()
