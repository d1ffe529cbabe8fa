"""Reading the exam calendar from content/calendar, one file for each intake."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, tzinfo
from pathlib import Path

from msgspec import Struct

from branch.content import intakes
from branch.content.faults import Faults
from branch.content.files import files_in
from branch.content.provenance import Reliability, Source, source_in
from branch.content.tables import Table, table_in
from branch.exam_calendar.calendar import ExamCalendar
from branch.exam_calendar.model import MILESTONES, PROVINCES, Milestone, Moment
from texts.language import Language

NEEDS_A_PAGE = (Reliability.A, Reliability.B)


class _File(Struct, frozen=True, kw_only=True):
    """What the milestones of one file share."""

    intake: int
    source: Source
    checked_on: date
    zone: tzinfo


def read_calendar(content: Path, faults: Faults, *, zone: tzinfo) -> ExamCalendar:
    """The calendar below `content`, its hours in `zone`; unusable while there are faults."""
    milestones: list[Milestone] = []
    for path in files_in(content / "calendar", "*.yaml", faults):
        table = table_in(path, faults)
        if table is not None:
            milestones.extend(_milestones_in(table, path, zone))
    return ExamCalendar(milestones)


def _milestones_in(table: Table, path: Path, zone: tzinfo) -> list[Milestone]:
    intake = table.parsed("intake", intakes.intake_of, "a year like 2027", 0)
    if intake and path.stem != str(intake):
        table.fault("intake", f"is {intake}, but the file is called {path.name}")
    shared = _File(
        intake=intake,
        source=source_in(table, needs_url=False),
        checked_on=table.day("checked_on"),
        zone=zone,
    )
    milestones = [_milestone(each, shared) for each in table.tables("milestones")]
    table.done()
    _check_ids(table, [each.id for each in milestones])
    return milestones


def _check_ids(table: Table, ids: list[str]) -> None:
    for twice in sorted({each for each in ids if ids.count(each) > 1}):
        table.fault("milestones", f"has {twice!r} twice; keep one")
    places = [MILESTONES.index(each) for each in ids if each in MILESTONES]
    if places != sorted(places):
        table.fault("milestones", f"must stand in this order: {', '.join(MILESTONES)}")


def _milestone(table: Table, shared: _File) -> Milestone:
    starts, ends = _when(table, shared.zone)
    checked_on = table.day("checked_on") if table.has("checked_on") else shared.checked_on
    source = source_in(table, needs_url=False) if table.has("source") else shared.source
    milestone = Milestone(
        id=table.parsed("id", _known_id, f"one of {', '.join(MILESTONES)}", ""),
        intake=shared.intake,
        names=table.by_language("name"),
        starts=starts,
        ends=ends,
        daily=table.text_if_any("daily"),
        usual=table.by_language("usual") if table.has("usual") else None,
        expected=_expected(table),
        reliability=table.one_of("reliability", Reliability),
        source=source,
        checked_on=checked_on,
        note=table.by_language("note") if table.has("note") else None,
        provinces=_provinces(table),
    )
    if milestone.reliability in NEEDS_A_PAGE and milestone.source.url is None:
        table.fault("reliability", "A and B need the `url` of the page it was seen on")
    table.done()
    return milestone


def _when(table: Table, zone: tzinfo) -> tuple[Moment | None, Moment | None]:
    if not table.flag("announced", otherwise=True):
        if table.has("starts") or table.has("ends"):
            table.fault("announced", "is false, so there can be no `starts` and no `ends`")
        if not table.has("usual"):
            table.fault("usual", "is missing; what is not announced must say when it usually is")
        return None, None
    expected, anyway = "a time like 2026-10-09 09:00 or a day like 2026-10-09", _someday(zone)
    starts = table.parsed("starts", _moment_in(zone), expected, anyway)
    if not table.has("ends"):
        return starts, None
    ends = table.parsed("ends", _moment_in(zone), expected, anyway)
    if ends.passed_at <= starts.at and anyway not in {starts, ends}:
        table.fault("ends", "is before `starts`")
    return starts, ends


def _moment_in(zone: tzinfo) -> Callable[[str], Moment]:
    def moment(text: str) -> Moment:
        if ":" in text:
            at = datetime.fromisoformat(text)
            if at.tzinfo is not None:
                raise ValueError(text)
            return Moment(at.replace(tzinfo=zone), has_hour=True)
        return Moment(datetime.combine(date.fromisoformat(text), time(), zone), has_hour=False)

    return moment


def _someday(zone: tzinfo) -> Moment:
    return Moment(datetime(intakes.FIRST, 1, 1, tzinfo=zone), has_hour=False)


def _known_id(text: str) -> str:
    if text not in MILESTONES:
        raise ValueError(text)
    return text


def _expected(table: Table) -> tuple[date, date] | None:
    inner = table.table("expected") if table.has("expected") else None
    if inner is None:
        return None
    days = inner.day("from"), inner.day("to")
    if days[1] < days[0]:
        inner.fault("to", "is before `from`")
    inner.done()
    return days


def _provinces(table: Table) -> Mapping[str, Mapping[Language, str]]:
    inner = table.table("provinces") if table.has("provinces") else None
    if inner is None:
        return {}
    for unknown in set(inner.keys()) - set(PROVINCES):
        inner.fault(unknown, f"is no province; one of {', '.join(PROVINCES)}")
    return {province: inner.by_language(province) for province in inner.keys()}  # noqa: SIM118 -- a Table is no mapping
