"""The letters of a theme day: soon, a place for you, changed, cancelled."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from msgspec import Struct

from branch.outbox.kinds import LetterKind
from branch.outbox.model import Letter
from branch.people.model import Person, PersonId
from branch.theme_days.afterwards import ASKED_AFTER, ASKED_FOR, RATINGS
from branch.theme_days.model import ThemeDay, ThemeDayId
from branch.theme_days.series import Series
from texts.language import Language
from texts.renderer import Texts

CHANGE_IS_USEFUL_FOR: Final = timedelta(days=3)

Tap = Callable[[ThemeDayId], str]


class DayTaps(Struct, frozen=True, kw_only=True):
    """What the buttons below letters say."""

    show: Tap
    go: Tap
    cannot: Tap
    change: Tap
    rate: Callable[[ThemeDayId, int], str]


class DayLetters:
    def __init__(self, texts: Texts, taps: DayTaps) -> None:
        self._texts = texts
        self._taps = taps

    def soon(self, day: ThemeDay, to: PersonId, language: Language, lead: int) -> Letter:
        """So many hours before."""
        return self._letter(
            day,
            to,
            language,
            template="soon",
            key=soon_key(day, to, lead),
            kind=LetterKind.THEME_DAY,
            due_at=day.reminded_at(lead),
            useful_until=day.plan.starts_at,
            buttons=[
                ("button.cannot_come", self._taps.cannot),
                ("button.this_day", self._taps.show),
            ],
        )

    def offered(
        self, day: ThemeDay, to: PersonId, language: Language, *, until: datetime, now: datetime
    ) -> Letter:
        return self._letter(
            day,
            to,
            language,
            template="offered",
            key=f"{day.about}offer:{to}:{now.isoformat()}",
            kind=LetterKind.THEME_DAY_PLACE,
            due_at=now,
            useful_until=until,
            buttons=[("button.come", self._taps.go), ("button.cannot_come", self._taps.cannot)],
            until=until,
        )

    def changed(
        self, day: ThemeDay, before: ThemeDay, to: PersonId, language: Language, *, now: datetime
    ) -> Letter:
        return self._letter(
            day,
            to,
            language,
            template="changed",
            key=f"{day.about}changed:{day.version}:{to}",
            kind=LetterKind.THEME_DAY_CHANGE,
            due_at=now,
            useful_until=now + CHANGE_IS_USEFUL_FOR,
            buttons=[("button.this_day", self._taps.show)],
            before=before.plan,
        )

    def cancelled(
        self, day: ThemeDay, to: PersonId, language: Language, *, now: datetime
    ) -> Letter:
        return self._letter(
            day,
            to,
            language,
            template="cancelled",
            key=f"{day.about}cancelled:{to}",
            kind=LetterKind.THEME_DAY_CHANGE,
            due_at=now,
            useful_until=now + CHANGE_IS_USEFUL_FOR,
            buttons=[],
        )

    def planned(self, day: ThemeDay, series: Series, to: Person, *, now: datetime) -> Letter:
        """The rule of a series has led to a day: its author is to complete it."""
        return self._letter(
            day,
            to.id,
            to.language,
            template="planned",
            key=f"{day.about}planned:{to.id}",
            kind=LetterKind.THEME_DAY_TASK,
            due_at=now,
            useful_until=day.plan.starts_at,
            buttons=[
                ("button.complete_day", self._taps.change),
                ("button.this_day", self._taps.show),
            ],
            series=series.plan.name,
        )

    def how_was_it(self, day: ThemeDay, to: PersonId, language: Language) -> Letter:
        """To who was there."""
        words = self._texts.render("themedays/how_was_it", language, plan=day.plan)
        row = [(f"{each}", self._taps.rate(day.id, each)) for each in RATINGS]
        asked_at = day.ends_at() + ASKED_AFTER
        return Letter(
            key=f"{day.about}feedback:{to}",
            to=to,
            kind=LetterKind.THEME_DAY_FEEDBACK,
            about=day.about,
            body=words,
            buttons=[row],
            due_at=asked_at,
            useful_until=asked_at + ASKED_FOR,
        )

    def title(self, series: Series, number: int, language: Language) -> str:
        return self._texts.label("themeday.issue", language, name=series.plan.name, number=number)

    def _letter(
        self,
        day: ThemeDay,
        to: PersonId,
        language: Language,
        *,
        template: str,
        key: str,
        kind: LetterKind,
        due_at: datetime,
        useful_until: datetime,
        buttons: list[tuple[str, Tap]],
        **values: Any,
    ) -> Letter:
        words = self._texts.render(f"themedays/{template}", language, plan=day.plan, **values)
        row = [(self._texts.label(name, language), tap(day.id)) for name, tap in buttons]
        return Letter(
            key=key,
            to=to,
            kind=kind,
            about=day.about,
            body=words,
            buttons=[row] if row else [],
            due_at=due_at,
            useful_until=useful_until,
        )


def soon_key(day: ThemeDay, to: PersonId, lead: int) -> str:
    """Another time is another reminder."""
    return f"{day.about}soon:{day.plan.starts_at:%Y%m%d%H%M}:{lead}:{to}"
