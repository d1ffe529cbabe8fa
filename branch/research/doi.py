"""Finds the DOI in what people paste: a link, "doi:10.…", a reference with its full stop."""

import re
import unicodedata
from typing import Final
from urllib.parse import unquote

from branch.research.errors import Unfit

LONGEST: Final = 200
_BEGINNING: Final = re.compile(r"(?<![\d.])10\.(\d+(?:\.\d+)*)/")
_REGISTRANT: Final = re.compile(r"\d{4,9}(?:\.\d+)*")
_CLOSING: Final = {")": "(", "]": "[", "}": "{", ">": "<"}
_TRAILING: Final = ".,;:!?\"'\u3002\u3001\u300d\u300f\u201d\u2019"
_PAGES: Final = re.compile(r"/(?:full|pdf|epdf|abstract|html|meta|fulltext|full/html)/?$")
_NO_SUFFIX: Final = re.compile(r"(?<![\d.])10\.\d{4,9}\b")
_LINK: Final = re.compile(r"https?://", re.IGNORECASE)


def read_doi(text: str) -> str:
    """The DOI in lower case.

    Raises Unfit, which says what is wrong: `none`, `registrant`, `suffix`, `several`, `long`.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    linked = _LINK.search(plain) is not None
    if linked or "%2f" in plain.casefold():
        plain = unquote(plain)
    found = _BEGINNING.search(plain)
    if found is None:
        raise Unfit("doi", "suffix" if _NO_SUFFIX.search(plain) else "none")
    if not _REGISTRANT.fullmatch(found[1]):
        raise Unfit("doi", "registrant")
    words = plain[found.start() :].split()
    doi = _trimmed(words[0], linked=linked).lower()
    if len(doi) <= len(found[0]):
        raise Unfit("doi", "suffix")
    if len(doi) > LONGEST:
        raise Unfit("doi", "long")
    others = (each for each in words[1:] if holds_doi(each))
    if any(read_doi(each) != doi for each in others):
        raise Unfit("doi", "several")
    return doi


def holds_doi(text: str) -> bool:
    return _BEGINNING.search(unicodedata.normalize("NFKC", text)) is not None


def _trimmed(found: str, *, linked: bool) -> str:
    """Without what belongs to the sentence or the page around it."""
    if linked:
        found = _PAGES.sub("", re.split(r"[?#]", found)[0])
    while found:
        last = found[-1]
        opening = _CLOSING.get(last)
        if last in _TRAILING or (opening and found.count(last) > found.count(opening)):
            found = found[:-1]
        else:
            break
    return found
