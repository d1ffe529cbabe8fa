"""Reads what people write about an achievement, a field at a time, from a chat or a table."""

import re
import unicodedata
from datetime import datetime
from typing import Final

from branch.research.achievement import (
    FIRST_YEAR,
    LEVELS,
    LONGEST_AUTHOR,
    LONGEST_NUMBER,
    LONGEST_TITLE,
    LONGEST_VENUE,
    MOST_AUTHORS,
    Claim,
    Kind,
    Level,
)
from branch.research.doi import holds_doi, read_doi
from branch.research.errors import Unfit

_BETWEEN_AUTHORS: Final = re.compile(r"[\u3001,;\uff0c\uff1b\n]|\band\b|&", re.IGNORECASE)
_YEAR: Final = re.compile(r"(\d{4})\s*\u5e74?")


def read_title(text: str) -> str:
    return _line("title", text, LONGEST_TITLE)


def read_venue(text: str) -> str:
    return _line("venue", text, LONGEST_VENUE)


def read_authors(text: str) -> tuple[str, ...]:
    """Parted by signs or "and"; each once, in their order."""
    return check_authors(_BETWEEN_AUTHORS.split(text))


def check_authors(names: list[str]) -> tuple[str, ...]:
    known = {name: None for each in names if (name := " ".join(each.split()))}
    if not known:
        raise Unfit("authors", "empty")
    if len(known) > MOST_AUTHORS or any(len(each) > LONGEST_AUTHOR for each in known):
        raise Unfit("authors", "long")
    return tuple(known)


def read_year(text: str, now: datetime) -> int:
    found = _YEAR.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None or not FIRST_YEAR <= int(found[1]) <= now.year + 1:
        raise Unfit("year", "range")
    return int(found[1])


def read_number(kind: Kind, text: str) -> tuple[str | None, str]:
    """A DOI, or the number that it has where it comes from: of a paper only the DOI."""
    if kind is Kind.PAPER or holds_doi(text):
        return read_doi(text), ""
    return None, _line("number", text, LONGEST_NUMBER)


def check(claim: Claim, now: datetime) -> None:
    """Whether it can be meant, whoever has put it together. Raises Unfit."""
    read_title(claim.title)
    read_venue(claim.venue)
    check_authors(list(claim.authors))
    read_year(str(claim.year), now)
    if claim.doi is not None and read_doi(claim.doi) != claim.doi:
        raise Unfit("doi", "none")
    check_level(claim.kind, claim.level)


def check_level(kind: Kind, level: Level) -> Level:
    if level not in LEVELS[kind]:
        raise Unfit("level", "unknown")
    return level


def _line(field: str, text: str, most: int) -> str:
    line = " ".join(text.split())
    if not line:
        raise Unfit(field, "empty")
    if len(line) > most:
        raise Unfit(field, "long")
    return line
