"""Achievements: reported by one member, confirmed or refused by another."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from branch.people.model import AuditRecord, Deed, Person, Role
from branch.people.permission import demand
from branch.research.achievement import (
    LONGEST_REASON,
    Achievement,
    AchievementId,
    AchievementState,
    Batch,
    BatchId,
    Claim,
)
from branch.research.claims import check
from branch.research.errors import (
    AchievementGone,
    AlreadyJudged,
    Duplicate,
    NameUnfit,
    OnesOwn,
)
from branch.research.letters import ResearchLetters
from branch.research.ports import Begin, ResearchWork


class AchievementPage(Struct, frozen=True, kw_only=True):
    """Achievements from number `start` on, of `total`."""

    state: AchievementState
    achievements: Sequence[Achievement]
    start: int
    total: int


class SeenAchievement(Struct, frozen=True, kw_only=True):
    """`mine`: they have reported it; `batch` where others of its import still wait for them."""

    achievement: Achievement
    mine: bool
    batch: Batch | None = None


class AchievementBook:
    """Each raises NotAllowed; where one is meant also AchievementGone."""

    def __init__(self, begin: Begin, look: Begin, letters: ResearchLetters) -> None:
        self._begin = begin
        self._look = look
        self._letters = letters

    async def claim(
        self,
        member: Person,
        claim: Claim,
        *,
        key: str,
        now: datetime,
        instead_of: AchievementId | None = None,
    ) -> SeenAchievement:
        """Record it; the same `key` a second time changes nothing.

        `instead_of` is one of theirs that they have put right: it goes if it still waits, and
        stays if it was refused. Raises Unfit, Duplicate, AlreadyJudged where it was confirmed.
        """
        check(claim, now)
        async with self._begin() as work:
            reporter = await demand(work, member, Role.MEMBER, now=now)
            await work.achievements.lock()
            batch = None
            if instead_of is not None:
                batch = await _made_way(work, instead_of, reporter)
            number, _ = await work.achievements.add(
                claim, key=key, reporter=reporter.id, now=now, batch=batch
            )
            if number is None:
                existing = await work.achievements.same_as(claim)
                if existing is None:
                    raise AchievementGone
                raise Duplicate(existing)
            return await _seen(work, number, reporter)

    async def page(
        self, member: Person, state: AchievementState, *, start: int, limit: int, now: datetime
    ) -> AchievementPage:
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            found = await work.achievements.page(state, start=start, limit=limit)
            total = await work.achievements.count(state)
        return AchievementPage(state=state, achievements=found, start=start, total=total)

    async def see(
        self, member: Person, achievement: AchievementId, *, now: datetime
    ) -> SeenAchievement:
        async with self._look() as work:
            return await _seen(work, achievement, await demand(work, member, Role.MEMBER, now=now))

    async def judge(
        self,
        member: Person,
        number: AchievementId,
        state: AchievementState,
        *,
        now: datetime,
        reason: str = "",
    ) -> SeenAchievement:
        """Confirm or refuse what another has reported. Raises OnesOwn, AlreadyJudged, NameUnfit."""
        refused = state is AchievementState.REFUSED
        if refused and not 0 < len(reason) <= LONGEST_REASON:
            raise NameUnfit
        async with self._begin() as work:
            judge = await demand(work, member, Role.MEMBER, now=now)
            before = await _achievement(work, number)
            if before.reporter == judge.id:
                raise OnesOwn
            judged = await work.achievements.judge(
                number, state, judge=judge.id, now=now, reason=reason
            )
            after = await _achievement(work, number)
            if not judged:
                raise AlreadyJudged(after.state)
            await self._tell(work, after, judge, now)
            deed = Deed.ACHIEVEMENT_REFUSED if refused else Deed.ACHIEVEMENT_CONFIRMED
            await work.audit.add(
                AuditRecord(
                    at=now,
                    actor=judge.id,
                    deed=deed,
                    about=after.reporter,
                    details={"achievement": number},
                )
            )
            return await _seen(work, number, judge)

    async def confirm_batch(
        self, member: Person, batch_id: BatchId, *, now: datetime
    ) -> tuple[Batch, int]:
        """Confirm what of another's import nobody has judged; how many. Raises OnesOwn."""
        async with self._begin() as work:
            judge = await demand(work, member, Role.MEMBER, now=now)
            batch = await work.achievements.batch(batch_id)
            if batch is None:
                raise AchievementGone
            if batch.importer == judge.id:
                raise OnesOwn
            count = await work.achievements.judge_batch(batch_id, judge=judge.id, now=now)
            if not count:
                return batch, 0
            importer = await work.people.by_id(batch.importer, now=now) if batch.importer else None
            if importer is not None:
                letter = self._letters.batch_confirmed(batch, count, importer, judge, now=now)
                await work.outbox.put([letter])
            await work.audit.add(
                AuditRecord(
                    at=now,
                    actor=judge.id,
                    deed=Deed.ACHIEVEMENT_CONFIRMED,
                    about=batch.importer,
                    details={"import": batch_id, "count": count},
                )
            )
            return batch, count

    async def withdraw(self, member: Person, number: AchievementId, *, now: datetime) -> None:
        """Take back one's own that nobody has judged Raises AlreadyJudged."""
        async with self._begin() as work:
            reporter = await demand(work, member, Role.MEMBER, now=now)
            if not await work.achievements.withdraw(number, of=reporter.id):
                found = await _achievement(work, number)
                raise AlreadyJudged(found.state)

    async def everything(self, member: Person, *, now: datetime) -> Sequence[Achievement]:
        """All that is not refused, the latest year first."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            return await work.achievements.all()

    async def _tell(
        self, work: ResearchWork, after: Achievement, judge: Person, now: datetime
    ) -> None:
        if after.reporter is None:
            return
        reporter = await work.people.by_id(after.reporter, now=now)
        if reporter is not None:
            await work.outbox.put([self._letters.judged(after, reporter, judge, now=now)])


async def _achievement(work: ResearchWork, number: AchievementId) -> Achievement:
    found = await work.achievements.get(number)
    if found is None:
        raise AchievementGone
    return found


async def _made_way(work: ResearchWork, number: AchievementId, reporter: Person) -> BatchId | None:
    """The import of the old one, so that the new one is confirmed together with it."""
    old = await work.achievements.get(number)
    if old is None or old.reporter != reporter.id or old.state is AchievementState.REFUSED:
        return None
    if not await work.achievements.withdraw(number, of=reporter.id):
        raise AlreadyJudged(AchievementState.CONFIRMED)
    return old.batch


async def _seen(work: ResearchWork, number: AchievementId, person: Person) -> SeenAchievement:
    found = await _achievement(work, number)
    mine = found.reporter == person.id
    batch = await work.achievements.batch(found.batch) if found.batch and not mine else None
    return SeenAchievement(
        achievement=found, mine=mine, batch=batch if batch and batch.waiting > 1 else None
    )
