"""Names for those who ask without theirs: two words drawn by lot, the same for all they ask."""

from typing import Final

from branch.tickets.model import Pseudonym
from texts.language import Language
from texts.renderer import Texts

WORDS: Final = 64
ROUND: Final = WORDS * WORDS
"""So many names there are; when they run short, a number follows them."""


def name_of(pseudonym: Pseudonym, texts: Texts, language: Language) -> str:
    """How the pseudonym is called in the language."""
    turn, place = divmod(pseudonym, ROUND)
    first, second = divmod(place, WORDS)
    how = texts.label("pseudonym.how", language).split()
    who = texts.label("pseudonym.who", language).split()
    return texts.label(
        "pseudonym.name" if not turn else "pseudonym.numbered",
        language,
        how=how[first].replace("_", " "),
        who=who[second].replace("_", " "),
        number=turn + 1,
    )
