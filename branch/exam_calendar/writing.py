"""Writing the calendar as its files are written: reading the text again gives equal milestones."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from branch.content.provenance import Source
from branch.exam_calendar.calendar import ExamCalendar
from branch.exam_calendar.model import MILESTONES, Milestone, Moment
from texts.language import Language

_STEP = "    "
_NULLS = ("", "~", "null")
_NEEDS_QUOTES = re.compile(
    r"^[\s\-?:,\[\]{}#&*!|>'\"%@`=]|^\.\.\.|:(?:\s|$)|\s#|[\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]|^[\d:.,\-–]+$"
)
"""What a plain value of YAML must not begin with, hold or be; better quoted once too often."""
_IN_FLOW = re.compile(r"[,\[\]{}:?]")
_ESCAPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def file_of(intake: int) -> Path:
    """Where the intake's text belongs, below the content folder."""
    return Path("calendar") / f"{intake}.yaml"


def changed_files(files: ExamCalendar, shown: ExamCalendar) -> tuple[dict[Path, str], int]:
    """The files that would change to say what is shown, and how many dates that concerns."""
    changed = [
        (step.intake, step.id)
        for intake in shown.intakes
        for step in shown.milestones(intake)
        if replace(step, edited_at=None) != files.milestone(step.intake, step.id)
    ]
    intakes = sorted({intake for intake, _ in changed})
    return {file_of(each): text_of(shown, each) for each in intakes}, len(changed)


def text_of(calendar: ExamCalendar, intake: int) -> str:
    """The file of an intake of which something is known."""
    known = calendar.known()
    written = [calendar.milestone(intake, each) for each in MILESTONES if (intake, each) in known]
    source, checked_on = _commonest(written)
    return "\n".join([*_head(intake, source, checked_on), *_steps(written, source, checked_on), ""])


def _commonest(milestones: Sequence[Milestone]) -> tuple[Source, date | None]:
    """What most of the milestones share stands at the head, and is not repeated."""
    sources = Counter(each.source for each in milestones)
    days = Counter(each.checked_on for each in milestones)
    # of those that are as many, the first in the intake's order
    return max(sources, key=lambda each: sources[each]), max(days, key=lambda each: days[each])


def _head(intake: int, source: Source, checked_on: date | None) -> Iterator[str]:
    yield f"intake: {intake}"
    yield "source:"
    yield from _source(source, "  ")
    yield f"checked_on: {checked_on}"
    yield "milestones:"


def _source(source: Source, margin: str) -> Iterator[str]:
    yield f"{margin}name: {_value(source.name)}"
    if source.url is not None:
        yield f"{margin}url: {_value(source.url)}"


def _steps(
    milestones: Iterable[Milestone], source: Source, checked_on: date | None
) -> Iterator[str]:
    for each in milestones:
        yield f"  - id: {each.id}"
        yield f"{_STEP}name: {_flow(each.names)}"
        yield from _when(each)
        yield f"{_STEP}reliability: {each.reliability}"
        if each.source != source:
            yield f"{_STEP}source:"
            yield from _source(each.source, f"{_STEP}  ")
        if each.checked_on != checked_on:
            yield f"{_STEP}checked_on: {each.checked_on}"
        yield from _notes(each)


def _when(step: Milestone) -> Iterator[str]:
    if step.starts is None:
        yield f"{_STEP}announced: false"
    else:
        yield f"{_STEP}starts: {_moment(step.starts)}"
    if step.ends is not None:
        yield f"{_STEP}ends: {_moment(step.ends)}"
    if step.daily is not None:
        yield f"{_STEP}daily: {_value(step.daily)}"
    if step.usual is not None:
        yield f"{_STEP}usual: {_flow(step.usual)}"
    if step.expected is not None:
        yield f"{_STEP}expected: {{from: {step.expected[0]}, to: {step.expected[1]}}}"


def _notes(step: Milestone) -> Iterator[str]:
    if step.note is not None:
        yield f"{_STEP}note:"
        yield from _block(step.note, f"{_STEP}  ")
    if step.provinces:
        yield f"{_STEP}provinces:"
    for province, words in step.provinces.items():
        yield f"{_STEP}  {_value(province)}:"
        yield from _block(words, f"{_STEP}    ")


def _flow(words: Mapping[Language, str]) -> str:
    return "{" + ", ".join(f"{each}: {_value(words[each], flow=True)}" for each in Language) + "}"


def _block(words: Mapping[Language, str], margin: str) -> Iterator[str]:
    yield from (f"{margin}{each}: {_value(words[each])}" for each in Language)


def _moment(moment: Moment) -> str:
    return f"{moment.at:%Y-%m-%d %H:%M}" if moment.has_hour else str(moment.day)


def _value(text: str, *, flow: bool = False) -> str:
    plain = text.lower() not in _NULLS and not _NEEDS_QUOTES.search(text)
    if plain and not (flow and _IN_FLOW.search(text)):
        return text
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_ESCAPED.sub(_escape, quoted)}"'


def _escape(sign: re.Match[str]) -> str:
    return f"\\u{ord(sign[0]):04x}"
