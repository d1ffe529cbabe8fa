"""Years of graduation and intakes: which to offer, and how people type them."""

import re
from datetime import datetime

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import filters

from handlers.buttons import Back, ChooseYear, Row, keyboard
from handlers.date_words import CalendarWords
from handlers.incoming import text_of
from handlers.replies import Say

_YEAR = re.compile(r"^\D{0,8}(?P<year>\d{2}|\d{4})\D{0,8}$")
TYPED_YEAR = filters.Regex(_YEAR) & ~filters.COMMAND
_CENTURY = 2000


def typed_year(update: Update) -> int:
    """`27届`, `2027` and `我是 2027 年毕业` all mean 2027. The handler's filter is TYPED_YEAR."""
    found = _YEAR.match(text_of(update))
    assert found is not None
    year = int(found["year"])
    return year if year >= _CENTURY or len(found["year"]) > len("27") else _CENTURY + year


class Years:
    def __init__(self, words: CalendarWords, say: Say) -> None:
        self._words = words
        self._say = say

    def intake_for(self, cohort: int | None, now: datetime) -> int:
        """The exam somebody probably prepares for: their last year's, or the next there is."""
        return max(cohort or 0, self._words.current_intake(now))

    def keyboard(self, now: datetime, *, back: bool = False) -> InlineKeyboardMarkup | None:
        first = self._words.current_intake(now)
        offered = [
            (str(year), ChooseYear(year)) for year in (first, first + 1, first + 2, first + 3)
        ]
        rows: list[Row] = [
            offered[:2],
            offered[2:],
            [(self._say.label("button.other_year"), ChooseYear(0))],
        ]
        if back:
            rows.append([(self._say.label("button.back"), Back())])
        return keyboard(*rows)
