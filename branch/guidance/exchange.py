"""The base as a table and back: exported whole, imported after a look at what would happen."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from branch.content.spreadsheets import written
from branch.guidance.entry_rows import COLUMNS, row_of
from branch.guidance.errors import Broken
from branch.guidance.importing import (
    Ground,
    Plan,
    Progress,
    compare,
    plan_of_entries,
    plan_of_table,
)
from branch.guidance.live_shelf import LiveShelf, Milestones
from branch.guidance.model import Entry
from branch.guidance.publishing import Publishing, Step, Tried
from branch.guidance.revisions import THE_FILES, Begin, RevisionDeed
from branch.people.model import Person, Role
from branch.people.permission import demand

ROUNDS = 4


class Outlook(Struct, frozen=True, kw_only=True):
    """A plan, tried.

    `held` are lines that would give a wrong answer to the golden questions `broken`; they are left
    out. `drift` is what the rest would break without being the answer itself: so many new entries
    make an old answer less sure. That is refused, unless an administrator accepts it.
    """

    plan: Plan
    steps: tuple[Step, ...]
    held: tuple[int, ...] = ()
    broken: tuple[Broken, ...] = ()
    tried: Tried | None = None

    @property
    def drift(self) -> tuple[Broken, ...]:
        return self.tried.broken if self.tried else ()

    @property
    def can_go_in(self) -> bool:
        return bool(self.steps) and not self.drift


class Exchange:
    """Who is no member gets NotAllowed; None is the command line, which may."""

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

    async def table(self, by: Person | None, *, now: datetime) -> bytes:
        """All that is on the shelf, as a CSV file."""
        await self._enter(by, now)
        entries = self._shelf.library.library.entries
        return await asyncio.to_thread(written, [COLUMNS, *map(row_of, entries)])

    async def look_at_table(
        self,
        by: Person | None,
        raw: bytes,
        *,
        name: str,
        note: str,
        now: datetime,
        most_compared: int | None = None,
        progress: Progress = lambda _done, _all: None,
    ) -> Outlook:
        """What the table would bring. Raises NotATable, ColumnsMissing."""
        await self._enter(by, now)
        ground = self._ground(name, note, now)

        def look() -> Plan:
            plan = plan_of_table(raw, ground)
            compare(plan, ground, most=most_compared, progress=progress)
            return plan

        return await self._tried(await asyncio.to_thread(look), now)

    async def look_at_entries(
        self,
        by: Person | None,
        entries: Sequence[Entry],
        *,
        now: datetime,
        progress: Progress = lambda _done, _all: None,
    ) -> Outlook:
        """The same of entries read from a folder of files."""
        await self._enter(by, now)
        ground = self._ground("", "", now)

        def look() -> Plan:
            plan = plan_of_entries(enumerate(entries, start=1), ground)
            compare(plan, ground, most=None, progress=progress)
            return plan

        return await self._tried(await asyncio.to_thread(look), now)

    async def bring_in(
        self, by: Person | None, outlook: Outlook, *, now: datetime, accept_drift: bool = False
    ) -> int:
        """Write what the look found good, in one transaction; how many entries that were."""
        accepted = {each.ask for each in outlook.drift} if accept_drift else set()
        if outlook.steps:
            await self._publishing.put_up(
                by, outlook.steps, now=now, accepted=accepted, tried=outlook.tried
            )
        return len(outlook.steps)

    async def _tried(self, plan: Plan, now: datetime) -> Outlook:
        """Leave out the rows that are themselves the wrong answer to a golden question."""
        steps = [self._step(entry) for entry in plan.entries]
        held: list[str] = []
        broken: list[Broken] = []
        tried: Tried | None = None
        for last in (*(False,) * (ROUNDS - 1), True):
            if not steps:
                tried = None
                break
            tried = await self._publishing.tried(steps, now=now)
            given = {slug for each in tried.broken for slug in each.now}
            guilty = {step.slug for step in steps if step.slug in given}
            if last or not guilty:
                break
            held += guilty
            broken += [each for each in tried.broken if guilty.intersection(each.now)]
            steps = [step for step in steps if step.slug not in guilty]
        return Outlook(
            plan=plan,
            steps=tuple(steps),
            held=tuple(sorted(plan.lines_of(held))),
            broken=tuple(broken),
            tried=tried,
        )

    def _step(self, entry: Entry) -> Step:
        overlay = self._shelf.overlays.get(entry.slug)
        parent = overlay.revision.id if overlay else THE_FILES
        return Step(slug=entry.slug, entry=entry, deed=RevisionDeed.IMPORTED, parent=parent)

    def _ground(self, name: str, note: str, now: datetime) -> Ground:
        return Ground(
            library=self._shelf.library,
            topics=self._shelf.topics,
            milestones=frozenset(self._milestones()),
            source=Path(name).stem[:80] or "CSV",
            note=note,
            on=self._day(now),
        )

    async def _enter(self, by: Person | None, now: datetime) -> None:
        await self._shelf.catch_up()
        if by is not None:
            async with self._look() as work:
                await demand(work, by, Role.MEMBER, now=now)

    def _day(self, now: datetime) -> date:
        return now.astimezone(self._zone).date()
