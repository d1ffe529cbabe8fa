"""Tries a change before anybody sees it: what would break, and what is there already."""

from collections.abc import Collection, Sequence
from datetime import date

from msgspec import Struct

from branch.guidance.errors import Broken, WordingTaken
from branch.guidance.golden import Fate, GoldenReport, Replayed
from branch.guidance.model import Entry, Slug
from branch.guidance.replies import Answered, Choices
from branch.guidance.service import GuidanceLibrary
from texts.language import Language

MOST_NEAR = 3
MOST_ASKED = 12
"""Wordings that are asked to find near duplicates; more tell no more."""


class NearDuplicate(Struct, frozen=True, kw_only=True):
    """An entry that already answers some of the new one's wordings, or is offered for them."""

    entry: Entry
    answers: tuple[str, ...]
    offered: tuple[str, ...]


def broken_by(
    before: GoldenReport,
    after: GoldenReport,
    *,
    changed: Collection[Slug] = (),
    removed: Collection[Slug] = (),
) -> tuple[Broken, ...]:
    """The golden questions that the change takes away from a right answer, or gives a wrong one.

    What only an entry answered that is taken away is missed by nobody, unless another entry now
    answers it wrongly. What nothing covered, a new entry may cover. And where a question that
    was answered hardly surely is now offered or declined without any changed entry having to do
    with it, all weights have moved a little: that is no reason to refuse an edit.
    """
    pairs = zip(before.replayed, after.replayed, strict=True)
    return tuple(
        Broken(ask=now.ask, expected=now.expected, before=was.given, now=now.given)
        for was, now in pairs
        if _is_broken(was, now, set(changed), set(removed))
    )


def _is_broken(was: Replayed, now: Replayed, changed: set[Slug], removed: set[Slug]) -> bool:
    given, expected = set(map(Slug, now.given)), set(map(Slug, now.expected))
    turned_wrong = now.fate is Fate.WRONG and was.fate is not Fate.WRONG
    if now.answerable and removed >= expected:
        return turned_wrong
    if now.is_gap and changed & given:
        return False
    if was.fate is Fate.RIGHT and now.fate is not Fate.RIGHT:
        return turned_wrong or bool(changed & (given | expected))
    return turned_wrong and not now.answerable


def near_duplicates(
    asks: Sequence[str], library: GuidanceLibrary, *, on: date, but: Slug | None = None
) -> tuple[NearDuplicate, ...]:
    """Other entries that the shelf gives for these wordings, the likeliest first."""
    answers: dict[Slug, list[str]] = {}
    offered: dict[Slug, list[str]] = {}
    for wording in asks[:MOST_ASKED]:
        match library.ask(wording, language=Language.ZH, on=on):
            case Answered(entry=found):
                answers.setdefault(found.slug, []).append(wording)
            case Choices(entries=entries):
                for each in entries:
                    offered.setdefault(each.slug, []).append(wording)
    slugs = dict.fromkeys([*answers, *offered])
    if but is not None:
        slugs.pop(but, None)
    ranked = sorted(
        slugs, key=lambda slug: (-len(answers.get(slug, ())), -len(offered.get(slug, ())))
    )
    return tuple(
        NearDuplicate(
            entry=other,
            answers=tuple(answers.get(slug, ())),
            offered=tuple(offered.get(slug, ())),
        )
        for slug in ranked[:MOST_NEAR]
        if (other := library.entry(slug)) is not None
    )


def check_wordings(changed: Sequence[Entry], library: GuidanceLibrary) -> None:
    """Raises WordingTaken where another entry has exactly one of these wordings."""
    ours = {entry.slug for entry in changed}
    taken = {
        wording: entry.slug
        for entry in library.library.entries
        if entry.slug not in ours
        for wording in entry.asked_as(Language.ZH)
    }
    for entry in changed:
        for wording in entry.asked_as(Language.ZH):
            other = taken.setdefault(wording, entry.slug)
            if other != entry.slug:
                raise WordingTaken(wording, other)
