"""What figures may be narrowed to: which time, which cohort, which of its classes."""

import zlib
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from branch.statistics.desk import Group
from branch.statistics.period import SEASON_BEGINS, Filter, Period
from branch.statistics.telling import Telling
from handlers.buttons import Row
from handlers.figure_words import FigureWords
from handlers.replies import Say
from handlers.statistics_buttons import Choice, MakeButton, Narrow
from handlers.visit import current_visit

GROUPS_OFFERED = 8
Choices = Sequence[tuple[str, Choice]]


class FigureChoices:
    def __init__(self, words: FigureWords, zone: ZoneInfo, say: Say) -> None:
        self._words = words
        self._zone = zone
        self._say = say

    def filter(self, choice: Choice, groups: Sequence[Group] = ()) -> Filter:
        """What is chosen; a period that is none any more is the last thirty days."""
        today = self.today
        return Filter(
            period=Period.read(choice.span, today=today) or Period.days(30, today=today),
            cohort=choice.cohort or None,
            class_name=_class_of(groups, choice.cohort, choice.of_class),
        )

    @property
    def today(self) -> date:
        moment: datetime = current_visit().moment
        return moment.astimezone(self._zone).date()

    @property
    def season(self) -> int:
        """The year in which the season that is under way ends."""
        return self.today.year + (self.today.month >= SEASON_BEGINS)

    @property
    def telling(self) -> Telling:
        return Telling(self._words.speech(current_visit().language))

    def offered(
        self, by: Narrow, present: Choice, groups: Sequence[Group], make: MakeButton
    ) -> list[Row]:
        """A button for each choice, two in a row, the present one ticked."""
        choices = {
            Narrow.PERIOD: self._periods(present),
            Narrow.COHORT: self._cohorts(present, groups),
            Narrow.CLASS: self._classes(present, groups),
        }[by]
        ticked = [
            (f"\u2713 {words}" if choice == present else words, make(choice))
            for words, choice in choices
        ]
        return [ticked[at : at + 2] for at in range(0, len(ticked), 2)]

    def periods(self, present: Choice, spans: Sequence[str]) -> Choices:
        """The present choice, but of each of these times."""
        return [
            (self.telling.period(self.filter(Choice(span))), replace(present, span=span))
            for span in spans
        ]

    def _periods(self, present: Choice) -> Choices:
        year = self.today.year
        spans = ("d7", "d30", "d90", f"y{year}", f"y{year - 1}", f"s{self.season}")
        return self.periods(present, spans)

    def _cohorts(self, present: Choice, groups: Sequence[Group]) -> Choices:
        everybody: tuple[str, Choice] = (
            self._say.label("period.everybody"),
            replace(present, cohort=0, of_class=0),
        )
        cohorts = [each.cohort for each in groups if each.class_name is None and each.cohort]
        return [everybody] + [
            (self.telling.cohort(each), replace(present, cohort=each, of_class=0))
            for each in sorted(cohorts, reverse=True)[:GROUPS_OFFERED]
        ]

    def _classes(self, present: Choice, groups: Sequence[Group]) -> Choices:
        names = [
            each.class_name for each in groups if each.class_name and each.cohort == present.cohort
        ]
        all_classes = (self._say.label("button.all_classes"), replace(present, of_class=0))
        return [all_classes] + [
            (name, replace(present, of_class=_number_of(name))) for name in names[:GROUPS_OFFERED]
        ]


def _number_of(class_name: str) -> int:
    """A name would not fit into a button."""
    return zlib.crc32(class_name.encode())


def _class_of(groups: Sequence[Group], cohort: int, number: int) -> str | None:
    """The class with this number; one that is gone, or has become small, is none."""
    return next(
        (
            each.class_name
            for each in groups
            if each.cohort == cohort and each.class_name and _number_of(each.class_name) == number
        ),
        None,
    )
