"""What rosters and outcomes ask of the database."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from branch.outbox.ports import Outbox
from branch.outcomes.model import (
    ClaimId,
    HistoryYear,
    NewReport,
    OutcomeReport,
    ReportId,
    ReportState,
    RosterEntry,
    RosterId,
)
from branch.outcomes.rates import OnRoster, Told
from branch.people.model import PersonId
from branch.people.ports import Audit, People


class NewEntry(Struct, frozen=True, kw_only=True):
    """A line of a roster as it is kept."""

    cohort: int
    key: str
    class_name: str | None
    name: str | None


class Claim(Struct, frozen=True, kw_only=True):
    """Somebody says that a row is theirs which somebody else has."""

    id: ClaimId
    entry: RosterEntry
    person: PersonId
    made_at: datetime


class Freeze(Struct, frozen=True, kw_only=True):
    """The figures of a cohort as they once were: they stay, whatever becomes of the rows."""

    cohort: int
    version: int
    at: datetime
    by: PersonId | None
    digest: str
    figures: str
    standing: str


class Correction(Struct, frozen=True, kw_only=True):
    """What has changed of a cohort after it was frozen, and by what."""

    cohort: int
    at: datetime
    by: PersonId | None
    what: str
    subject: str = ""
    before: str = ""
    after: str = ""


class Secrets(Protocol):
    async def get(self, name: str, *, now: datetime) -> bytes:
        """The installation's own secret of this name, made when it is first asked for."""
        ...


class Roster(Protocol):
    async def all(self, cohorts: Sequence[int]) -> Sequence[RosterEntry]: ...
    async def counts(self) -> Mapping[int, tuple[int, int]]:
        """By cohort: how many stand on it, and how many of them have said who they are."""
        ...

    async def add(self, entries: Sequence[NewEntry], *, source: str, now: datetime) -> int:
        """How many were new; those that are there already stay as they are."""
        ...

    async def change(self, entries: Sequence[RosterEntry]) -> None:
        """Write their class and name. The name of somebody who was forgotten does not come back."""
        ...

    async def by_key(self, key: str) -> Sequence[RosterEntry]: ...
    async def get(self, entry: RosterId) -> RosterEntry | None: ...
    async def of(self, person: PersonId) -> RosterEntry | None: ...
    async def link(self, entry: RosterId, person: PersonId) -> bool:
        """False if somebody has the row, or the person has one."""
        ...

    async def unlink(self, entry: RosterId) -> None: ...
    async def on_roster(self) -> Sequence[OnRoster]: ...


class Claims(Protocol):
    """Who says that they are whom; and how often somebody was wrong."""

    async def add(self, entry: RosterId, person: PersonId, *, now: datetime) -> None: ...
    async def waiting(self) -> Sequence[Claim]: ...
    async def lock(self, claim: ClaimId) -> Claim | None:
        """The claim while it waits; nobody else settles it until this transaction ends."""
        ...

    async def settle(self, claim: ClaimId, *, granted: bool, now: datetime) -> None: ...
    async def of(self, person: PersonId) -> Claim | None: ...
    async def wrong_numbers(self, person: PersonId, *, since: datetime) -> int: ...
    async def note_wrong_number(self, person: PersonId, *, now: datetime) -> None: ...


class Outcomes(Protocol):
    async def add(
        self,
        report: NewReport,
        *,
        subject: str,
        roster: RosterId | None,
        cohort: int,
        person: PersonId,
        key: str,
        now: datetime,
    ) -> ReportId: ...
    async def with_key(self, key: str) -> OutcomeReport | None: ...
    async def get(self, report: ReportId) -> OutcomeReport | None: ...
    async def lock(self, report: ReportId) -> OutcomeReport | None: ...
    async def of(self, person: PersonId) -> Sequence[OutcomeReport]:
        """All that they have ever reported, the earliest first."""
        ...

    async def standing(self, subject: str) -> OutcomeReport | None:
        """The one that counts: the latest that was not refused."""
        ...

    async def judge(
        self,
        report: ReportId,
        state: ReportState,
        *,
        by: PersonId,
        reason: str | None,
        now: datetime,
    ) -> None: ...
    async def waiting(
        self, *, after: ReportId, but_of: PersonId, limit: int
    ) -> Sequence[OutcomeReport]:
        """Those that count and that nobody has judged, the longest waiting first."""
        ...

    async def count_waiting(self, *, but_of: PersonId) -> int: ...
    async def move(
        self, person: PersonId, *, of: str, to: str, roster: RosterId | None, cohort: int
    ) -> None:
        """Have what the person reported as one subject speak of another."""
        ...

    async def told(self) -> Sequence[Told]: ...


class OutcomeYears(Protocol):
    """History, frozen versions and corrections: each only grows."""

    async def history(self) -> Sequence[HistoryYear]:
        """Every row, the earliest imported first."""
        ...

    async def add_history(
        self, year: HistoryYear, *, by: PersonId | None, now: datetime
    ) -> None: ...
    async def frozen(self) -> Sequence[Freeze]:
        """Every version, by cohort and version."""
        ...

    async def last_frozen(self, cohort: int) -> Freeze | None: ...
    async def freeze(self, freeze: Freeze) -> bool:
        """False if this version is there."""
        ...

    async def correct(self, correction: Correction) -> None: ...
    async def corrections(self, cohort: int, *, since: datetime) -> Sequence[Correction]: ...


class OutcomeWork(Protocol):
    @property
    def people(self) -> People: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def secrets(self) -> Secrets: ...
    @property
    def roster(self) -> Roster: ...
    @property
    def roster_claims(self) -> Claims: ...
    @property
    def outcomes(self) -> Outcomes: ...
    @property
    def outcome_years(self) -> OutcomeYears: ...


Begin = Callable[[], AbstractAsyncContextManager[OutcomeWork]]
