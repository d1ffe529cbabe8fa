"""Members look at what students report, one at a time, and settle whose row is whose."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from branch.outcomes.corrections import Change, note_change
from branch.outcomes.errors import ClaimGone, OwnReport, ReportGone, ReportSettled
from branch.outcomes.letters import OutcomeLetters
from branch.outcomes.linking import link, subject_of, unlink
from branch.outcomes.model import ClaimId, OutcomeReport, ReportId, ReportState, RosterEntry
from branch.outcomes.ports import Begin, Claim, OutcomeWork
from branch.outcomes.roster_book import demand
from branch.people.errors import NotAllowed
from branch.people.model import AuditRecord, Deed, Person, PersonId, Role

_NEXT: Final = 1


class Waiting(Struct, frozen=True, kw_only=True):
    """What a member looks at: the report, the row it is about, who says so, how many wait."""

    report: OutcomeReport
    entry: RosterEntry | None
    name: str
    number: int


class Dispute(Struct, frozen=True, kw_only=True):
    """Two say that they are the same: who has the row now, and who claims it."""

    claim: Claim
    holder: str
    claimant: str


class OutcomeBench:
    """Each raises NotAllowed."""

    def __init__(self, begin: Begin, look: Begin, letters: OutcomeLetters) -> None:
        self._begin = begin
        self._look = look
        self._letters = letters

    async def next(self, member: Person, *, after: ReportId, now: datetime) -> Waiting | None:
        """The longest waiting one that is not the member's own; behind the last, the first."""
        async with self._look() as work:
            by = await _demand(work, member, now)
            found = await work.outcomes.waiting(after=after, but_of=by, limit=_NEXT)
            if not found and after:
                found = await work.outcomes.waiting(after=ReportId(0), but_of=by, limit=_NEXT)
            if not found:
                return None
            report = found[0]
            entry = await work.roster.get(report.roster) if report.roster else None
            return Waiting(
                report=report,
                entry=entry,
                name=await _name(work, report.person, now),
                number=await work.outcomes.count_waiting(but_of=by),
            )

    async def verify(self, member: Person, number: ReportId, *, now: datetime) -> OutcomeReport:
        """Raises ReportGone, ReportSettled, OwnReport."""
        return await self._judge(member, number, ReportState.VERIFIED, None, now)

    async def refuse(
        self, member: Person, number: ReportId, reason: str, *, now: datetime
    ) -> OutcomeReport:
        """Raises ReportGone, ReportSettled, OwnReport."""
        return await self._judge(member, number, ReportState.REFUSED, reason, now)

    async def disputes(self, member: Person, *, now: datetime) -> Sequence[Dispute]:
        async with self._look() as work:
            by = await _demand(work, member, now)
            return [
                Dispute(
                    claim=claim,
                    holder=await _name(work, claim.entry.person, now),
                    claimant=await _name(work, claim.person, now),
                )
                for claim in await work.roster_claims.waiting()
                if by not in (claim.person, claim.entry.person)
            ]

    async def settle(
        self, member: Person, number: ClaimId, *, granted: bool, now: datetime
    ) -> None:
        """Give the row to who claims it, or leave it. Raises ClaimGone, OwnReport."""
        async with self._begin() as work:
            by = await _demand(work, member, now)
            claim = await work.roster_claims.lock(number)
            if claim is None:
                raise ClaimGone
            if by in (claim.person, claim.entry.person):
                raise OwnReport
            if granted:
                await unlink(work, claim.entry, by=by, now=now)
                if not await link(work, claim.entry, claim.person, by=by, now=now):
                    raise ClaimGone
                await note_change(
                    work,
                    claim.entry.cohort,
                    Change.CLAIM,
                    by=by,
                    now=now,
                    subject=subject_of(claim.entry.id),
                )
            await work.roster_claims.settle(number, granted=granted, now=now)
            await self._tell_both(work, claim, granted=granted, now=now)
            await work.audit.add(
                AuditRecord(at=now, actor=by, deed=Deed.ROSTER_CLAIM_SETTLED, about=claim.person)
            )

    async def _tell_both(
        self, work: OutcomeWork, claim: Claim, *, granted: bool, now: datetime
    ) -> None:
        """Who claims it always; who had it where it is theirs no more."""
        for person, has_it in ((claim.person, granted), (claim.entry.person, not granted)):
            told = await work.people.by_id(person, now=now) if person else None
            if told is not None and (granted or told.id == claim.person):
                letter = self._letters.settled(claim, told, has_it=has_it, now=now)
                await work.outbox.put([letter])

    async def _judge(
        self,
        member: Person,
        number: ReportId,
        state: ReportState,
        reason: str | None,
        now: datetime,
    ) -> OutcomeReport:
        async with self._begin() as work:
            by = await _demand(work, member, now)
            report = await work.outcomes.lock(number)
            if report is None:
                raise ReportGone
            if report.person == by:
                raise OwnReport
            standing = await work.outcomes.standing(report.subject)
            if report.state is not ReportState.REPORTED or standing != report:
                raise ReportSettled
            await work.outcomes.judge(number, state, by=by, reason=reason, now=now)
            judged = replace(report, state=state, reason=reason)
            await self._told(work, judged, by, now)
            return judged

    async def _told(
        self, work: OutcomeWork, report: OutcomeReport, by: PersonId, now: datetime
    ) -> None:
        verified = report.state is ReportState.VERIFIED
        after = await work.outcomes.standing(report.subject)
        await note_change(
            work,
            report.cohort,
            Change.VERIFIED if verified else Change.REFUSED,
            by=by,
            now=now,
            subject=report.subject,
            before=report.kind,
            after=after.kind if after else "",
        )
        deed = Deed.OUTCOME_VERIFIED if verified else Deed.OUTCOME_REFUSED
        await work.audit.add(AuditRecord(at=now, actor=by, deed=deed, about=report.person))
        to = await work.people.by_id(report.person, now=now) if report.person else None
        if to is not None:
            await work.outbox.put([self._letters.judged(report, to, now=now)])


async def _demand(work: OutcomeWork, member: Person, now: datetime) -> PersonId:
    by = await demand(work, member, now, Role.MEMBER)
    if by is None:
        raise NotAllowed
    return by


async def _name(work: OutcomeWork, person: PersonId | None, now: datetime) -> str:
    """Nobody's where they have left."""
    known = await work.people.by_id(person, now=now) if person else None
    return known.name if known else ""
