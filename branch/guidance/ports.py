"""What the answers ask of the world: words for dates, and a place for what was learnt."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from numpy.typing import NDArray

from texts.language import Language


class DateWords(Protocol):
    def say(
        self, intake: int | None, milestone: str, form: str, language: Language, now: datetime
    ) -> str:
        """When `milestone` of `intake` is, in words, safe to stand in Telegram HTML.

        No intake means the current one; `form` is a value of `guidance.body.DateForm`.
        """
        ...


class KeptArrays(Protocol):
    """Arrays of numbers that took long to make, for the next start."""

    def read(self, name: str) -> Mapping[str, NDArray[Any]] | None:
        """None where they are not kept, or cannot be read any more."""
        ...

    def write(self, name: str, arrays: Mapping[str, NDArray[Any]]) -> None: ...

    def told(self, done: int, of: int) -> None:
        """How far the making is; may raise to end it."""
        ...
