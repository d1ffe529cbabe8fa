"""What the branch learns from questions: what is missing, what grows stale, what is read."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from branch.guidance.alike import Grouping, central
from branch.guidance.feedback import Reason
from branch.guidance.headings import example_of, heading_of
from branch.guidance.model import Entry
from branch.guidance.normalising import Normaliser
from branch.guidance.question_log import Outcome
from branch.guidance.service import GuidanceLibrary
from branch.guidance.tallies import Begin, Dislike, ReportsWork, Tally, Unmet, UnmetWordings
from branch.people.model import Person, Role
from branch.people.permission import demand
from texts.language import Language

WORDINGS_GROUPED = 300
"""So many different wordings are looked at, those asked most first."""
EXAMPLES_SHOWN = 8
NEAREST_SHOWN = 3
FEWEST_DISLIKES = 3
DISLIKED_SHARE = 0.3
FEWEST_JUDGED = 5
"""With fewer judgements a share says more about single people than about the entry."""
WORDS_SHOWN = 2
DISLIKES_READ = 200


class Gap(Struct, frozen=True, kw_only=True):
    """Questions that ask the same and that nothing answers; `question` is the id of one.

    `nearest` is sought for the one that is looked at, not for those that are listed.
    """

    question: int
    heading: str
    times: int
    wordings: tuple[str, ...]
    nearest: tuple[Entry, ...] = ()

    @property
    def examples(self) -> tuple[str, ...]:
        """As they were typed, without what would tell who typed them."""
        return tuple(example_of(each) for each in self.wordings[:EXAMPLES_SHOWN])


class GapReport(Struct, frozen=True, kw_only=True):
    """`left_out`: wordings beyond those that were looked at."""

    days: int
    questions: int
    gaps: tuple[Gap, ...]
    left_out: int = 0


class StaleEntry(Struct, frozen=True, kw_only=True):
    """An entry to look at again: past its review, disliked, or both.

    Judgements count from the day it was last checked: what was mended is not held against it.
    """

    entry: Entry
    overdue: bool
    helpful: int = 0
    not_helpful: int = 0
    reasons: tuple[tuple[Reason, int], ...] = ()
    words: tuple[str, ...] = ()

    @property
    def disliked(self) -> bool:
        judged = self.helpful + self.not_helpful
        return self.not_helpful >= FEWEST_DISLIKES and self.not_helpful > judged * DISLIKED_SHARE

    def urgency(self) -> tuple[int, date, str]:
        """The smallest first."""
        return (-self.not_helpful * self.disliked, self.entry.review_after, self.entry.slug)


class StaleList(Struct, frozen=True, kw_only=True):
    """Entries from number `start` on, of `total`."""

    total: int
    start: int
    entries: tuple[StaleEntry, ...]


class Hits(Struct, frozen=True):
    entry: Entry
    tally: Tally

    @property
    def helpful_share(self) -> float | None:
        if self.tally.judged < FEWEST_JUDGED:
            return None
        return self.tally.helpful / self.tally.judged


class HitsReport(Struct, frozen=True, kw_only=True):
    """Every entry on the shelf, those that came up most first; `days` None: ever since.

    `asked`: what an entry might have answered, without greetings and what is not ours to answer.
    """

    days: int | None
    asked: int
    answered: int
    hits: tuple[Hits, ...]

    @property
    def never(self) -> int:
        """Entries that did not come up at all; they stand at the end."""
        return sum(1 for each in self.hits if not each.tally.reached)


class Reports:
    """For members; whoever is none gets NotAllowed."""

    def __init__(
        self, look: Begin, library: GuidanceLibrary, *, alike: Grouping, zone: ZoneInfo
    ) -> None:
        self._look = look
        self._library = library
        self._alike = alike
        self._zone = zone

    async def gaps(self, by: Person, *, days: int, now: datetime) -> GapReport:
        async with self._look() as work:
            await demand(work, by, Role.MEMBER, now=now)
            unmet = await self.unmet(work, days=days, now=now)
        return await self.grouped(unmet, days=days)

    async def gap(self, by: Person, question: int, *, days: int, now: datetime) -> Gap | None:
        """The group that the question is in; None where it has been answered since, or is gone."""
        async with self._look() as work:
            await demand(work, by, Role.MEMBER, now=now)
            text = await work.reports.text_of(question)
            unmet = await self.unmet(work, days=days, now=now)
        report = await self.grouped(unmet, days=days)
        found = next((gap for gap in report.gaps if text in gap.wordings), None)
        return None if found is None else replace(found, nearest=self._nearest(found, now))

    async def unmet(self, work: ReportsWork, *, days: int, now: datetime) -> UnmetWordings:
        """What the `days` before `now` asked and nothing answered."""
        since = now - timedelta(days=days)
        return await work.reports.unmet(since=since, until=now, limit=WORDINGS_GROUPED)

    async def grouped(self, unmet: UnmetWordings, *, days: int) -> GapReport:
        """The wordings as gaps, what was asked most first; beside everything else, not in it."""
        gaps = await asyncio.to_thread(self._gaps, unmet.wordings)
        return GapReport(
            days=days,
            questions=unmet.questions,
            gaps=gaps,
            left_out=unmet.different - len(unmet.wordings),
        )

    async def stale(
        self, by: Person, *, now: datetime, start: int = 0, count: int = 10
    ) -> StaleList:
        """Disliked ones first, by how much; then those past their review, by how long."""
        async with self._look() as work:
            await demand(work, by, Role.MEMBER, now=now)
            found = await self.to_look_at(work, now=now)
            shown = [await self._with_reasons(work, each) for each in found[start : start + count]]
        return StaleList(total=len(found), start=start, entries=tuple(shown))

    async def to_look_at(self, work: ReportsWork, *, now: datetime) -> Sequence[StaleEntry]:
        """All of them, without their reasons."""
        today = now.astimezone(self._zone).date()
        verdicts = await self._since_checked(work)
        entries = [
            StaleEntry(entry=entry, overdue=entry.stale_on(today), helpful=good, not_helpful=bad)
            for entry in self._library.library.entries
            for good, bad in [verdicts.get(entry.slug, (0, 0))]
        ]
        found = [each for each in entries if each.overdue or each.disliked]
        return sorted(found, key=StaleEntry.urgency)

    async def hits(self, by: Person, *, days: int | None, now: datetime) -> HitsReport:
        since = None if days is None else now - timedelta(days=days)
        day = None if since is None else since.astimezone(self._zone).date()
        async with self._look() as work:
            await demand(work, by, Role.MEMBER, now=now)
            outcomes = await work.reports.outcomes(since=since)
            tallies = await work.reports.tallies(since=since, since_day=day)
        hits = [
            Hits(entry, tallies.get(entry.slug, Tally())) for entry in self._library.library.entries
        ]
        return HitsReport(
            days=days,
            asked=sum(outcomes.values()) - outcomes.get(Outcome.OUT_OF_BOUNDS, 0),
            answered=outcomes.get(Outcome.ANSWERED, 0) + outcomes.get(Outcome.CHOSEN, 0),
            hits=tuple(sorted(hits, key=lambda each: (-each.tally.reached, each.entry.slug))),
        )

    def _gaps(self, wordings: Sequence[Unmet]) -> tuple[Gap, ...]:
        spelled = Normaliser(self._library.library.vocabulary).standard
        groups = self._alike([each.text for each in wordings])
        gaps = [self._gap([wordings[place] for place in group], spelled) for group in groups]
        return tuple(sorted(gaps, key=lambda gap: (-gap.times, -gap.question)))

    def _gap(self, alike: Sequence[Unmet], spelled: Callable[[str], str]) -> Gap:
        texts, times = [each.text for each in alike], [each.times for each in alike]
        middle = texts[central(texts, times, spelled)]
        return Gap(
            question=max(each.question for each in alike),
            heading=heading_of(middle, self._library.library.vocabulary.fillers),
            times=sum(times),
            wordings=(middle, *(text for text in texts if text != middle)),
        )

    def _nearest(self, gap: Gap, now: datetime) -> tuple[Entry, ...]:
        today = now.astimezone(self._zone).date()
        found = self._library.matches(gap.wordings[0], language=Language.ZH, on=today)
        return tuple(match.entry for match in found[:NEAREST_SHOWN])

    async def _since_checked(self, work: ReportsWork) -> dict[str, tuple[int, int]]:
        """How each entry that may be disliked was judged since somebody last checked it."""
        ever = await work.reports.verdicts(since=None)
        checked: dict[date, list[str]] = defaultdict(list)
        for slug, (_, not_helpful) in ever.items():
            entry = self._library.entry(slug)
            if entry is not None and not_helpful >= FEWEST_DISLIKES:
                checked[entry.checked_on].append(slug)
        verdicts: dict[str, tuple[int, int]] = {}
        for day, slugs in checked.items():
            verdicts |= await work.reports.verdicts(since=self._start(day), entries=slugs)
        return verdicts

    async def _with_reasons(self, work: ReportsWork, stale: StaleEntry) -> StaleEntry:
        if not stale.disliked:
            return stale
        entry = stale.entry
        dislikes = await work.reports.dislikes(
            entry.slug, since=self._start(entry.checked_on), limit=DISLIKES_READ
        )
        words = [example_of(each.words) for each in dislikes if each.words]
        return replace(stale, reasons=_reasons(dislikes), words=tuple(words[:WORDS_SHOWN]))

    def _start(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self._zone)


def _reasons(dislikes: Sequence[Dislike]) -> tuple[tuple[Reason, int], ...]:
    given = [each.reason for each in dislikes if each.reason]
    counted = [(reason, given.count(reason)) for reason in Reason if reason in given]
    return tuple(sorted(counted, key=lambda each: -each[1]))
