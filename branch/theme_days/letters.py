"""The letters of a theme day: soon, a place for you, changed, cancelled."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from branch.outbox.kinds import LetterKind
from branch.outbox.model import Letter
from branch.people.model import PersonId
from branch.theme_days.model import ThemeDay, ThemeDayId
from texts.language import Language
from texts.renderer import Texts

LEADS: Final = (timedelta(hours=24), timedelta(hours=2))
CHANGE_IS_USEFUL_FOR: Final = timedelta(days=3)

Tap = Callable[[ThemeDayId], str]


class DayLetters:
    """`show` and `cannot` are what the buttons below say."""

    def __init__(self, texts: Texts, *, show: Tap, go: Tap, cannot: Tap) -> None:
        self._texts = texts
        self._show = show
        self._go = go
        self._cannot = cannot

    def soon(self, day: ThemeDay, to: PersonId, language: Language, lead: timedelta) -> Letter:
        return self._letter(
            day,
            to,
            language,
            template="soon",
            key=soon_key(day, to, lead),
            kind=LetterKind.THEME_DAY,
            due_at=day.plan.starts_at - lead,
            useful_until=day.plan.starts_at,
            buttons=[("button.cannot_come", self._cannot), ("button.this_day", self._show)],
            hours=round(lead.total_seconds() / 3600),
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
            buttons=[("button.come", self._go), ("button.cannot_come", self._cannot)],
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
            buttons=[("button.this_day", self._show)],
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


def soon_key(day: ThemeDay, to: PersonId, lead: timedelta) -> str:
    """Another time is another reminder."""
    starts, hours = day.plan.starts_at, round(lead.total_seconds() / 3600)
    return f"{day.about}soon:{starts:%Y%m%d%H%M}:{hours}:{to}"
