"""The text of an answer: a small part of Markdown, turned into Telegram's HTML."""

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct


class DateForm(StrEnum):
    """How a date is said: with its countdown, alone, or as a clause on where things stand."""

    WHOLE = "whole"
    DATE = "date"
    STATUS = "status"


class Placeholder(Struct, frozen=True, kw_only=True):
    """A date that the exam calendar fills in; no intake means the entry's own."""

    milestone: str
    intake: int | None = None
    form: DateForm = DateForm.WHOLE


class Body(Struct, frozen=True):
    parts: tuple[str | Placeholder, ...]

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        return tuple(part for part in self.parts if isinstance(part, Placeholder))

    def html(self, fill: Callable[[Placeholder], str]) -> str:
        """The body as Telegram HTML; what `fill` returns is trusted to be HTML already."""
        return "".join(part if isinstance(part, str) else fill(part) for part in self.parts)
