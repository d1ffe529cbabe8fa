"""Entries as rows of a table, and rows as entries: all fields, or only question and answer."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from branch.content.faults import Faults
from branch.content.intakes import intake_of
from branch.content.provenance import Reliability, Source
from branch.guidance.entry_changes import plain_line, slug_of
from branch.guidance.entry_fields import Field
from branch.guidance.entry_reading import EVERY, LONGEST_QUESTION_FROM_ELSEWHERE
from branch.guidance.errors import Unfit, Why
from branch.guidance.markdown import body_of, shape_faults
from branch.guidance.model import Entry, Origin, Slug, Topic, TopicId
from branch.guidance.plain_markdown import as_markdown
from texts.language import Language

COLUMNS = (
    "slug",
    "topic",
    "question",
    "answer",
    "wordings",
    "not_wordings",
    "source",
    "source_url",
    "intake",
    "reliability",
    "needs_check",
    "checked_on",
    "review_after",
    "related",
    "question_en",
    "answer_en",
    "wordings_en",
    "origin",
)
NEEDED = ("question", "answer")
LONGEST_ANSWER = 20_000
LONGEST_NAME = 200
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PARTED = re.compile(r"[\n|;\uff5c\uff1b]")
Cells = Mapping[str, str]


def row_of(entry: Entry) -> list[str]:
    """The entry's cells, in the order of COLUMNS."""
    english = Language.EN in entry.questions
    cells = {
        "slug": entry.slug,
        "topic": entry.topic,
        "question": entry.questions[Language.ZH],
        "answer": entry.markdown[Language.ZH],
        "wordings": "\n".join(entry.wordings[Language.ZH]),
        "not_wordings": "\n".join(entry.not_wordings),
        "source": entry.source.name,
        "source_url": entry.source.url or "",
        "intake": EVERY if entry.intake is None else str(entry.intake),
        "reliability": entry.reliability,
        "needs_check": entry.needs_check or "",
        "checked_on": entry.checked_on.isoformat(),
        "review_after": entry.review_after.isoformat(),
        "related": "\n".join(entry.related),
        "question_en": entry.questions[Language.EN] if english else "",
        "answer_en": entry.markdown[Language.EN] if english else "",
        "wordings_en": "\n".join(entry.wordings[Language.EN]) if english else "",
        "origin": entry.origin,
    }
    return [str(cells[column]) for column in COLUMNS]


def slug_in(cells: Cells) -> Slug:
    """The row's name; without one the question gives it. Raises Unfit."""
    slug = cells.get("slug", "").strip()
    if not slug:
        return slug_of(_needed(Field.QUESTION, cells["question"]))
    if not _SLUG.fullmatch(slug):
        raise Unfit(Field.QUESTION, Why.UNKNOWN_KIND, slug)
    return Slug(slug)


def entry_in(cells: Cells, before: Entry, topics: Sequence[Topic]) -> Entry:
    """What the row makes of `before`: only the columns that are there. Raises Unfit."""
    whole = "slug" in cells
    entry = _said(cells, replace(before, slug=slug_in(cells)), whole=whole)
    entry = _provenance(cells, entry, topics)
    dates = {
        name: _day(cells[name])
        for name in ("checked_on", "review_after")
        if cells.get(name, "").strip()
    }
    return replace(entry, **dates)


def _said(cells: Cells, entry: Entry, *, whole: bool) -> Entry:
    question = _needed(Field.QUESTION, cells["question"])
    wordings = _lines(cells, "wordings", whole=whole)
    if len(question) > LONGEST_QUESTION_FROM_ELSEWHERE:
        wordings = (question, *(wordings or ()))
        question = question[: LONGEST_QUESTION_FROM_ELSEWHERE - 1] + "…"
    entry = _in_language(entry, Language.ZH, question, cells["answer"], wordings, whole=whole)
    english = plain_line(cells.get("question_en", ""))
    if english:
        said = cells.get("answer_en", "")
        asked = _lines(cells, "wordings_en", whole=whole)
        entry = _in_language(entry, Language.EN, english, said, asked, whole=whole)
    elif "question_en" in cells:
        entry = _without_english(entry)
    near_misses = _lines(cells, "not_wordings", whole=whole)
    if near_misses is not None:
        entry = replace(entry, not_wordings=near_misses)
    related = _lines(cells, "related", whole=whole)
    return entry if related is None else replace(entry, related=tuple(map(Slug, related)))


