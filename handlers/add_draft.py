"""An entry on its way into the base: the steps of the form, and what is filled in so far."""

from enum import StrEnum

from msgspec import Struct, field

from branch.guidance.entry_fields import Field


class Adding(StrEnum):
    QUESTION = "question"
    SIMILAR = "similar"
    BODY = "body"
    WORDINGS = "wordings"
    SOURCE = "source"
    TOPIC = "topic"
    PREVIEW = "preview"


STEPS = {
    Adding.QUESTION: Field.QUESTION,
    Adding.BODY: Field.BODY,
    Adding.WORDINGS: Field.WORDINGS,
    Adding.SOURCE: Field.SOURCE,
    Adding.TOPIC: Field.TOPIC,
}


class AddDraft(Struct):
    changes: dict[Field, str] = field(default_factory=dict)
    checked: bool = False
    wrong: str = ""

    @property
    def after_similar(self) -> Adding:
        """The answer may have come with the question."""
        return Adding.WORDINGS if Field.BODY in self.changes else Adding.BODY
