"""Recognising what is not answered from the base, before it is searched."""

import re
from collections.abc import Iterable

from msgspec import Struct

from branch.guidance.model import Boundary, BoundaryKind, Smalltalk
from branch.guidance.normalising import Normaliser

MOST_QUESTIONS = 3_000


class Crossing(Struct, frozen=True):
    kind: BoundaryKind
    asks: Smalltalk | None


class _Forms(Struct, frozen=True):
    """A question in the shapes in which it is searched for phrases and patterns."""

    spaced: str
    compact: str
    bare: str


class Boundaries:
    """Knows despair, abuse, small talk and the rest; despair is looked for first, always."""

    def __init__(self, boundaries: Iterable[Boundary], normaliser: Normaliser) -> None:
        order = list(BoundaryKind)
        self._normaliser = normaliser
        self._known: dict[str, Crossing | None] = {}
        self._guards = [
            _Guard(boundary, normaliser)
            for boundary in sorted(boundaries, key=lambda each: order.index(each.kind))
        ]

    def crossed_by(self, question: str) -> Crossing | None:
        """The first boundary that the question crosses; the latest are remembered."""
        if question not in self._known:
            if len(self._known) >= MOST_QUESTIONS:
                self._known.clear()
            self._known[question] = self._found(question)
        return self._known.get(question)

    def _found(self, question: str) -> Crossing | None:
        plain = self._normaliser.plain(question)
        forms = _Forms(plain, self._normaliser.compact(question), plain.replace(" ", ""))
        for guard in self._guards:
            if guard.stops(forms):
                return Crossing(guard.boundary.kind, guard.boundary.asks)
        return None


class _Guard:
    """One boundary, ready to be searched for."""

    def __init__(self, boundary: Boundary, normaliser: Normaliser) -> None:
        self.boundary = boundary
        phrases = [normaliser.compact(phrase) for phrase in boundary.phrases]
        self._phrases = _any_of(re.escape(each) for each in phrases if not each.isascii())
        self._latin = _any_of(_from_a_beginning(each) for each in phrases if each.isascii())
        self._exceptions = _any_of(
            re.escape(normaliser.compact(each)) for each in boundary.exceptions
        )

    def stops(self, forms: _Forms) -> bool:
        return bool(self._latin.search(forms.spaced)) or any(
            self._stops(form) for form in dict.fromkeys((forms.compact, forms.bare))
        )

    def _stops(self, form: str) -> bool:
        if self.boundary.kind is BoundaryKind.DESPAIR:
            # An exception excuses its own words only: a joke in one clause, and the next one meant.
            form = self._exceptions.sub(" ", form)
        elif self._exceptions.search(form):
            return False
        return bool(self._phrases.search(form)) or any(
            pattern.search(form) for pattern in self.boundary.patterns
        )


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns) or r"(?!)")


def _from_a_beginning(phrase: str) -> str:
    """A pattern for a Latin phrase, spaced in any way, that does not begin inside a word."""
    return r"(?<![a-z0-9])" + r" ?".join(map(re.escape, phrase))
