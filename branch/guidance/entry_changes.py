"""Makes an entry of what members typed, and says what does not fit and why."""

import hashlib
import re
from collections.abc import Callable, Collection
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from branch.content.faults import Faults
from branch.content.intakes import intake_of
from branch.content.provenance import Reliability, Source
from branch.guidance.body import Body
from branch.guidance.entry_fields import Changes, Field, value_of
from branch.guidance.entry_reading import (
    EVERY,
    FEWEST_WORDINGS,
    LONGEST_QUESTION,
    MOST_RELATED,
)
from branch.guidance.errors import Unfit, Why
from branch.guidance.markdown import body_of
from branch.guidance.model import Entry, Origin, Slug, TopicId
from branch.guidance.plain_markdown import as_markdown
from texts.language import Language

LONGEST_TYPED_QUESTION = 80
LONGEST_WORDING = 100
MOST_WORDINGS = 300
LONGEST_LINE = 200
FIRST_REVIEW = timedelta(days=180)
NAMELESS = Slug("")
_CENTURY = 2000
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_LIST_MARK = re.compile(r"^(?:[-*]\s+|[•·●▪]\s*|\d{1,3}[.)\u3001]\s*(?=\D))")
_LINK = re.compile(
    r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\uff0c\u3002\uff1b\uff1a\uff01\uff1f\uff09]"
)
_DAY = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})")
_YEAR = re.compile(r"(?<!\d)(20\d\d|\d\d)(?!\d)")


class Surroundings(Struct, frozen=True, kw_only=True):
    """What an entry may point to, and how somebody's words find an entry."""

    topics: Collection[str]
    milestones: Collection[tuple[int, str]]
    find: Callable[[str], Slug | None]


def revised(entry: Entry, changes: Changes, around: Surroundings) -> Entry:
    """The entry with these fields changed. Raises Unfit at the first that does not fit."""
    for field, value in changes.items():
        entry = _with(entry, field, value, around)
    return checked(entry, around)


def blank(note: str, on: date) -> Entry:
    """What a new entry is before anybody has said anything about it: for all, and unchecked."""
    return Entry(
        slug=NAMELESS,
        topic=TopicId(""),
        questions={},
        bodies={},
        wordings={},
        not_wordings=(),
        source=Source(name=""),
        intake=None,
        reliability=Reliability.C,
        needs_check=note or None,
        checked_on=on,
        review_after=on + FIRST_REVIEW,
        origin=Origin.CHAT,
    )


def named(entry: Entry) -> Entry:
    """A new entry gets its name from its question: the same question gives the same name."""
    if entry.slug != NAMELESS:
        return entry
    return replace(entry, slug=slug_of(entry.questions[Language.ZH]))


def slug_of(question: str) -> Slug:
    return Slug(f"q-{hashlib.sha256(question.encode()).hexdigest()[:12]}")


def lines_of(text: str) -> tuple[str, ...]:
    """The lines that say something, each once, without marks of a list."""
    lines = (_LIST_MARK.sub("", one_line(line)) for line in text.splitlines())
    return tuple(dict.fromkeys(filter(None, lines)))


def one_line(text: str) -> str:
    return " ".join(_INVISIBLE.sub(" ", text).split())


def plain_line(text: str) -> str:
    """The text as it is where it is one line that can be shown, and made one otherwise."""
    return one_line(text) if _INVISIBLE.search(text.strip()) else text.strip()


def _with(entry: Entry, field: Field, value: str, around: Surroundings) -> Entry:
    match field:
        case Field.QUESTION | Field.QUESTION_EN:
            return _asked(entry, field, value)
        case Field.WORDINGS | Field.WORDINGS_EN:
            wordings = {**entry.wordings, field.language: _wordings(field, value)}
            return replace(entry, wordings=wordings)
        case Field.BODY | Field.BODY_EN:
            return _answered(entry, field, value)
        case Field.NOT_WORDINGS:
            return replace(entry, not_wordings=_wordings(field, value))
        case Field.RELATED:
            return replace(entry, related=_related(entry, value, around))
    return _with_provenance(entry, field, value, around)


def _with_provenance(entry: Entry, field: Field, value: str, around: Surroundings) -> Entry:
    match field:
        case Field.SOURCE:
            return replace(entry, source=_source(value))
        case Field.INTAKE:
            return replace(entry, intake=None if value == EVERY else _intake(value))
        case Field.NEEDS_CHECK:
            return replace(entry, needs_check=_short(field, value) if value.strip() else None)
        case Field.REVIEW_AFTER:
            return replace(entry, review_after=_day(entry, value))
        case Field.RELIABILITY if value in set(Reliability):
            return replace(entry, reliability=Reliability(value))
        case Field.TOPIC if value in around.topics:
            return replace(entry, topic=TopicId(value))
    raise Unfit(field, Why.UNKNOWN_TOPIC if field is Field.TOPIC else Why.UNKNOWN_KIND, value)


def _asked(entry: Entry, field: Field, value: str) -> Entry:
    question = _short(field, value, longest=LONGEST_TYPED_QUESTION)
    wordings = {field.language: (), **entry.wordings}
    questions = {**entry.questions, field.language: question}
    return replace(entry, questions=questions, wordings=wordings)


