"""An entry on its way into the base: the steps of the form, and what is filled in so far."""

from dataclasses import dataclass, field
from enum import StrEnum

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


@dataclass(slots=True)
class AddDraft:
    changes: dict[Field, str] = field(default_factory=dict)
    checked: bool = False
    wrong: str = ""

    @property
    def after_similar(self) -> Adding:
        """The answer may have come with the question."""
        return Adding.WORDINGS if Field.BODY in self.changes else Adding.BODY