def _in_language(
    entry: Entry,
    language: Language,
    question: str,
    answer: str,
    wordings: tuple[str, ...] | None,
    *,
    whole: bool,
) -> Entry:
    field = Field.BODY if language is Language.ZH else Field.BODY_EN
    text = answer.strip("\n ")
    if not text:
        raise Unfit(field, Why.EMPTY)
    if len(text) > LONGEST_ANSWER:
        raise Unfit(field, Why.TOO_LONG, str(LONGEST_ANSWER))
    markdown = text if whole and not shape_faults(text) else as_markdown(text)
    faults = Faults()
    body = body_of(markdown, Path("row.md"), faults, line=1)
    if faults.noted:
        raise Unfit(field, Why.UNKNOWN_DATE if "{{" in text else Why.SHAPE)
    asked = wordings if wordings is not None else entry.wordings.get(language, ())
    return replace(
        entry,
        questions={**entry.questions, language: question},
        bodies={**entry.bodies, language: body},
        markdown={**entry.markdown, language: markdown},
        wordings={**entry.wordings, language: asked},
    )


def _without_english(entry: Entry) -> Entry:
    return replace(
        entry,
        questions={Language.ZH: entry.questions[Language.ZH]},
        bodies={Language.ZH: entry.bodies[Language.ZH]},
        markdown={Language.ZH: entry.markdown[Language.ZH]},
        wordings={Language.ZH: entry.wordings[Language.ZH]},
    )


def _provenance(cells: Cells, entry: Entry, topics: Sequence[Topic]) -> Entry:
    if cells.get("source", "").strip():
        entry = replace(entry, source=_source(cells))
    if cells.get("topic", "").strip():
        entry = replace(entry, topic=_topic(cells["topic"].strip(), topics))
    if cells.get("intake", "").strip():
        entry = replace(entry, intake=_intake(cells["intake"].strip()))
    if cells.get("reliability", "").strip():
        kind = _kind(cells["reliability"].strip().upper(), set(Reliability))
        entry = replace(entry, reliability=Reliability(kind))
    if "needs_check" in cells:
        entry = replace(entry, needs_check=plain_line(cells["needs_check"]) or None)
    if cells.get("origin", "").strip():
        entry = replace(entry, origin=Origin(_kind(cells["origin"].strip(), set(Origin))))
    return entry


def _source(cells: Cells) -> Source:
    name, url = plain_line(cells["source"]), cells.get("source_url", "").strip()
    if url and not url.startswith(("https://", "http://")):
        raise Unfit(Field.SOURCE, Why.BAD_LINK, url)
    if len(name) > LONGEST_NAME:
        raise Unfit(Field.SOURCE, Why.TOO_LONG, str(LONGEST_NAME))
    return Source(name=name, url=url or None)


def _topic(named: str, topics: Sequence[Topic]) -> TopicId:
    for topic in topics:
        if named in {topic.id, *topic.names.values()}:
            return topic.id
    raise Unfit(Field.TOPIC, Why.UNKNOWN_TOPIC, named)


def _intake(text: str) -> int | None:
    if text == EVERY:
        return None
    try:
        return intake_of(text)
    except ValueError:
        raise Unfit(Field.INTAKE, Why.NO_YEAR, text) from None


def _kind(text: str, known: Collection[str]) -> str:
    if text not in known:
        raise Unfit(Field.RELIABILITY, Why.UNKNOWN_KIND, text)
    return text


def _day(text: str) -> date:
    """A date as we write it, or as a program for tables shows it: 2026/11/22."""
    try:
        return date(*map(int, re.split(r"[-/.]", text.strip())))
    except (ValueError, TypeError):
        raise Unfit(Field.REVIEW_AFTER, Why.NO_DAY, text) from None


def _lines(cells: Cells, column: str, *, whole: bool) -> tuple[str, ...] | None:
    if column not in cells:
        return None
    parted = cells[column].split("\n") if whole else _PARTED.split(cells[column])
    return tuple(dict.fromkeys(filter(None, map(plain_line, parted))))


def _needed(field: Field, text: str) -> str:
    question = plain_line(text)
    if not question:
        raise Unfit(field, Why.EMPTY)
    return question