def _answered(entry: Entry, field: Field, value: str) -> Entry:
    markdown = as_markdown(value)
    if not markdown:
        raise Unfit(field, Why.EMPTY)
    body = _body(field, markdown, value)
    return replace(
        entry,
        markdown={**entry.markdown, field.language: markdown},
        bodies={**entry.bodies, field.language: body},
    )


def _body(field: Field, markdown: str, value: str) -> Body:
    faults = Faults()
    body = body_of(markdown, Path(f"{field}.md"), faults, line=1)
    if faults.noted:
        raise Unfit(field, Why.UNKNOWN_DATE if "{{" in value else Why.SHAPE)
    return body


def _wordings(field: Field, value: str) -> tuple[str, ...]:
    wordings = lines_of(value)
    if len(wordings) > MOST_WORDINGS:
        raise Unfit(field, Why.TOO_MANY, str(MOST_WORDINGS))
    for wording in wordings:
        _short(field, wording, longest=LONGEST_WORDING)
    return wordings


def _related(entry: Entry, value: str, around: Surroundings) -> tuple[Slug, ...]:
    found: dict[Slug, None] = {}
    for line in lines_of(value):
        slug = around.find(line)
        if slug is None or slug == entry.slug:
            raise Unfit(Field.RELATED, Why.UNKNOWN_ENTRY, line)
        found[slug] = None
    if len(found) > MOST_RELATED:
        raise Unfit(Field.RELATED, Why.TOO_MANY, str(MOST_RELATED))
    return tuple(found)


def _source(value: str) -> Source:
    said = one_line(value)
    link = _LINK.search(said)
    if link is None:
        if "://" in said:
            raise Unfit(Field.SOURCE, Why.BAD_LINK)
        return Source(name=_short(Field.SOURCE, said))
    name = one_line(said.replace(link[0], " ")).strip(" ,;:\uff0c\uff1b\uff1a\u3002()\uff08\uff09")
    return Source(name=name or link[0].split("/")[2], url=link[0])


def _intake(value: str) -> int:
    year = _YEAR.search(value)
    if year is None:
        raise Unfit(Field.INTAKE, Why.NO_YEAR)
    short = int(year[1])
    return intake_of(str(short if short >= _CENTURY else _CENTURY + short))


def _day(entry: Entry, value: str) -> date:
    found = _DAY.search(value)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        raise Unfit(Field.REVIEW_AFTER, Why.NO_DAY)
    if day <= entry.checked_on:
        raise Unfit(Field.REVIEW_AFTER, Why.DAY_TOO_EARLY)
    return day


def _short(field: Field, value: str, *, longest: int = LONGEST_LINE) -> str:
    text = one_line(value)
    if not text:
        raise Unfit(field, Why.EMPTY)
    if len(text) > longest:
        raise Unfit(field, Why.TOO_LONG, str(longest))
    return text


def checked(entry: Entry, around: Surroundings) -> Entry:
    """What hangs together fits together; an entry short of wordings says where it comes from."""
    for needed in (Field.QUESTION, Field.BODY, Field.SOURCE, Field.TOPIC):
        if not value_of(entry, needed):
            raise Unfit(needed, Why.EMPTY)
    for both in sorted(set(entry.not_wordings) & set(entry.wordings[Language.ZH])):
        raise Unfit(Field.NOT_WORDINGS, Why.BOTH_WAYS, both)
    if set(entry.questions) != set(entry.bodies):
        missing = Field.QUESTION_EN if Language.EN in entry.bodies else Field.BODY_EN
        raise Unfit(missing, Why.ENGLISH_INCOMPLETE)
    if entry.reliability in {Reliability.A, Reliability.B} and entry.source.url is None:
        raise Unfit(Field.SOURCE, Why.LINK_MISSING)
    if entry.reliability is Reliability.K and entry.needs_check is None:
        raise Unfit(Field.NEEDS_CHECK, Why.NOTE_MISSING)
    _check_dates(entry, around)
    wordings = {each: entry.wordings.get(each, ()) for each in entry.questions}
    entry = replace(entry, wordings=wordings)
    short = entry.origin is Origin.FILE and not _is_long_enough(entry)
    return replace(entry, origin=Origin.CHAT) if short else entry


def _check_dates(entry: Entry, around: Surroundings) -> None:
    anywhere = {milestone for _, milestone in around.milestones}
    for placeholder in (each for body in entry.bodies.values() for each in body.placeholders):
        intake, name = placeholder.intake or entry.intake, placeholder.milestone
        if intake is None and name not in anywhere:
            raise Unfit(Field.BODY, Why.UNKNOWN_DATE, name)
        if intake is not None and (intake, name) not in around.milestones:
            raise Unfit(Field.BODY, Why.UNKNOWN_DATE, f"{name}@{intake}")


def _is_long_enough(entry: Entry) -> bool:
    """Whether it is all that a file must be."""
    return bool(entry.not_wordings) and all(
        len(question) <= LONGEST_QUESTION[language]
        and len(entry.wordings[language]) >= FEWEST_WORDINGS[language]
        for language, question in entry.questions.items()
    )


def changed_fields(before: Entry, after: Entry) -> tuple[Field, ...]:
    return tuple(field for field in Field if value_of(before, field) != value_of(after, field))
