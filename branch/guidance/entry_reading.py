"""Reading entries: one Markdown file each, and beside it the same entry in other languages."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct, field

from branch.content.faults import Faults
from branch.content.files import files_in, usable_text
from branch.content.front_matter import Document, document_in, document_of
from branch.content.intakes import intake_of
from branch.content.provenance import Reliability, source_in
from branch.content.tables import Table
from branch.guidance.body import Body
from branch.guidance.entry_texts import EntryTexts
from branch.guidance.markdown import body_of
from branch.guidance.model import Entry, Origin, Slug, TopicId
from texts.language import Language

EVERY = "every"
LONGEST_SLUG = 40
MOST_RELATED = 4
LONGEST_QUESTION = {Language.ZH: 24, Language.EN: 48}
LONGEST_QUESTION_FROM_ELSEWHERE = 200
FEWEST_WORDINGS = {Language.ZH: 8, Language.EN: 5}
_Milestone = tuple[int, str]
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class _Side(Struct, frozen=True, kw_only=True):
    """An entry in one language, as its file has it."""

    slug: str
    language: Language
    file: Path
    front: Table
    body: Body
    markdown: str
    body_line: int
    question: str
    wordings: tuple[str, ...]


class _Shelf(Struct):
    entries: dict[str, Entry] = field(default_factory=dict)
    sides: dict[str, _Side] = field(default_factory=dict)
    """The Chinese side of each entry, to name the line of its faults."""


def read_entries(
    folder: Path,
    faults: Faults,
    *,
    topics: Collection[str],
    milestones: Collection[_Milestone] | None,
) -> tuple[Entry, ...]:
    """All entries below `folder`, by path; unusable while there are faults."""
    sides = [
        side
        for file in files_in(folder, "*/*.md", faults)
        if (side := _side_in(file, faults)) is not None
    ]
    shelf = _Shelf()
    for side in sides:
        if side.language is Language.ZH:
            _put(side, _others(side, sides), shelf, topics)
    _check_translations(sides, faults)
    for slug, entry in shelf.entries.items():
        _check_related(entry, shelf.sides[slug], shelf.entries)
    for side in sides:
        if side.slug in shelf.entries and milestones is not None:
            _check_placeholders(side, shelf.entries[side.slug], milestones)
    _check_wordings(shelf, faults)
    return tuple(shelf.entries.values())


def read_entry(
    written: EntryTexts,
    faults: Faults,
    *,
    topics: Collection[str],
    milestones: Collection[_Milestone] | None,
) -> Entry | None:
    """One entry from its texts; what hangs on other entries is not looked at.

    None where there is no entry at all; unusable where faults were noted.
    """
    sides = [
        side
        for file, text in written.files().items()
        if (usable := usable_text(text, file, faults)) is not None
        and (document := document_of(usable, file, faults)) is not None
        and (side := _side_of(document, file, faults)) is not None
    ]
    shelf = _Shelf()
    for side in sides:
        if side.language is Language.ZH:
            _put(side, _others(side, sides), shelf, topics)
    _check_translations(sides, faults)
    entry = shelf.entries.get(written.slug)
    if entry is not None and milestones is not None:
        for side in sides:
            _check_placeholders(side, entry, milestones)
    return entry


def _side_in(file: Path, faults: Faults) -> _Side | None:
    document = document_in(file, faults)
    return None if document is None else _side_of(document, file, faults)


def _side_of(document: Document, file: Path, faults: Faults) -> _Side | None:
    slug, _, ending = file.name.removesuffix(".md").partition(".")
    if ending not in {"", *(language for language in Language if language is not Language.ZH)}:
        faults.note(file, 1, f"the ending .{ending}.md is no language; write .md or .en.md")
        return None
    language = Language(ending) if ending else Language.ZH
    if not _SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        faults.note(file, 1, f"name it like exam-dates.md, at most {LONGEST_SLUG} characters")
    return _Side(
        slug=slug,
        language=language,
        file=file,
        front=document.front,
        body=body_of(document.body, file, faults, line=document.body_line),
        markdown=document.body.strip(" \n"),
        body_line=document.body_line,
        question=document.front.text("question"),
        wordings=document.front.texts("wordings"),
    )


def _check_size(side: _Side, origin: Origin) -> None:
    """The question fits on a button, and there are wordings enough."""
    own = origin is Origin.FILE
    longest = LONGEST_QUESTION[side.language] if own else LONGEST_QUESTION_FROM_ELSEWHERE
    if len(side.question) > longest:
        reason = f"has {len(side.question)} characters; at most {longest} fit"
        side.front.fault("question", reason)
    fewest = FEWEST_WORDINGS[side.language] if own else 0
    if len(side.wordings) < fewest:
        side.front.fault("wordings", f"has {len(side.wordings)}; write at least {fewest}")


def _others(side: _Side, sides: Iterable[_Side]) -> list[_Side]:
    return [
        each
        for each in sides
        if each.slug == side.slug
        and each.language is not Language.ZH
        and each.file.parent == side.file.parent
    ]


def _put(side: _Side, others: list[_Side], shelf: _Shelf, topics: Collection[str]) -> None:
    topic = side.file.parent.name
    faults = side.front.faults
    if topic not in topics:
        faults.note(side.file, 1, f"the folder {topic!r} is no topic of topics.yaml")
    if side.slug in shelf.sides:
        other = shelf.sides[side.slug].file
        faults.note(side.file, 1, f"{other} has the same name; give one another")
        return
    shelf.sides[side.slug] = side
    shelf.entries[side.slug] = _entry(side, [side, *others])
    for each in (side, *others):
        each.front.done()


def _entry(side: _Side, sides: Sequence[_Side]) -> Entry:
    front = side.front
    origin = front.one_of("origin", Origin) if front.has("origin") else Origin.FILE
    for each in sides:
        _check_size(each, origin)
    reliability = front.one_of("reliability", Reliability)
    checked_on, review_after = _checked(front)
    return Entry(
        slug=Slug(side.slug),
        topic=TopicId(side.file.parent.name),
        questions={each.language: each.question for each in sides},
        bodies={each.language: each.body for each in sides},
        wordings={each.language: each.wordings for each in sides},
        not_wordings=_not_wordings(side, at_least=1 if origin is Origin.FILE else 0),
        source=source_in(front, needs_url=reliability in {Reliability.A, Reliability.B}),
        intake=front.parsed("intake", _intake, f"a year like 2027, or {EVERY}", None),
        reliability=reliability,
        needs_check=_needs_check(front, reliability),
        checked_on=checked_on,
        review_after=review_after,
        related=tuple(map(Slug, front.texts("related"))),
        markdown={each.language: each.markdown for each in sides},
        origin=origin,
        retired_on=front.day("retired_on") if front.has("retired_on") else None,
    )


def _checked(front: Table) -> tuple[date, date]:
    checked_on, review_after = front.day("checked_on"), front.day("review_after")
    if review_after - checked_on <= timedelta() and date.min not in {checked_on, review_after}:
        front.fault("review_after", "must be later than `checked_on`")
    return checked_on, review_after


def _intake(text: str) -> int | None:
    return None if text == EVERY else intake_of(text)


def _not_wordings(side: _Side, *, at_least: int) -> tuple[str, ...]:
    near_misses = side.front.texts("not_wordings", at_least=at_least)
    for both in sorted(set(near_misses) & set(side.wordings)):
        side.front.fault("not_wordings", f"has {both!r}, which is a wording too; keep one")
    return near_misses


def _needs_check(front: Table, reliability: Reliability) -> str | None:
    needs_check = front.text_if_any("needs_check")
    if needs_check is None and reliability is Reliability.K:
        front.fault("needs_check", "is missing; with reliability K say what to check and where")
    return needs_check


def _check_translations(sides: Collection[_Side], faults: Faults) -> None:
    chinese = {(side.file.parent, side.slug) for side in sides if side.language is Language.ZH}
    for side in sides:
        if (side.file.parent, side.slug) not in chinese:
            faults.note(side.file, 1, f"there is no {side.slug}.md beside it; write that first")


def _check_related(entry: Entry, side: _Side, entries: Collection[str]) -> None:
    if len(entry.related) > MOST_RELATED:
        side.front.fault("related", f"has {len(entry.related)}; at most {MOST_RELATED} are shown")
    for slug in entry.related:
        if slug == entry.slug:
            side.front.fault("related", "names the entry itself; delete it")
        elif slug not in entries:
            near = get_close_matches(slug, entries, n=1)
            hint = f"; is {near[0]!r} meant?" if near else ""
            side.front.fault("related", f"names {slug!r}, which does not exist{hint}")


def _check_placeholders(side: _Side, entry: Entry, milestones: Collection[_Milestone]) -> None:
    anywhere = {milestone for _, milestone in milestones}
    for placeholder in side.body.placeholders:
        intake = placeholder.intake if placeholder.intake is not None else entry.intake
        name = placeholder.milestone
        if (intake, name) in milestones or (intake is None and name in anywhere):
            continue
        year = f"the intake {intake} of the calendar" if intake is not None else "the calendar"
        near = get_close_matches(name, anywhere, n=1)
        hint = f"; is {near[0]!r} meant?" if near and near[0] != name else ""
        reason = f"{year} has no milestone {name!r}{hint}"
        side.front.faults.note(side.file, side.body_line, reason)


def _check_wordings(shelf: _Shelf, faults: Faults) -> None:
    taken: dict[str, str] = {}
    for slug, entry in shelf.entries.items():
        if entry.retired_on is not None:
            continue
        for wording in entry.wordings[Language.ZH]:
            if wording in taken:
                side = shelf.sides[slug]
                reason = f"{wording!r} is a wording of {taken[wording]!r} too; keep one"
                faults.note(side.file, side.front.line_of("wordings"), reason)
            taken[wording] = slug
