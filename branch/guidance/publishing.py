"""Puts changes of entries up: tried on a shelf of its own, written in one transaction, shown."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from copy import copy
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import asdict

from branch.guidance.entry_writing import fingerprint, texts_of
from branch.guidance.errors import Broken, EntryMovedOn, GoldenBroken, ShelfNeverStill
from branch.guidance.golden import GoldenReport
from branch.guidance.live_shelf import LiveShelf
from branch.guidance.model import Entry, Slug
from branch.guidance.revisions import (
    THE_FILES,
    Begin,
    NewRevision,
    Revision,
    RevisionDeed,
    RevisionId,
)
from branch.guidance.service import GuidanceLibrary
from branch.guidance.trials import broken_by, check_wordings
from branch.people.model import AuditRecord, Deed, Person, Role
from branch.people.permission import demand

TRIES = 4
_AUDITED: Mapping[RevisionDeed, Deed] = {
    RevisionDeed.ADDED: Deed.ENTRY_ADDED,
    RevisionDeed.EDITED: Deed.ENTRY_EDITED,
    RevisionDeed.CHECKED: Deed.ENTRY_CHECKED,
    RevisionDeed.RETIRED: Deed.ENTRY_RETIRED,
    RevisionDeed.RESTORED: Deed.ENTRY_RESTORED,
    RevisionDeed.IMPORTED: Deed.ENTRIES_IMPORTED,
}


class Step(Struct, frozen=True, kw_only=True):
    """One entry's change: what it becomes (None: it leaves the shelf), and what it follows.

    `decides`: it was written over the files as they are now, whatever they were before.
    """

    slug: Slug
    entry: Entry | None
    deed: RevisionDeed
    parent: RevisionId
    decides: bool = False


class Tried(Struct, frozen=True, kw_only=True):
    """A shelf with the steps taken, how the golden questions come out on it, and over what."""

    steps: tuple[Step, ...]
    seen: RevisionId
    day: date
    shelf: GuidanceLibrary
    report: GoldenReport
    broken: tuple[Broken, ...]


class Publishing:
    """One change after the other; what breaks a golden question that is right is refused."""

    def __init__(self, begin: Begin, shelf: LiveShelf, *, zone: ZoneInfo) -> None:
        self._begin = begin
        self._shelf = shelf
        self._zone = zone
        self._one_at_a_time = asyncio.Lock()
        self._replayed: tuple[RevisionId, date, GoldenReport] | None = None
        self._looked_at: tuple[tuple[Step, ...], datetime] | None = None
        self._somebody_looks = asyncio.Event()
        self._foreseen: Tried | None = None

    async def put_up(
        self,
        by: Person | None,
        steps: Sequence[Step],
        *,
        now: datetime,
        accepted: Collection[str] = (),
        tried: Tried | None = None,
    ) -> Sequence[Revision]:
        """Try the steps, write them and show them; `by` is None for the command line.

        `accepted` are golden questions that may break, because somebody has decided so; `tried`
        saves a second trial if nothing has changed since.
        Raises NotAllowed, EntryMovedOn, WordingTaken, GoldenBroken, ShelfNeverStill.
        """
        async with self._one_at_a_time:
            if tried is None and self._foreseen and self._foreseen.steps == tuple(steps):
                tried = self._foreseen
            for _ in range(TRIES):
                await self._shelf.catch_up()
                if tried is None or not self._still_holds(tried, steps, now):
                    tried = await self.tried(steps, now=now)
                if any(each.ask not in accepted for each in tried.broken):
                    raise GoldenBroken(tried.broken)
                written = await self._write(by, steps, now)
                if written is not None:
                    entries = {step.slug: step.entry for step in steps}
                    await self._shelf.put_up(tried.shelf, written, entries)
                    self._replayed = (self._shelf.seen, tried.day, tried.report)
                    return written
        raise ShelfNeverStill

    def foresee(self, steps: Sequence[Step], *, now: datetime) -> None:
        """Somebody looks at this before they put it up: meanwhile it can be tried."""
        self._looked_at = (tuple(steps), now)
        self._somebody_looks.set()

    async def try_ahead(self) -> None:
        """Until cancelled: try what somebody looks at, so that putting it up takes no time."""
        while True:
            await self._somebody_looks.wait()
            self._somebody_looks.clear()
            async with self._one_at_a_time:
                if self._looked_at is not None:
                    self._foreseen = await self._quietly_tried(*self._looked_at)

    async def _quietly_tried(self, steps: Sequence[Step], now: datetime) -> Tried | None:
        try:
            return await self.tried(steps, now=now)
        except Exception:  # noqa: BLE001 -- who puts it up meets the same, and is told
            return None

    async def tried(self, steps: Sequence[Step], *, now: datetime) -> Tried:
        """The shelf with the steps taken, and what would break. Nothing is written.

        Raises EntryMovedOn, WordingTaken.
        """
        self._expect(steps)
        # the library as it is now: the follower may swap it while the trial goes on
        library, day, seen = copy(self._shelf.library), self._day(now), self._shelf.seen
        changed = [step.entry for step in steps if step.entry is not None]
        removed = [step.slug for step in steps if step.entry is None]
        before = await self._before(library, seen, day)

        def replay() -> tuple[GuidanceLibrary, GoldenReport]:
            check_wordings(changed, library)
            trial = library.trial(changed, removed)
            return trial, trial.replay_golden(on=day)

        trial, after = await asyncio.to_thread(replay)
        return Tried(
            steps=tuple(steps),
            seen=seen,
            day=day,
            shelf=trial,
            report=after,
            broken=broken_by(
                before, after, changed=[each.slug for each in changed], removed=removed
            ),
        )

    def _still_holds(self, tried: Tried, steps: Sequence[Step], now: datetime) -> bool:
        same = tried.seen == self._shelf.seen and tried.day == self._day(now)
        return same and tried.steps == tuple(steps)

    async def _before(self, library: GuidanceLibrary, seen: RevisionId, day: date) -> GoldenReport:
        """How the golden questions come out now; asked once for each state of the shelf."""
        if self._replayed is None or self._replayed[:2] != (seen, day):
            report = await asyncio.to_thread(library.replay_golden, on=day)
            self._replayed = (seen, day, report)
        return self._replayed[2]

    def _expect(self, steps: Sequence[Step]) -> None:
        for step in steps:
            overlay = self._shelf.overlays.get(step.slug)
            if overlay is not None and overlay.revision.id != step.parent:
                raise EntryMovedOn(overlay.revision)

    async def _write(
        self, by: Person | None, steps: Sequence[Step], now: datetime
    ) -> list[Revision] | None:
        """Write them; None where something else was written since the trial."""
        new = [self._revision(step, by, now) for step in steps]
        async with self._begin() as work:
            await work.revisions.lock()
            if by is not None:
                await demand(work, by, Role.MEMBER, now=now)
            if await work.revisions.newest() != self._shelf.seen:
                return None
            ids = await work.revisions.add(new)
            await work.audit.add(_record(by, new, ids, now))
        name = by.name if by else None
        return [
            Revision(**asdict(each), id=number, by_name=name, exported=False)
            for each, number in zip(new, ids, strict=True)
        ]

    def _revision(self, step: Step, by: Person | None, now: datetime) -> NewRevision:
        overlay = self._shelf.overlays.get(step.slug)
        over_files = overlay is None or not overlay.differs or step.decides
        filed = fingerprint(self._shelf.files.get(step.slug))
        return NewRevision(
            slug=step.slug,
            at=now,
            by=by.id if by else None,
            deed=step.deed,
            texts=texts_of(step.entry) if step.entry else None,
            parent=overlay.revision.id if overlay else THE_FILES,
            basis=filed if over_files or overlay is None else overlay.revision.basis,
        )

    def _day(self, now: datetime) -> date:
        return now.astimezone(self._zone).date()


def _record(
    by: Person | None, new: Sequence[NewRevision], ids: Sequence[RevisionId], now: datetime
) -> AuditRecord:
    details: dict[str, str | int] = {"revision": ids[-1], "entries": len(new)}
    if len(new) == 1:
        details["entry"] = new[0].slug
    return AuditRecord(
        at=now, actor=by.id if by else None, deed=_AUDITED[new[0].deed], details=details
    )
