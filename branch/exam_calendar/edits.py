"""What members made of dates in the chat: each change is kept, the latest stands over the files."""

from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from typing import Final, NewType
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from branch.content.provenance import Reliability, Source
from branch.exam_calendar.model import Milestone, MilestoneId, Moment
from branch.people.model import PersonId

EditId = NewType("EditId", int)
THE_FILES: Final = EditId(0)
OFFICIAL: Final = ("chsi.com.cn", "moe.gov.cn")


class EditDeed(StrEnum):
    CHANGED = "changed"
    UNDONE = "undone"


class NewEdit(Struct, frozen=True, kw_only=True):
    """`code` is the dates as `Milestone.code` writes them; None gives the word to the files again.

    `parent` is the edit that it follows, `basis` what the files said when it was written.
    """

    intake: int
    milestone: MilestoneId
    at: datetime
    by: PersonId | None
    deed: EditDeed
    code: str | None
    source: Source
    parent: EditId
    basis: str


class Edit(NewEdit, frozen=True, kw_only=True):
    id: EditId
    by_name: str | None


def moment_of(code: str, zone: tzinfo) -> Moment:
    if "T" in code:
        at = datetime.strptime(code, "%Y-%m-%dT%H%M").replace(tzinfo=zone)
        return Moment(at, has_hour=True)
    return Moment(datetime.combine(date.fromisoformat(code), time(), zone), has_hour=False)


def with_code(step: Milestone, code: str, zone: tzinfo) -> Milestone:
    """The milestone on the dates that the code writes."""
    if code == step.code:
        return step
    if code == "open":
        return replace(step, starts=None, ends=None)
    starts, *ends = (moment_of(each, zone) for each in code.split("_"))
    return replace(step, starts=starts, ends=ends[0] if ends else None)


def edited(filed: Milestone, edit: Edit, zone: tzinfo) -> Milestone:
    """What is shown of a milestone that the files know as `filed`.

    Files that say something else than when the edit was written, and were checked after it, have
    gone on from there: they win.
    """
    day = edit.at.astimezone(zone).date()
    gone_on = filed.code != edit.basis and filed.checked_on is not None and filed.checked_on > day
    if edit.code is None or gone_on:
        return replace(filed, edited_at=edit.at) if edit.code is None else filed
    return replace(
        with_code(filed, edit.code, zone),
        source=edit.source,
        reliability=_reliability(edit.source),
        checked_on=day,
        edited_at=edit.at,
    )


def _reliability(source: Source) -> Reliability:
    host = urlsplit(source.url or "").hostname or ""
    if not host:
        return Reliability.K
    official = any(host == each or host.endswith(f".{each}") for each in OFFICIAL)
    return Reliability.A if official else Reliability.B
