"""Putting the first shelf together at a start, from what was kept of an earlier one."""

from branch.guidance.made_texts import MadeTexts
from branch.guidance.model import Library
from branch.guidance.ports import KeptArrays
from branch.guidance.service import GuidanceLibrary
from branch.guidance.thresholds import Thresholds
from branch.guidance.workbench import Workbench


def first_shelf(library: Library, kept: KeptArrays, edition: str) -> GuidanceLibrary:
    """The same as a shelf made of the library alone, only sooner.

    `edition` names the very state of the content and of the code that makes the search of it.
    """
    tools = Workbench.of(library, None, Thresholds())
    new = []
    for language, preparation in tools.preparations.items():
        name = f"{edition}-{language}"
        packed = kept.read(name)
        made = MadeTexts.unpacked(packed, preparation.terms) if packed is not None else None
        if made is None:
            made = MadeTexts()
            new.append((name, made, preparation.terms))
        preparation.made_texts = made
    shelf = GuidanceLibrary(library, tools=tools)
    for name, made, terms in new:
        kept.write(name, made.packed(terms.settle()))
    for preparation in tools.preparations.values():
        preparation.made_texts = None
    return shelf
