"""The shelf that everybody asks: the files, and over them what was last written in the chat."""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping, Sequence

from msgspec import Struct

from branch.content.faults import Faults
from branch.guidance.entry_reading import read_entry
from branch.guidance.entry_texts import EntryTexts
from branch.guidance.entry_writing import fingerprint
from branch.guidance.model import Entry, Slug
from branch.guidance.revisions import THE_FILES, Begin, Revision, RevisionId
from branch.guidance.service import GuidanceLibrary

log = logging.getLogger(__name__)
Milestones = Callable[[], Collection[tuple[int, str]]]


class Overlay(Struct, frozen=True, kw_only=True):
    """What a slug's latest revision means for the shelf.

    `entry` is None where the revision took it off the shelf, or cannot be read any more.
    `differs`: the files say something else, so that the revision is what is shown.
    `conflict`: the files were changed after the revision was written; what the chat wrote is
    shown until somebody decides.
    """

    revision: Revision
    entry: Entry | None
    differs: bool
    conflict: bool = False
    faults: tuple[str, ...] = ()


class LiveShelf:
    """Follows the revisions and swaps the library, all at once; nobody else does."""

    def __init__(self, library: GuidanceLibrary, glance: Begin, *, milestones: Milestones) -> None:
        self.library = library
        self.files: Mapping[Slug, Entry] = {entry.slug: entry for entry in library.library.entries}
        self.retired_files = {entry.slug: entry for entry in library.library.retired}
        self.topics = library.library.topics
        self.seen: RevisionId = THE_FILES
        self.overlays: dict[Slug, Overlay] = {}
        self._glance = glance
        self._milestones = milestones
        self._one_at_a_time = asyncio.Lock()

    async def catch_up(self) -> None:
        """Put up what was written since, here or by another process; nothing where nothing was."""
        async with self._one_at_a_time:
            async with self._glance() as work:
                newest = await work.revisions.latest(after=self.seen)
            if newest:
                await self._put_up(newest)

    async def put_up(
        self,
        trial: GuidanceLibrary,
        written: Sequence[Revision],
        entries: Mapping[Slug, Entry | None],
    ) -> None:
        """Show a trial that was made of exactly these entries over what is shown now."""
        async with self._one_at_a_time:
            if any(revision.id <= self.seen for revision in written):
                return  # the follower was faster
            overlays = [self._overlay(each, entries[each.slug]) for each in written]
            self._show(trial, overlays, written)

    def read(self, texts: EntryTexts) -> tuple[Entry | None, tuple[str, ...]]:
        """The entry of a text, and its faults; with faults there is no entry."""
        faults = Faults()
        entry = read_entry(
            texts,
            faults,
            topics={topic.id for topic in self.topics},
            milestones=self._milestones(),
        )
        told = tuple(map(str, faults.noted))
        return (None if told else entry), told

    def conflicts(self) -> Sequence[Overlay]:
        return [overlay for overlay in self.overlays.values() if overlay.conflict]

    def unreadable(self) -> Sequence[Overlay]:
        return [overlay for overlay in self.overlays.values() if overlay.faults]

    async def _put_up(self, newest: Sequence[Revision]) -> None:
        overlays = await asyncio.to_thread(self._overlays, newest)
        shown, gone = shelved(overlays, self.files)
        changed = [entry for entry in shown if self.library.entry(entry.slug) != entry]
        removed = [slug for slug in gone if self.library.entry(slug) is not None]
        trial = self.library
        if changed or removed:
            trial = await asyncio.to_thread(self.library.trial, changed, removed)
        self._show(trial, overlays, newest)

    def _show(
        self, trial: GuidanceLibrary, overlays: Sequence[Overlay], written: Sequence[Revision]
    ) -> None:
        if trial is not self.library:
            self.library.take_over(trial)
        self.overlays |= {overlay.revision.slug: overlay for overlay in overlays}
        self.seen = max(revision.id for revision in written)
        for overlay in overlays:
            for fault in overlay.faults:
                log.warning("revision %s is not shown: %s", overlay.revision.id, fault)

    def _overlays(self, revisions: Sequence[Revision]) -> list[Overlay]:
        return [self._overlay_of(revision) for revision in revisions]

    def _overlay_of(self, revision: Revision) -> Overlay:
        entry, faults = (None, ()) if revision.texts is None else self.read(revision.texts)
        if faults:
            return Overlay(revision=revision, entry=None, differs=False, faults=faults)
        return self._overlay(revision, entry)

    def _overlay(self, revision: Revision, entry: Entry | None) -> Overlay:
        filed = self.files.get(revision.slug)
        on_disk = fingerprint(filed)
        if on_disk == fingerprint(entry):
            return Overlay(revision=revision, entry=filed, differs=False)
        changed_since = on_disk != revision.basis
        if changed_since and revision.exported:
            # the files had this revision once, and have gone on from there
            return Overlay(revision=revision, entry=filed, differs=False)
        return Overlay(revision=revision, entry=entry, differs=True, conflict=changed_since)


def shelved(
    overlays: Sequence[Overlay], files: Mapping[Slug, Entry]
) -> tuple[list[Entry], list[Slug]]:
    """What the overlays put on the shelf, and what they take from it."""
    changed: list[Entry] = []
    removed: list[Slug] = []
    for overlay in overlays:
        slug = overlay.revision.slug
        shown = files.get(slug) if overlay.faults else overlay.entry
        if shown is not None:
            changed.append(shown)
        else:
            removed.append(slug)
    return changed, removed
