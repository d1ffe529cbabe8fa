"""Reads a bibliography in BibTeX: accents decoded, people's names in the order they are said."""

import logging
import re
from datetime import datetime
from typing import Any, Final

from branch.content.spreadsheets import NotATable, decoded
from branch.research.achievement import Claim, Kind, Level
from branch.research.claims import check, check_authors, read_title, read_venue, read_year
from branch.research.doi import read_doi
from branch.research.errors import FileUnusable, Unfit
from branch.research.found_claims import (
    MOST_ROWS,
    Fault,
    FoundClaim,
    Place,
    ReadFile,
    Spellings,
    plain,
)

_KINDS: Final = {
    "article": Kind.PAPER,
    "inproceedings": Kind.PAPER,
    "conference": Kind.PAPER,
    "incollection": Kind.PAPER,
    "patent": Kind.PATENT,
    "standard": Kind.STANDARD,
}
_VENUES: Final = (
    "journal",
    "journaltitle",
    "booktitle",
    "organization",
    "institution",
    "publisher",
    "holder",
)
_AND: Final = re.compile(r"\s+and\s+", re.IGNORECASE)
_CHINESE: Final = re.compile(r"[\u2e80-\u9fff]")
_LONGEST_NAME: Final = 40
_MOST_WORDS: Final = 200
"""Of a bibliography's own abbreviations."""


def read_bibtex(raw: bytes, spellings: Spellings, *, paper_level: Level, now: datetime) -> ReadFile:
    """What the file says. Raises FileUnusable. Takes a moment: call it aside."""
    entries, broken = _entries_of(raw)
    found = ReadFile()
    found.faults += [Fault(place, "entry", "syntax") for place in broken]
    for line, entry in entries:
        place = _place(line, entry.key)
        try:
            claim, levelled = _claim(entry, spellings, paper_level, now)
        except Unfit as error:
            found.faults.append(Fault(place, error.field, error.why))
        else:
            found.claims.append(FoundClaim(place, claim))
            found.unlevelled += not levelled and claim.kind is Kind.PAPER
    found.faults.sort(key=lambda each: each.place.row)
    return found


def _entries_of(raw: bytes) -> tuple[list[tuple[int, Any]], list[Place]]:
    """Raises FileUnusable."""
    try:
        text = decoded(raw)
    except NotATable:
        raise FileUnusable("kind") from None
    if text.count("@") > 20 * MOST_ROWS:
        raise FileUnusable("rows")
    try:
        entries, broken = _parsed(text)
    except Exception as error:  # what the library stumbles over is not for the reader to know
        raise FileUnusable("broken") from error
    if not entries and not broken:
        raise FileUnusable("empty")
    if len(entries) + len(broken) > MOST_ROWS:
        raise FileUnusable("rows")
    return entries, broken


def _parsed(text: str) -> tuple[list[tuple[int, Any]], list[Place]]:
    """The entries with their lines, also those whose name is given twice; and what is none."""
    from bibtexparser.entrypoint import (  # noqa: PLC0415 -- few bring a bibliography, and it takes a while to load
        parse_string,
    )
    from bibtexparser.middlewares import LatexDecodingMiddleware  # noqa: PLC0415 -- as above

    # it would write what stands in the file into the log
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL + 1)

    def parsed(text: str) -> Any:
        return parse_string(text, append_middleware=[LatexDecodingMiddleware()])

    library = parsed(text)
    entries = [(each.start_line or 0, each) for each in library.entries]
    broken: list[Place] = []
    words = "\n".join(each.raw for each in library.strings[:_MOST_WORDS])
    for block in library.failed_blocks:
        # the library leaves the second of a name as it stands in the file
        alone = parsed(f"{words}\n{block.raw}") if _named_twice(block) else None
        if alone is not None and len(alone.entries) == 1:
            entries.append((block.start_line or 0, alone.entries[0]))
        else:
            broken.append(_place(block.start_line or 0, block.raw))
    return sorted(entries, key=lambda each: each[0]), broken


def _named_twice(block: Any) -> bool:
    return type(block).__name__ == "DuplicateBlockKeyBlock"


def _claim(
    entry: Any, spellings: Spellings, paper_level: Level, now: datetime
) -> tuple[Claim, bool]:
    """The claim of an entry, and whether it says its level. Raises Unfit."""
    kind = _KINDS.get(entry.entry_type.casefold())
    if kind is None:
        raise Unfit("kind", "entry_type")
    fields = {key.casefold(): str(each.value) for key, each in entry.fields_dict.items()}
    written = spellings.levels.get(plain(fields.get("level") or fields.get("type") or ""))
    level = written or (paper_level if kind is Kind.PAPER else Level.OTHER)
    year = fields.get("year") or fields.get("date", "")[:4]
    venue = next((fields[each] for each in _VENUES if fields.get(each, "").strip()), "")
    doi = fields.get("doi", "").strip()
    claim = Claim(
        kind=kind,
        title=read_title(fields.get("title", "")),
        authors=check_authors([_spoken(each) for each in _AND.split(fields.get("author", ""))]),
        venue=read_venue(venue),
        year=read_year(year, now),
        level=level,
        doi=read_doi(doi) if doi else None,
        number="" if kind is Kind.PAPER else fields.get("number", "").strip(),
    )
    check(claim, now)
    return claim, written is not None


def _spoken(name: str) -> str:
    """As it is said: the given name first; a Chinese name without a blank."""
    family, comma, given = (each.strip() for each in name.partition(","))
    if not comma:
        return name
    return f"{family}{given}" if _CHINESE.search(name) else f"{given} {family}"


def _place(line: int, name: object) -> Place:
    """Lines are counted from nought there; of a broken entry the first line is its name."""
    return Place(line + 1, str(name or "").strip().split("\n")[0][:_LONGEST_NAME])
