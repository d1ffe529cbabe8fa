"""The exam calendar: which intake is current, and when its steps are, were, or usually are."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from branch.content import intakes
from branch.exam_calendar.model import MILESTONES, Milestone, MilestoneId, Phase
from texts.language import Language

_OVER = (Phase.OVER, Phase.PROBABLY_OVER)


class ExamCalendar:
    """What is known of all intakes; an intake nobody has written yet is simply not announced."""

    def __init__(self, milestones: Iterable[Milestone]) -> None:
        self._known = {(milestone.intake, milestone.id): milestone for milestone in milestones}
        self.version = 0
        """Grows with every change that is taken over."""

    def with_milestones(self, changed: Iterable[Milestone]) -> "ExamCalendar":
        """Another calendar, with these in the place of what it says of them now."""
        return ExamCalendar([*self._known.values(), *changed])

    def take_over(self, other: "ExamCalendar") -> None:
        """Say from now on what the other says: whoever holds this one sees it at once."""
        known = {key: other.milestone(*key) for key in other.known()}
        if known != self._known:
            self._known = known
            self.version += 1

    @property
    def intakes(self) -> tuple[int, ...]:
        return tuple(sorted({intake for intake, _ in self._known}))

    def current_intake(self, on: date) -> int:
        """The intake whose admission is not over: in November 2026 that of 2027."""
        return intakes.current_intake(on)

    def known(self) -> frozenset[tuple[int, MilestoneId]]:
        """The intake and id of every milestone that was written down."""
        return frozenset(self._known)

    def milestone(self, intake: int, milestone: MilestoneId) -> Milestone:
        """The milestone; where nobody wrote it yet, one that is not announced.

        Raises KeyError for an id that is not in MILESTONES.
        """
        written = self._known.get((intake, milestone))
        return written if written is not None else self._unwritten(intake, milestone)

    def milestones(self, intake: int) -> tuple[Milestone, ...]:
        return tuple(self.milestone(intake, each) for each in MILESTONES)

    def coming(self, intake: int, now: datetime) -> list[Milestone]:
        """What is under way or still to come, in order."""
        return [each for each in self.milestones(intake) if each.phase(now) not in _OVER]

    def stage(self, now: datetime) -> MilestoneId | None:
        """The step of the current intake that is under way or next; `now` in the branch's zone."""
        coming = self.coming(self.current_intake(now.date()), now)
        return coming[0].id if coming else None

    def out_of_step(self, step: Milestone) -> Milestone | None:
        """An announced one that usually comes before this and would begin after it, or the reverse.

        Milestones may overlap, so that this is a reason to look twice, not a fault.
        """
        place = MILESTONES.index(step.id)
        for other in self.milestones(step.intake):
            if step.starts is None or other.starts is None or other.id == step.id:
                continue
            comes_before = MILESTONES.index(other.id) < place
            if (other.starts.day > step.starts.day) is comes_before and (
                other.starts.day != step.starts.day
            ):
                return other
        return None

    def earlier(self, intake: int, milestone: MilestoneId) -> list[Milestone]:
        """The same milestone in the years before, the latest first, where its dates are known."""
        written = [self._known.get((year, milestone)) for year in self.intakes if year < intake]
        return [each for each in reversed(written) if each is not None and each.announced]

    def usual_next(self, milestone: MilestoneId) -> Mapping[Language, str] | None:
        """When the next one may be expected, in words, from the latest intake that says so."""
        for intake in reversed(self.intakes):
            written = self._known.get((intake, milestone))
            if written is not None and written.usual is not None:
                return written.usual
        return None

    def _names(self, milestone: MilestoneId) -> Mapping[Language, str]:
        for intake in reversed(self.intakes):
            written = self._known.get((intake, milestone))
            if written is not None:
                return written.names
        return dict.fromkeys(Language, milestone)

    def _unwritten(self, intake: int, milestone: MilestoneId) -> Milestone:
        if milestone not in MILESTONES:
            raise KeyError(milestone)
        return Milestone(
            id=milestone,
            intake=intake,
            names=self._names(milestone),
            usual=self.usual_next(milestone),
            expected=self._expected(intake, milestone),
        )

    def _expected(self, intake: int, milestone: MilestoneId) -> tuple[date, date] | None:
        """The days of the nearest intake that has any, as many years away as the intakes are."""
        for year in sorted(self.intakes, key=lambda year: (abs(year - intake), -year)):
            written = self._known.get((year, milestone))
            days = written.days if written is not None else None
            if days is not None:
                return _years_later(days[0], intake - year), _years_later(days[1], intake - year)
        return None


def _years_later(day: date, years: int) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap_day else day.day)
