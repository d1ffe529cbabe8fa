"""The text of an answer: a small part of Markdown, turned into Telegram's HTML."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class DateForm(StrEnum):
    """How a date is said: with its countdown, alone, or as a clause on where things stand."""

    WHOLE = "whole"
    DATE = "date"
    STATUS = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholder:
    """A date that the exam calendar fills in; no intake means the entry's own."""

    milestone: str
    intake: int | None = None
    form: DateForm = DateForm.WHOLE


@dataclass(frozen=True, slots=True)
class Body:
    parts: tuple[str | Placeholder, ...]

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        return tuple(part for part in self.parts if isinstance(part, Placeholder))

    def html(self, fill: Callable[[Placeholder], str]) -> str:
        """The body as Telegram HTML; what `fill` returns is trusted to be HTML already."""
        return "".join(part if isinstance(part, str) else fill(part) for part in self.parts)
