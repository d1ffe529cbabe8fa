"""The knowledge book: members search, add, edit, retire and restore entries, each step kept."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from branch.guidance.entry_changes import Surroundings, blank, named, revised
from branch.guidance.entry_fields import Changes
from branch.guidance.entry_writing import texts_of
from branch.guidance.errors import EntryMovedOn, EntryUnknown, NothingToUndo, WordingTaken
from branch.guidance.live_shelf import LiveShelf, Milestones
from branch.guidance.model import Entry, Origin, Slug
from branch.guidance.publishing import Publishing, Step
from branch.guidance.replies import Answered, Choices
from branch.guidance.revisions import THE_FILES, Begin, Revision, RevisionDeed, RevisionId
from branch.guidance.seasons import due, still_valid
from branch.guidance.service import GuidanceLibrary
from branch.guidance.trials import NearDuplicate, near_duplicates
from branch.people.model import Person, Role
from branch.people.permission import demand
from texts.language import Language

FOUND_SHOWN = 8
HISTORY_SHOWN = 10
FAR_BACK = 10_000


class Card(Struct, frozen=True, kw_only=True):
    """An entry as members see it; `latest` is the revision that made it, None for the files."""

    entry: Entry
    latest: Revision | None
    on_shelf: bool
    conflict: bool

    @property
    def version(self) -> RevisionId:
        """What an edit of it follows."""
        return self.latest.id if self.latest else THE_FILES


class Standing(Struct, frozen=True, kw_only=True):
    """How many entries there are, and how many wait for somebody."""

    total: int
    from_chat: int
    unchecked: int
    due: int
    retired: int
    conflicts: int


class KnowledgeBook:
    """What members do with entries; who is no member gets NotAllowed.

    Every change is one transaction, tried before: see `Publishing` for what may refuse it.
    """

    def __init__(
        self,
        look: Begin,
        shelf: LiveShelf,
        publishing: Publishing,
        *,
        milestones: Milestones,
        zone: ZoneInfo,
    ) -> None:
        self._look = look
        self._shelf = shelf
        self._publishing = publishing
        self._milestones = milestones
        self._zone = zone

    @property
    def library(self) -> GuidanceLibrary:
        return self._shelf.library

    async def enter(self, by: Person, *, now: datetime) -> None:
        """For who comes to look around. Raises NotAllowed."""
        async with self._look() as work:
            await demand(work, by, Role.MEMBER, now=now)

    async def standing(self, by: Person, *, now: datetime) -> Standing:
        retired = await self.retired(by, now=now)
        entries = self.library.library.entries
        return Standing(
            total=len(entries),
            from_chat=sum(entry.origin is not Origin.FILE for entry in entries),
            unchecked=sum(entry.needs_check is not None for entry in entries),
            due=len(due(entries, self._day(now))),
            retired=len(retired),
            conflicts=len(self._shelf.conflicts()),
        )

    async def see(self, by: Person, slug: Slug, *, now: datetime) -> Card:
        """The entry, on the shelf or off it. Raises EntryUnknown."""
        await self._shelf.catch_up()
        async with self._look() as work:
            await demand(work, by, Role.MEMBER, now=now)
            history = await work.revisions.of(slug, limit=HISTORY_SHOWN)
        return self._card(slug, history)

    async def find(
        self, by: Person, words: str, *, language: Language, now: datetime
    ) -> Sequence[Entry]:
        """Entries that hold the words first, then those that answer them best."""
        await self.enter(by, now=now)
        sought = words.strip().casefold()
        holding = [entry for entry in self.library.library.entries if _holds(entry, sought)]
        matches = self.library.matches(words, language=language, on=self._day(now))
        found = {entry.slug: entry for entry in [*holding, *(match.entry for match in matches)]}
        return tuple(found.values())[:FOUND_SHOWN]

    async def history(self, by: Person, slug: Slug, *, now: datetime) -> Sequence[Revision]:
        """What was done to it, newest first."""
        async with self._look() as work:
            await demand(work, by, Role.MEMBER, now=now)
            return await work.revisions.of(slug, limit=HISTORY_SHOWN)

    async def due(self, by: Person, *, now: datetime) -> Sequence[Entry]:
        """What somebody should look at again, the longest overdue first."""
        await self.enter(by, now=now)
        return due(self.library.library.entries, self._day(now))

    async def retired(self, by: Person, *, now: datetime) -> Sequence[Entry]:
        """What was taken off the shelf and can be put back."""
        async with self._look() as work:
            await demand(work, by, Role.MEMBER, now=now)
            written = await work.revisions.latest(after=THE_FILES)
            gone = [each.slug for each in written if each.texts is None]
            histories = [await work.revisions.of(slug, limit=HISTORY_SHOWN) for slug in gone]
        written_off = dict(zip(gone, histories, strict=True))
        filed_off = {slug: () for slug in self._shelf.retired_files if slug not in written_off}
        cards = [self._card(slug, past) for slug, past in (written_off | filed_off).items()]
        return tuple(card.entry for card in cards if not card.on_shelf)

    def new(self, changes: Changes, *, note: str, now: datetime) -> Entry:
        """A new entry of these fields; `note` says that nobody has checked it. Raises Unfit."""
        return self.revised(blank(note, self._day(now)), changes, now=now)

    def revised(self, entry: Entry, changes: Changes, *, now: datetime) -> Entry:
        """The entry with these fields changed; nothing is written. Raises Unfit."""
        around = Surroundings(
            topics={topic.id for topic in self._shelf.topics},
            milestones=self._milestones(),
            find=lambda words: self._found(words, now),
        )
        return named(revised(entry, changes, around))

    async def near(
        self, asks: Sequence[str], *, now: datetime, but: Slug | None = None
    ) -> Sequence[NearDuplicate]:
        """Entries already found by these wordings: changing one of them is often what is meant."""
        return await asyncio.to_thread(
            near_duplicates, asks, self.library, on=self._day(now), but=but
        )

    async def add(self, by: Person, entry: Entry, *, now: datetime) -> Card:
        """Put up a new entry; the same one a second time is the one that is there."""
        try:
            card = await self.see(by, entry.slug, now=now)
        except EntryUnknown:
            return await self._take(by, entry.slug, entry, RevisionDeed.ADDED, THE_FILES, now)
        if card.on_shelf and texts_of(card.entry) != texts_of(entry):
            raise WordingTaken(entry.questions[Language.ZH], entry.slug)
        if card.on_shelf:
            return card
        return await self._take(by, entry.slug, entry, RevisionDeed.ADDED, card.version, now)

    async def edit(self, by: Person, entry: Entry, *, over: RevisionId, now: datetime) -> Card:
        """Show the entry as it is given; `over` is the version that was edited."""
        card = await self.see(by, entry.slug, now=now)
        if card.on_shelf and texts_of(card.entry) == texts_of(entry):
            return card
        return await self._take(by, entry.slug, entry, RevisionDeed.EDITED, over, now)

    def foresee(self, entry: Entry, *, over: RevisionId | None = None, now: datetime) -> None:
        """Somebody looks at this before putting it up, as new or over a version."""
        deed = RevisionDeed.ADDED if over is None else RevisionDeed.EDITED
        step = Step(slug=entry.slug, entry=entry, deed=deed, parent=over or THE_FILES)
        self._publishing.foresee([step], now=now)

    async def confirm(self, by: Person, slug: Slug, *, now: datetime) -> Card:
        """Note that somebody has looked at it today and found it right; twice is once."""
        card = await self.see(by, slug, now=now)
        entry = still_valid(card.entry, self._day(now))
        if not card.on_shelf or card.entry.checked_on == self._day(now) == entry.checked_on:
            return card
        return await self._take(by, slug, entry, RevisionDeed.CHECKED, card.version, now)

    async def retire(self, by: Person, slug: Slug, *, over: RevisionId, now: datetime) -> Card:
        """Take it off the shelf; it can be put back."""
        card = await self.see(by, slug, now=now)
        if not card.on_shelf:
            return card
        return await self._take(by, slug, None, RevisionDeed.RETIRED, over, now)

    async def restore(self, by: Person, slug: Slug, *, over: RevisionId, now: datetime) -> Card:
        """Put it back as it was last shown."""
        card = await self.see(by, slug, now=now)
        if card.on_shelf:
            return card
        return await self._take(by, slug, card.entry, RevisionDeed.RESTORED, over, now)

    async def undo(self, by: Person, slug: Slug, *, over: RevisionId, now: datetime) -> Card:
        """Take back the latest change; taking that back brings it back. Raises NothingToUndo."""
        async with self._look() as work:
            await demand(work, by, Role.MEMBER, now=now)
            history = await work.revisions.of(slug, limit=FAR_BACK)
        if not history:
            raise NothingToUndo
        if history[0].id != over:
            raise EntryMovedOn(history[0])
        before = next((each for each in history if each.id == history[0].parent), None)
        entry = self._shelf.files.get(slug) if before is None else self._entry_of(before)
        if before is not None and before.texts is not None and entry is None:
            raise NothingToUndo  # what it was cannot be shown any more
        return await self._take(by, slug, entry, RevisionDeed.RESTORED, over, now)

    async def take_files(self, by: Person, slug: Slug, *, over: RevisionId, now: datetime) -> Card:
        """Of a conflict, let the files win."""
        step = Step(
            slug=slug,
            entry=self._shelf.files.get(slug),
            deed=RevisionDeed.RESTORED,
            parent=over,
            decides=True,
        )
        await self._publishing.put_up(by, [step], now=now)
        return await self.see(by, slug, now=now)

    async def _take(
        self,
        by: Person,
        slug: Slug,
        entry: Entry | None,
        deed: RevisionDeed,
        over: RevisionId,
        now: datetime,
    ) -> Card:
        await self.enter(by, now=now)
        step = Step(slug=slug, entry=entry, deed=deed, parent=over)
        await self._publishing.put_up(by, [step], now=now)
        return await self.see(by, slug, now=now)

    def _card(self, slug: Slug, history: Sequence[Revision]) -> Card:
        overlay = self._shelf.overlays.get(slug)
        shown = self.library.entry(slug)
        entry = shown or self._last_shown(slug, history)
        if entry is None:
            raise EntryUnknown(slug)
        return Card(
            entry=entry,
            latest=overlay.revision if overlay else None,
            on_shelf=shown is not None,
            conflict=overlay is not None and overlay.conflict,
        )

    def _last_shown(self, slug: Slug, history: Sequence[Revision]) -> Entry | None:
        written = (self._entry_of(each) for each in history if each.texts is not None)
        filed = self._shelf.files.get(slug) or self._shelf.retired_files.get(slug)
        entry = next((each for each in written if each is not None), None) or filed
        return None if entry is None else replace(entry, retired_on=None)

    def _entry_of(self, revision: Revision) -> Entry | None:
        return None if revision.texts is None else self._shelf.read(revision.texts)[0]

    def _found(self, words: str, now: datetime) -> Slug | None:
        """The entry that somebody means by its name, its question or other words."""
        for entry in self.library.library.entries:
            if words in {entry.slug, *entry.questions.values()}:
                return entry.slug
        match self.library.ask(words, language=Language.ZH, on=self._day(now)):
            case Answered(entry=entry):
                return entry.slug
            case Choices(entries=(entry, *_)):
                return entry.slug
        return None

    def _day(self, now: datetime) -> date:
        return now.astimezone(self._zone).date()


def _holds(entry: Entry, sought: str) -> bool:
    texts = [entry.slug, *entry.questions.values(), *entry.wordings[Language.ZH]]
    return bool(sought) and any(sought in text.casefold() for text in texts)
