"""Brings achievements in from a file: looked at first, each still to be confirmed by another."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from branch.people.model import AuditRecord, Deed, Person, Role
from branch.people.permission import demand
from branch.research.achievement import BatchId, Level
from branch.research.bibtex import read_bibtex
from branch.research.errors import FileUnusable
from branch.research.found_claims import (
    LARGEST,
    Fault,
    FoundClaim,
    Place,
    ReadFile,
    Spellings,
)
from branch.research.ports import Begin
from branch.research.workbook import is_workbook, read_workbook


class ImportPlan(Struct, frozen=True, kw_only=True):
    """What a file would do. `same` is recorded already, or stands in the file before."""

    new: Sequence[FoundClaim]
    same: Sequence[Place]
    faults: Sequence[Fault]
    unknown_columns: Sequence[str]
    unlevelled: int


class Importing:
    """Each raises NotAllowed."""

    def __init__(self, begin: Begin, look: Begin, spellings: Spellings) -> None:
        self._begin = begin
        self._look = look
        self._spellings = spellings

    async def look_at(
        self, member: Person, raw: bytes, name: str, *, paper_level: Level, now: datetime
    ) -> ImportPlan:
        """Nothing is changed. Raises FileUnusable."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            known = set(await work.achievements.known())
        found = await asyncio.to_thread(self._read, raw, name, paper_level, now)
        new: list[FoundClaim] = []
        same: list[Place] = []
        for each in found.claims:
            keys = {each.claim.title_key} | ({each.claim.doi} if each.claim.doi else set())
            if known & keys:
                same.append(each.place)
            else:
                new.append(each)
            known |= keys
        return ImportPlan(
            new=new,
            same=same,
            faults=found.faults,
            unknown_columns=found.unknown_columns,
            unlevelled=found.unlevelled,
        )

    async def bring_in(
        self, member: Person, plan: ImportPlan, name: str, *, key: str, now: datetime
    ) -> tuple[BatchId, int]:
        """The import and how many are new; the same `key` a second time changes nothing."""
        async with self._begin() as work:
            importer = await demand(work, member, Role.MEMBER, now=now)
            await work.achievements.lock()
            number, new = await work.achievements.add_batch(
                name, key=key, importer=importer.id, now=now
            )
            if not new:
                before = await work.achievements.batch(number)
                return number, before.waiting if before else 0
            count = 0
            for place, each in enumerate(plan.new):
                _, added = await work.achievements.add(
                    each.claim,
                    key=f"{key}:{place}",
                    reporter=importer.id,
                    now=now,
                    batch=number,
                )
                count += added
            await work.audit.add(
                AuditRecord(
                    at=now,
                    actor=importer.id,
                    deed=Deed.ACHIEVEMENTS_IMPORTED,
                    details={"import": number, "count": count},
                )
            )
            return number, count

    def _read(self, raw: bytes, name: str, paper_level: Level, now: datetime) -> ReadFile:
        """By what it is, not by what it is called. Raises FileUnusable."""
        if len(raw) > LARGEST:
            raise FileUnusable("too_large")
        if not raw.strip():
            raise FileUnusable("empty")
        if is_workbook(raw):
            return read_workbook(raw, self._spellings, paper_level=paper_level, now=now)
        if not name.casefold().endswith((".bib", ".bibtex", ".txt")):
            raise FileUnusable("kind")
        return read_bibtex(raw, self._spellings, paper_level=paper_level, now=now)
