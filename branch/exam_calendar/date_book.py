"""Members change dates: each change is kept, shown at once, and told to whom it concerns."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from msgspec import Struct
from msgspec.structs import asdict

from branch.content.provenance import Source
from branch.exam_calendar.edits import THE_FILES, Edit, EditDeed, EditId, NewEdit, with_code
from branch.exam_calendar.live_calendar import LiveCalendar
from branch.exam_calendar.model import MILESTONES, Milestone, MilestoneId
from branch.exam_calendar.planning import ReminderPlanner
from branch.exam_calendar.ports import Begin, CalendarWork
from branch.exam_calendar.reminders import about, about_any
from branch.outbox.kinds import LetterKind
from branch.people.model import AuditRecord, Deed, Person, Role
from branch.people.permission import demand

HISTORY_SHOWN = 8
TRIES = 5


class DateUnknown(Exception):
    """There is no such milestone, or no such intake."""


class DateMovedOn(Exception):
    """Somebody else has changed it meanwhile."""

    def __init__(self, latest: Edit) -> None:
        super().__init__(latest.id)
        self.latest = latest


class NothingToTakeBack(Exception):
    """It is as the files have it."""


class CalendarNeverStill(Exception):
    """Others changed dates again and again while this was to be written."""


class DateCard(Struct, frozen=True, kw_only=True):
    """A milestone as members see it; `told` is how many people its present dates have reached."""

    step: Milestone
    history: Sequence[Edit]
    told: int

    @property
    def version(self) -> EditId:
        return self.history[0].id if self.history else THE_FILES


class DateBook:
    """Who is no member gets NotAllowed. A change is one transaction with all its letters."""

    def __init__(
        self, begin: Begin, look: Begin, live: LiveCalendar, planner: ReminderPlanner, zone: tzinfo
    ) -> None:
        self._begin = begin
        self._look = look
        self._live = live
        self._planner = planner
        self._zone = zone

    async def see(
        self, by: Person, intake: int, milestone: MilestoneId, *, now: datetime
    ) -> DateCard:
        """Raises DateUnknown."""
        await self._live.catch_up()
        async with self._look() as work:
            await demand(work, by, Role.MEMBER, now=now)
            return await self._card(work, intake, milestone)

    def proposed(self, step: Milestone, code: str) -> Milestone:
        """The milestone as it would be; nothing is written."""
        return with_code(step, code, self._zone)

    async def change(
        self,
        by: Person,
        intake: int,
        milestone: MilestoneId,
        *,
        code: str,
        source: Source,
        over: EditId,
        now: datetime,
    ) -> DateCard:
        """Show these dates from now on; the same a second time changes nothing.

        Raises DateUnknown, DateMovedOn, CalendarNeverStill.
        """
        return await self._take(
            by, intake, milestone, EditDeed.CHANGED, (code, source), over=over, now=now
        )

    async def undo(
        self, by: Person, intake: int, milestone: MilestoneId, *, over: EditId, now: datetime
    ) -> DateCard:
        """Take back the latest change. Raises NothingToTakeBack and what `change` raises."""
        card = await self.see(by, intake, milestone, now=now)
        if not card.history:
            raise NothingToTakeBack
        if card.version != over:
            raise DateMovedOn(card.history[0])
        before = next((each for each in card.history if each.id == card.history[0].parent), None)
        content = (None, Source(name="")) if before is None else (before.code, before.source)
        return await self._take(by, intake, milestone, EditDeed.UNDONE, content, over=over, now=now)

    async def _take(
        self,
        by: Person,
        intake: int,
        milestone: MilestoneId,
        deed: EditDeed,
        content: tuple[str | None, Source],
        *,
        over: EditId,
        now: datetime,
    ) -> DateCard:
        for _ in range(TRIES):
            await self._live.catch_up()
            async with self._begin() as work:
                await work.calendar_edits.lock()
                await demand(work, by, Role.MEMBER, now=now)
                if await work.calendar_edits.newest() != self._live.seen:
                    continue
                card = await self._card(work, intake, milestone)
                new = self._edit(by, card, deed, content, over, now)
                if not _is_done(card, new):
                    if card.version != over:
                        raise DateMovedOn(card.history[0])
                    await self._write(work, new, card, by, now)
            await self._live.catch_up()
            return await self.see(by, intake, milestone, now=now)
        raise CalendarNeverStill

    async def _write(
        self, work: CalendarWork, new: NewEdit, card: DateCard, by: Person, now: datetime
    ) -> None:
        number = await work.calendar_edits.add(new)
        calendar = self._live.with_edit(Edit(**asdict(new), id=number, by_name=by.name))
        after = calendar.milestone(new.intake, new.milestone)
        deed = Deed.DATE_CHANGED if new.deed is EditDeed.CHANGED else Deed.DATE_UNDONE
        details: dict[str, str | int] = {
            "intake": new.intake,
            "milestone": new.milestone,
            "from": card.step.code,
            "to": after.code,
        }
        await work.audit.add(AuditRecord(at=now, actor=by.id, deed=deed, details=details))
        await self._planner.write(work, calendar, now=now)

    def _edit(
        self,
        by: Person,
        card: DateCard,
        deed: EditDeed,
        content: tuple[str | None, Source],
        over: EditId,
        now: datetime,
    ) -> NewEdit:
        step, (code, source) = card.step, content
        return NewEdit(
            intake=step.intake,
            milestone=step.id,
            at=now,
            by=by.id,
            deed=deed,
            code=code,
            source=source,
            parent=over,
            basis=self._live.files.milestone(step.intake, step.id).code,
        )

    async def _card(self, work: CalendarWork, intake: int, milestone: MilestoneId) -> DateCard:
        if intake not in self._live.calendar.intakes or milestone not in MILESTONES:
            raise DateUnknown(intake, milestone)
        step = self._live.calendar.milestone(intake, milestone)
        told = await work.outbox.last_told(
            [LetterKind.EXAM_REMINDER, LetterKind.EXAM_CORRECTION],
            about_prefix=about_any(intake, milestone),
        )
        return DateCard(
            step=step,
            history=await work.calendar_edits.of(intake, milestone, limit=HISTORY_SHOWN),
            told=sum(each.about == about(step) for each in told),
        )


def _is_done(card: DateCard, new: NewEdit) -> bool:
    """The same person's second tap, or what is shown already."""
    latest = card.history[0] if card.history else None
    if latest is not None and (latest.parent, latest.by, latest.deed) == (
        new.parent,
        new.by,
        new.deed,
    ):
        return latest.code == new.code
    return new.code == card.step.code and new.source == card.step.source
