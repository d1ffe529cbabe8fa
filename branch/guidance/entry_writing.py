"""Writing entries as files are written: reading the text again gives an equal entry."""

import hashlib
import re
from collections.abc import Iterable, Iterator

from branch.content.front_matter import FENCE
from branch.guidance.entry_reading import EVERY
from branch.guidance.entry_texts import EntryTexts
from branch.guidance.model import Entry, Origin
from texts.language import Language

_NULLS = ("", "~", "null")
_BREAKS_YAML = re.compile(
    r"^[\s\-?:,\[\]{}#&*!|>'\"%@`=]|^(?:---|\.\.\.)|:(?:\s|$)|\s#|[\n\\\x7f-\x9f\u2028\u2029\ufeff]"
)
"""What a plain value of YAML must not begin with or hold; better quoted once too often."""
_IN_FLOW = re.compile(r"[,\[\]{}]")
_ESCAPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def texts_of(entry: Entry) -> EntryTexts:
    """The files of the entry, by language."""
    return EntryTexts(
        slug=entry.slug,
        topic=entry.topic,
        texts={
            language: _file(_front(entry, language), entry.markdown[language])
            for language in Language
            if language in entry.questions
        },
    )


def fingerprint(entry: Entry | None) -> str:
    """Equal for two entries only if their files say the same; empty for one that is not there."""
    if entry is None or entry.retired_on is not None:
        return ""
    written = texts_of(entry)
    parts = [written.topic, *(f"{name}\n{text}" for name, text in written.texts.items())]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _file(front: Iterable[str], body: str) -> str:
    return "\n".join([FENCE, *front, FENCE, body, ""])


def _front(entry: Entry, language: Language) -> Iterator[str]:
    yield f"question: {_value(entry.questions[language])}"
    yield from _list("wordings", entry.wordings[language])
    if language is Language.ZH:
        yield from _list("not_wordings", entry.not_wordings)
        yield from _provenance(entry)


def _provenance(entry: Entry) -> Iterator[str]:
    yield "source:"
    yield f"  name: {_value(entry.source.name)}"
    if entry.source.url is not None:
        yield f"  url: {_value(entry.source.url)}"
    yield f"intake: {EVERY if entry.intake is None else entry.intake}"
    yield f"reliability: {entry.reliability}"
    if entry.needs_check is not None:
        yield f"needs_check: {_value(entry.needs_check)}"
    yield f"checked_on: {entry.checked_on}"
    yield f"review_after: {entry.review_after}"
    if entry.related:
        yield f"related: [{', '.join(_value(slug, flow=True) for slug in entry.related)}]"
    if entry.origin is not Origin.FILE:
        yield f"origin: {entry.origin}"
    if entry.retired_on is not None:
        yield f"retired_on: {entry.retired_on}"


def _list(key: str, texts: Iterable[str]) -> Iterator[str]:
    lines = [f"  - {_value(text)}" for text in texts]
    if lines:
        yield f"{key}:"
        yield from lines


def _value(text: str, *, flow: bool = False) -> str:
    plain = text.lower() not in _NULLS and not _BREAKS_YAML.search(text)
    if plain and not (flow and _IN_FLOW.search(text)):
        return text
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{_ESCAPED.sub(_escape, quoted)}"'


def _escape(sign: re.Match[str]) -> str:
    return f"\\u{ord(sign[0]):04x}"
