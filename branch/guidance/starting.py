"""Putting the library and the first shelf together at a start, from what an earlier one kept."""

import logging
from collections.abc import Sequence

import numpy as np

from branch.guidance.made_texts import Made, Making
from branch.guidance.model import Library
from branch.guidance.packing import packed, unpacked
from branch.guidance.ports import KeptArrays
from branch.guidance.preparing import Preparation
from branch.guidance.service import GuidanceLibrary
from branch.guidance.thresholds import Thresholds
from branch.guidance.workbench import Workbench
from texts.language import Language

log = logging.getLogger(__name__)

_LIBRARY = "library"


def first_shelf(library: Library, kept: KeptArrays, edition: str) -> GuidanceLibrary:
    """The same as a shelf made of the library alone, only sooner.

    `edition` names the very state of the content and of the code that makes the search of it.
    """
    tools = Workbench.of(library, None, Thresholds())
    new: list[tuple[str, Making, Preparation]] = []
    for language, preparation in tools.preparations.items():
        name = _name(edition, language)
        preparation.made_texts = made = _made(kept, name, preparation)
        if made is None:
            preparation.made_texts = making = Making()
            new.append((name, making, preparation))
    shelf = GuidanceLibrary(library, tools=tools)
    for name, making, preparation in new:
        kept.write(name, making.packed(preparation.terms.settle()))
    for preparation in tools.preparations.values():
        preparation.made_texts = None
    return shelf


def kept_library(kept: KeptArrays, edition: str) -> Library | None:
    """What was read of this edition before; None where it has to be read."""
    arrays = kept.read(_name(edition, _LIBRARY))
    if arrays is None:
        return None
    try:
        return unpacked(arrays[_LIBRARY].tobytes())
    except (KeyError, ValueError) as error:
        log.warning("what was read of the content is spoilt and read again: %s", error)
        return None


def keep_library(library: Library, kept: KeptArrays, edition: str) -> None:
    """Only one without faults: nobody would hear of them again."""
    arrays = {_LIBRARY: np.frombuffer(packed(library), dtype=np.uint8)}
    kept.write(_name(edition, _LIBRARY), arrays)


def names_of(edition: str) -> Sequence[str]:
    """Under which all that is kept of it."""
    return [_name(edition, each) for each in (_LIBRARY, *Language)]


def _name(edition: str, what: str) -> str:
    return f"{edition}-{what}"


def _made(kept: KeptArrays, name: str, preparation: Preparation) -> Made | None:
    arrays = kept.read(name)
    if arrays is None:
        return None
    try:
        return Made(arrays, preparation.terms)
    except (KeyError, ValueError) as error:
        log.warning("what was made of the texts is spoilt and made again: %s", error)
        return None
