"""The parts of an entry that members change, one at a time."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from branch.guidance.entry_reading import EVERY
from branch.guidance.model import Entry
from texts.language import Language


class Field(StrEnum):
    QUESTION = "question"
    WORDINGS = "wordings"
    NOT_WORDINGS = "not_wordings"
    BODY = "body"
    SOURCE = "source"
    INTAKE = "intake"
    RELIABILITY = "reliability"
    NEEDS_CHECK = "needs_check"
    REVIEW_AFTER = "review_after"
    RELATED = "related"
    TOPIC = "topic"
    QUESTION_EN = "question_en"
    WORDINGS_EN = "wordings_en"
    BODY_EN = "body_en"

    @property
    def language(self) -> Language:
        return Language.EN if self.value.endswith("_en") else Language.ZH

    @property
    def is_list(self) -> bool:
        return self in _LISTS


_LISTS = (Field.WORDINGS, Field.WORDINGS_EN, Field.NOT_WORDINGS, Field.RELATED)
Changes = Mapping[Field, str]
"""What somebody makes of each field, as text; lists have one item a line."""


def value_of(entry: Entry, field: Field) -> str:
    """The field as text, in the form in which it may be sent back."""
    match field:
        case Field.QUESTION | Field.QUESTION_EN:
            return entry.questions.get(field.language, "")
        case Field.WORDINGS | Field.WORDINGS_EN:
            return "\n".join(entry.wordings.get(field.language, ()))
        case Field.BODY | Field.BODY_EN:
            return entry.markdown.get(field.language, "")
    return _OTHERS[field](entry)


_OTHERS: Mapping[Field, Callable[[Entry], str]] = {
    Field.NOT_WORDINGS: lambda entry: "\n".join(entry.not_wordings),
    Field.SOURCE: lambda entry: " ".join(filter(None, (entry.source.name, entry.source.url))),
    Field.INTAKE: lambda entry: EVERY if entry.intake is None else str(entry.intake),
    Field.RELIABILITY: lambda entry: entry.reliability,
    Field.NEEDS_CHECK: lambda entry: entry.needs_check or "",
    Field.REVIEW_AFTER: lambda entry: entry.review_after.isoformat(),
    Field.RELATED: lambda entry: "\n".join(entry.related),
    Field.TOPIC: lambda entry: entry.topic,
}
