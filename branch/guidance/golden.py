"""How well the golden questions are answered: right, wrong, among choices or not at all."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from branch.guidance.matching import Match
from branch.guidance.model import Entry, GoldenQuestion, Slug
from branch.guidance.replies import Answered, Choices, NotCovered, OutOfBounds, Reply

_NOT_COVERED = "decline"


class Fate(StrEnum):
    RIGHT = "right"
    AMONG_CHOICES = "among_choices"
    """Not answered, but offered: one tap away."""
    BESIDE = "beside"
    """Only wrong entries were offered."""
    DECLINED = "declined"
    """Not answered, or taken for another kind than it is; harmless, but of no use."""
    WRONG = "wrong"
    """Answered by the wrong entry, or answered at all where it must not be."""


class Replayed(Struct, frozen=True, kw_only=True):
    """One golden question: what was expected of it and what came."""

    ask: str
    topic: str
    expected: tuple[str, ...]
    given: tuple[str, ...]
    fate: Fate
    answerable: bool
    kept_in: str = ""
    likeliest: float | None = None
    """How likely the likeliest entry was thought; None where nothing was searched."""
    likeliest_is_right: bool = False
    other_is_right: bool = False
    """Whether the right entry is offered below the wrong one that was given."""

    @property
    def is_gap(self) -> bool:
        """Whether nothing covers it: not ours to refuse, only not written yet."""
        return self.expected == (_NOT_COVERED,)


class GoldenReport(Struct, frozen=True, kw_only=True):
    replayed: tuple[Replayed, ...]

    def fates(self, topic: str | None = None) -> Mapping[Fate, int]:
        """How many of each fate, of one topic or of all."""
        return Counter(each.fate for each in self.replayed if topic in {None, each.topic})

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.topic for each in self.replayed))

    @property
    def misses(self) -> tuple[Replayed, ...]:
        """All but the right ones, the worst first."""
        order = [Fate.WRONG, Fate.BESIDE, Fate.DECLINED, Fate.AMONG_CHOICES]
        missed = [each for each in self.replayed if each.fate is not Fate.RIGHT]
        return tuple(sorted(missed, key=lambda each: order.index(each.fate)))

    def calibration(self) -> Sequence[tuple[float, int, float]]:
        """For each tenth of confidence: where it begins, how many had it, the share of right.

        Of what came to the search, the entry that was thought likeliest, answered or not.
        """
        bands = []
        for tenth in range(10):
            inside = [
                each.likeliest_is_right
                for each in self.replayed
                if each.likeliest is not None and min(int(each.likeliest * 10), 9) == tenth
            ]
            if inside:
                bands.append((tenth / 10, len(inside), sum(inside) / len(inside)))
        return bands

    @property
    def right_share(self) -> float:
        """Of the questions the base covers, those answered by the right entry at once."""
        return _share(self._answerable(), {Fate.RIGHT})

    @property
    def reached_share(self) -> float:
        """Of the same, those answered rightly at once, or after a tap on what was offered."""
        reached = {Fate.RIGHT, Fate.AMONG_CHOICES}
        return _mean(each.fate in reached or each.other_is_right for each in self._answerable())

    @property
    def wrong_share(self) -> float:
        """Of the same, those answered by a wrong entry."""
        return _share(self._answerable(), {Fate.WRONG})

    @property
    def overreach_share(self) -> float:
        """Of the questions that must not be answered, those that were."""
        return _share((each for each in self.replayed if not each.answerable), {Fate.WRONG})

    def _answerable(self) -> Iterable[Replayed]:
        return (each for each in self.replayed if each.answerable)


def replayed(
    golden: GoldenQuestion, reply: Reply, likeliest: Match | None, entries: Mapping[Slug, Entry]
) -> Replayed:
    """What became of the golden question, seen what was said to it."""
    expected = entries.get(golden.slugs[0]) if golden.slugs else None
    return Replayed(
        ask=golden.ask,
        topic=expected.topic if expected else golden.kind or _NOT_COVERED,
        expected=golden.slugs or (golden.kind or _NOT_COVERED,),
        given=_said(reply),
        fate=_fate_of(golden, reply),
        answerable=golden.is_answerable,
        kept_in=golden.kept_in,
        likeliest=likeliest.confidence if likeliest is not None else None,
        likeliest_is_right=likeliest is not None and likeliest.entry.slug in golden.slugs,
        other_is_right=_other_is_right(golden, reply),
    )


def _said(reply: Reply) -> tuple[str, ...]:
    match reply:
        case Answered(entry):
            return (entry.slug,)
        case Choices(entries):
            return tuple(entry.slug for entry in entries)
        case OutOfBounds(kind):
            return (kind,)
        case NotCovered():
            return (_NOT_COVERED,)


def _fate_of(golden: GoldenQuestion, reply: Reply) -> Fate:
    match reply:
        case Answered(entry):
            return Fate.RIGHT if entry.slug in golden.slugs else Fate.WRONG
        case Choices(entries) if golden.is_answerable:
            return Fate.AMONG_CHOICES if _among(golden, entries) else Fate.BESIDE
        case Choices():
            return Fate.BESIDE
        case OutOfBounds(nearest=nearest) | NotCovered(nearest) if _among(golden, nearest):
            return Fate.AMONG_CHOICES
        case OutOfBounds(kind):
            return Fate.RIGHT if kind is golden.kind else Fate.DECLINED
        case NotCovered():
            as_wanted = not golden.is_answerable and golden.kind is None
            return Fate.RIGHT if as_wanted else Fate.DECLINED


def _other_is_right(golden: GoldenQuestion, reply: Reply) -> bool:
    if not isinstance(reply, Answered) or reply.entry.slug in golden.slugs:
        return False
    return _among(golden, reply.others)


def _among(golden: GoldenQuestion, entries: Iterable[Entry]) -> bool:
    return any(entry.slug in golden.slugs for entry in entries)


def _share(replayed: Iterable[Replayed], wanted: set[Fate]) -> float:
    return _mean(each.fate in wanted for each in replayed)


def _mean(those: Iterable[bool]) -> float:
    counted = list(those)
    return sum(counted) / len(counted) if counted else 0.0
