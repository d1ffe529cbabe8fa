"""Says when a milestone is: from the exam calendar, in words, with the weekday and how far away."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup
from msgspec import Struct

from branch.content.provenance import Source
from branch.exam_calendar.calendar import ExamCalendar
from branch.exam_calendar.model import Milestone, MilestoneId, Phase
from texts.language import Language
from texts.renderer import Texts

EARLIER_SHOWN = 2


class CalendarLine(Struct, frozen=True, kw_only=True):
    """One milestone on the calendar's screen."""

    name: str
    phase: Phase
    when: Markup
    earlier: Sequence[tuple[int, date, date]] = ()
    """When it was in the years before, where it is not announced: intake, first and last day."""


class StepWords(Struct, frozen=True, kw_only=True):
    """All that is known of one milestone, in one language."""

    line: CalendarLine
    intake: int
    daily: str
    note: str
    provinces: Sequence[tuple[str, str]]
    source: Source
    checked_on: date | None


class CalendarWords:
    """The exam calendar in words; what answers and screens ask for a date."""

    def __init__(self, calendar: ExamCalendar, texts: Texts, zone: ZoneInfo) -> None:
        self._calendar = calendar
        self._texts = texts
        self._zone = zone
        self._asked: tuple[datetime, int] | None = None
        self._following: dict[tuple[int, Language], CalendarLine | None] = {}

    @property
    def version(self) -> int:
        """Grows whenever the calendar says something else than before."""
        return self._calendar.version

    def milestones(self, intake: int) -> Sequence[Milestone]:
        return self._calendar.milestones(intake)

    def out_of_step(self, step: Milestone) -> Milestone | None:
        return self._calendar.out_of_step(step)

    def coming(self, now: datetime) -> Sequence[Milestone]:
        """What is under way or next in the current intake, in order."""
        return self._calendar.coming(self.current_intake(now), now)

    def name(self, step: Milestone, language: Language) -> str:
        return _in(language, step.names)

    def usual(self, step: Milestone, language: Language) -> str:
        """When it usually is, in words; empty where nobody knows."""
        return _in(language, step.usual or self._calendar.usual_next(step.id) or {})

    def current_intake(self, now: datetime) -> int:
        return self._calendar.current_intake(now.astimezone(self._zone).date())

    def intakes(self) -> tuple[int, ...]:
        return self._calendar.intakes

    def nearest_intake(self, wanted: int | None, now: datetime) -> int:
        """The wanted intake if the calendar has it, otherwise the current one's or the latest."""
        known = self._calendar.intakes
        if wanted in known:
            return wanted
        return min(self.current_intake(now), max(known))

    def say(
        self, intake: int | None, milestone: str, form: str, language: Language, now: datetime
    ) -> str:
        """When the milestone is, as HTML. Form: `whole`, `date` or `status` (a clause)."""
        step = self._calendar.milestone(intake or self.current_intake(now), milestone)
        return self.when(step, form, language, now)

    def lines(self, intake: int, language: Language, now: datetime) -> list[CalendarLine]:
        """Every milestone of the intake, in order, as of `now`.

        Of an intake that is over, what nobody ever wrote down is left out.
        """
        steps = self._calendar.milestones(intake)
        if intake < self.current_intake(now):
            steps = tuple(step for step in steps if step.announced)
        return [self._line(step, "line", language, now) for step in steps]

    def step(
        self, intake: int, milestone: MilestoneId, language: Language, now: datetime
    ) -> StepWords:
        """One milestone with its note, its provinces and where it is from."""
        step = self._calendar.milestone(intake, milestone)
        return StepWords(
            line=self._line(step, "whole", language, now),
            intake=intake,
            daily=step.daily or "",
            note=_in(language, step.note or {}),
            provinces=[
                (self._texts.label(f"province.{name}", language), _in(language, words))
                for name, words in step.provinces.items()
            ],
            source=step.source,
            checked_on=step.checked_on,
        )

    def following(
        self, intake: int | None, language: Language, now: datetime
    ) -> CalendarLine | None:
        """The next dated step of the intake (or of the current one); None when nothing is dated."""
        shown, minute = self.nearest_intake(intake, now), now.replace(second=0, microsecond=0)
        if self._asked != (minute, self.version):
            # every menu says this, and it changes by the minute at most
            self._asked, self._following = (minute, self.version), {}
        if (shown, language) not in self._following:
            self._following[shown, language] = self._find_following(shown, language, minute)
        return self._following[shown, language]

    def _find_following(
        self, intake: int, language: Language, now: datetime
    ) -> CalendarLine | None:
        for step in self._calendar.milestones(intake):
            if step.phase(now) in (Phase.UPCOMING, Phase.UNDER_WAY):
                return self._line(step, "whole", language, now)
        return None

    def _line(self, step: Milestone, form: str, language: Language, now: datetime) -> CalendarLine:
        return CalendarLine(
            name=_in(language, step.names),
            phase=step.phase(now),
            when=Markup(self.when(step, form, language, now)),  # noqa: S704 -- a template's output
            earlier=self._earlier(step),
        )

    def _earlier(self, step: Milestone) -> Sequence[tuple[int, date, date]]:
        if step.announced:
            return ()
        before = self._calendar.earlier(step.intake, step.id)[:EARLIER_SHOWN]
        return [
            (each.intake, each.first_day, each.last_day)
            for each in before
            if each.first_day is not None and each.last_day is not None
        ]

    def when(self, step: Milestone, form: str, language: Language, now: datetime) -> str:
        """When this milestone is, as `say` says it."""
        today = now.astimezone(self._zone).date()
        first, last = step.first_day, step.last_day
        years = {day.year for day in (first, last) if day}
        following = self._calendar.milestone(step.intake + 1, step.id)
        return self._texts.render(
            f"dates/{form}",
            language,
            phase=str(step.phase(now)),
            first=first,
            last=last,
            year=years != {today.year},
            days=step.days_left(now),
            days_to_end=(last - today).days if last else None,
            ends=step.ends.at if step.ends and step.ends.has_hour else None,
            usual=self.usual(step, language),
            next_intake=step.intake + 1,
            next_first=following.first_day,
            next_last=following.last_day,
        )


def _in(language: Language, words: object) -> str:
    if not isinstance(words, dict) or not words:
        return ""
    return str(words.get(language) or words[Language.ZH])
