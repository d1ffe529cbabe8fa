"""What the answers ask of the world: words for dates."""

from datetime import datetime
from typing import Protocol

from texts.language import Language


class DateWords(Protocol):
    def say(
        self, intake: int | None, milestone: str, form: str, language: Language, now: datetime
    ) -> str:
        """When `milestone` of `intake` is, in words, safe to stand in Telegram HTML.

        No intake means the current one; `form` is a value of `guidance.body.DateForm`.
        """
        ...
