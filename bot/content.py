"""Reads all the content at once, so that one report names every fault."""

from datetime import timedelta
from pathlib import Path
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.edition import edition_of
from bot.kept_arrays import KeptArrays
from bot.settings import Settings
from branch.content.faults import Faults
from branch.dates.holidays import Holidays
from branch.exam_calendar.calendar import ExamCalendar
from branch.exam_calendar.model import PRELIMINARY_EXAM
from branch.exam_calendar.reading import read_calendar
from branch.guidance.reading import read_library
from branch.guidance.service import GuidanceLibrary
from branch.guidance.starting import first_shelf, keep_library, kept_library, names_of
from branch.notices.occasions import Occasion
from branch.notices.reading_occasions import read_occasions
from branch.tickets.reading_terms import read_terms
from branch.tickets.working_hours import Closed, WorkingHours
from texts.language import Language

_MADE: Final = "made"


class _Kept(NamedTuple):
    arrays: KeptArrays
    edition: str


class Content(Struct, frozen=True):
    calendar: ExamCalendar
    library: GuidanceLibrary
    hours: WorkingHours
    occasions: tuple[Occasion, ...] = ()


def read_content(folder: Path, zone: ZoneInfo, cache: Path | None = None) -> Content:
    """What the branch knows. Raises ContentBroken with every fault of every file.

    With a `cache` what is read and made of the answers is kept there: the next time it is sooner.
    """
    faults = Faults()
    calendar = read_calendar(folder, faults, zone=zone)
    milestones = None if faults.noted else calendar.known()
    kept = None if cache is None else _Kept(KeptArrays(cache, _MADE), edition_of(folder))
    known = kept and kept_library(*kept)
    library = known or read_library(folder, faults, milestones=milestones)
    hours = read_terms(folder, faults, zone=zone)
    occasions = read_occasions(folder, faults)
    faults.raise_if_any()
    if kept is not None and known is None:
        keep_library(library, *kept)
    shelf = first_shelf(library, *kept) if kept is not None else GuidanceLibrary(library)
    return Content(calendar, shelf, hours, occasions)


def content_of(settings: Settings) -> Content:
    """The content these settings name, from what was kept of it where that is good."""
    return read_content(settings.content_dir, settings.timezone, settings.cache_dir)


def is_prepared(settings: Settings) -> bool:
    """Whether what is made of this very content is kept, as far as anything can be kept."""
    kept = KeptArrays(settings.cache_dir, _MADE)
    names = names_of(edition_of(settings.content_dir))
    return all(map(kept.has, names)) or not kept.can_be_written


def busy_days(content: Content) -> Holidays:
    """Holidays and weeks of exams, that of the preliminary exam from the Monday before it."""
    weeks: list[Closed] = []
    for intake in content.calendar.intakes:
        exam = content.calendar.milestone(intake, PRELIMINARY_EXAM)
        if exam.first_day is not None and exam.last_day is not None:
            monday = exam.first_day - timedelta(days=exam.first_day.weekday())
            weeks.append(Closed(monday, exam.last_day, exam.names[Language.ZH]))
    return Holidays([*weeks, *content.hours.exams, *content.hours.closed])
