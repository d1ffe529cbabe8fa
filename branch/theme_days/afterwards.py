"""What is left of a day: minutes, pictures, and what people thought of it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from msgspec import Struct

from branch.theme_days.model import ThemeDayId

LONGEST_MINUTES: Final = 3_000
LONGEST_REMARK: Final = 500
MOST_PHOTOS: Final = 10
RATINGS: Final = (1, 2, 3, 4, 5)
SHOWN_FROM: Final = 5
"""Of fewer ratings none is shown: with four of them one can guess whose is whose."""
ASKED_AFTER: Final = timedelta(minutes=10)
ASKED_FOR: Final = timedelta(days=3)


class Minutes(Struct, frozen=True, kw_only=True):
    """`text` is Telegram's HTML; `photos` are pictures that Telegram keeps."""

    day: ThemeDayId
    text: str = ""
    photos: tuple[str, ...] = ()


class Feedback(Struct, frozen=True, kw_only=True):
    """`counts`: how many gave 1, 2, … 5; `asked` could have said something."""

    counts: tuple[int, ...]
    remarks: Sequence[str]
    asked: int

    @property
    def number(self) -> int:
        return sum(self.counts)

    @property
    def enough(self) -> bool:
        return self.number >= SHOWN_FROM

    @property
    def mean(self) -> float:
        """Of at least one."""
        return sum(n * each for n, each in zip(RATINGS, self.counts, strict=True)) / self.number
