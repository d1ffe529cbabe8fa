"""Numbers as people say them, in one language; what is hidden as its sign."""

from typing import Protocol

from branch.statistics.model import Count, Ratings

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


class Speech(Protocol):
    """The words of one language."""

    def label(self, name: str, /, **values: object) -> str: ...
    def name(self, table: str, code: str) -> str:
        """What people call a topic, a stage, a decision, a kind; the code where nobody does."""
        ...


class NumberWords:
    def __init__(self, speech: Speech) -> None:
        self._speech = speech

    def count(self, count: Count) -> str:
        return self._speech.label("told.hidden") if count is None else f"{count:,}"

    def of(self, part: Count, whole: Count) -> str:
        """How many, and what share that is."""
        if part is None or not whole:
            return self.count(part)
        return self._speech.label("told.share", count=f"{part:,}", share=f"{part / whole:.0%}")

    def rate(self, rate: float | None) -> str:
        return self._speech.label("told.hidden") if rate is None else f"{rate:.1%}"

    def mean(self, ratings: Ratings) -> str:
        if ratings.n == 0:
            return self._speech.label("told.none")
        if ratings.n is None or ratings.mean is None:
            return self.count(None)
        return self._speech.label("told.mean", mean=f"{ratings.mean:.1f}", count=ratings.n)

    def long(self, seconds: float | None) -> str:
        """A time as people say it."""
        label = self._speech.label
        if seconds is None:
            return label("told.hidden")
        for unit, name in ((_DAY, "told.days"), (_HOUR, "told.hours"), (_MINUTE, "told.minutes")):
            if seconds >= unit:
                return label(name, count=f"{seconds / unit:.1f}".removesuffix(".0"))
        return label("told.seconds", count=f"{seconds:.0f}")
