"""The exam calendar's picture in somebody's language: its words, drawn once a day and kept."""

import asyncio
import html
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from branch.exam_calendar.model import Milestone, Phase
from handlers.date_words import CalendarWords
from texts.language import Language
from texts.renderer import Texts

if TYPE_CHECKING:
    from branch.exam_calendar.picture import Card, StepState

KEPT = 8
Key = tuple[int, Language, date, int, tuple[Phase, ...]]


class CalendarCards:
    """Pictures are drawn in a thread, one at a time, and what draws them is loaded at the first."""

    def __init__(self, *, words: CalendarWords, texts: Texts, zone: ZoneInfo) -> None:
        self._words = words
        self._texts = texts
        self._zone = zone
        self._kept: OrderedDict[Key, bytes] = OrderedDict()
        self._one_at_a_time = asyncio.Lock()

    async def picture(self, intake: int, language: Language, now: datetime) -> bytes:
        phases = tuple(step.phase(now) for step in self._words.milestones(intake))
        day = now.astimezone(self._zone).date()
        key = (intake, language, day, self._words.version, phases)
        async with self._one_at_a_time:
            if key not in self._kept:
                self._kept[key] = await asyncio.to_thread(self._draw, intake, language, now)
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]

    def _draw(self, intake: int, language: Language, now: datetime) -> bytes:
        from branch.exam_calendar.picture import draw  # noqa: PLC0415 -- most never ask for a picture, and it takes 20 MB

        return draw(self.card(intake, language, now))

    def card(self, intake: int, language: Language, now: datetime) -> "Card":
        """All that the picture says."""
        from branch.exam_calendar.picture import Card, CardStep  # noqa: PLC0415 -- as above

        steps = self._words.milestones(intake)
        return Card(
            heading=self._label("heading", language, year=intake),
            **self._countdown(steps, language, now),
            steps=[
                CardStep(
                    name=self._words.name(step, language),
                    when=self._when(step, language, now),
                    state=_state(step.phase(now)),
                    badge=self._badge(step, language, now),
                )
                for step in steps
            ],
            foot=self._foot(steps, language, now),
        )

    def _countdown(
        self, steps: Sequence[Milestone], language: Language, now: datetime
    ) -> dict[str, Any]:
        """What is under way is less urgent than what comes next; both are on the rail."""
        phases = {step.id: step.phase(now) for step in steps}
        for phase, lead in ((Phase.UPCOMING, "until"), (Phase.UNDER_WAY, "under_way")):
            for step in steps:
                if phases[step.id] is phase:
                    return self._counting(step, lead, language, now)
        for step in steps:
            if phases[step.id] is Phase.NOT_ANNOUNCED:
                lead = self._label("next_open", language, name=self._words.name(step, language))
                return self._still(lead, self._when(step, language, now))
        return self._still(self._label("all_over", language), "")

    def _counting(
        self, step: Milestone, lead: str, language: Language, now: datetime
    ) -> dict[str, Any]:
        days = step.days_left(now) if lead == "until" else self._days_to_end(step, now)
        return {
            "lead": self._label(lead, language, name=self._words.name(step, language)),
            "number": str(days),
            "unit": self._label("day" if days == 1 else "days", language),
            "when": self._when(step, language, now),
        }

    def _still(self, lead: str, when: str) -> dict[str, Any]:
        return {"lead": lead, "number": "", "unit": "", "when": when}

    def _when(self, step: Milestone, language: Language, now: datetime) -> str:
        if step.announced:
            when = self._plain(self._words.when(step, "date", language, now))
            return f"{when} {step.daily}" if step.daily else when
        name = "not_found" if step.phase(now) is Phase.PROBABLY_OVER else "not_announced"
        usual = self._words.usual(step, language)
        said = self._label(name, language)
        space = " " if usual[:1].isdigit() else ""
        return self._label("usually", language, said=said, usual=space + usual) if usual else said

    def _badge(self, step: Milestone, language: Language, now: datetime) -> str:
        match step.phase(now):
            case Phase.UNDER_WAY:
                return self._label("now", language)
            case Phase.UPCOMING:
                days = step.days_left(now)
                name = {0: "today", 1: "tomorrow"}.get(days or 0, "left")
                return self._label(name, language, days=days)
        return ""

    def _foot(self, steps: Sequence[Milestone], language: Language, now: datetime) -> list[str]:
        dated = next((step for step in steps if step.announced), steps[0])
        drawn = self._texts.render("calendar/drawn", language, at=now)
        lines = (
            [self._label("source", language, name=dated.source.name)] if dated.source.name else []
        )
        return [*lines, self._plain(drawn)]

    def _days_to_end(self, step: Milestone, now: datetime) -> int:
        assert step.last_day is not None
        return (step.last_day - now.astimezone(self._zone).date()).days

    def _label(self, name: str, language: Language, /, **values: Any) -> str:
        return self._texts.label(f"card.{name}", language, **values)

    def _plain(self, markup: str) -> str:
        return html.unescape(markup)


def _state(phase: Phase) -> "StepState":
    from branch.exam_calendar.picture import StepState  # noqa: PLC0415 -- as above

    match phase:
        case Phase.OVER:
            return StepState.PAST
        case Phase.PROBABLY_OVER:
            return StepState.PAST
        case Phase.UNDER_WAY:
            return StepState.PRESENT
        case Phase.UPCOMING:
            return StepState.COMING
        case Phase.NOT_ANNOUNCED:
            return StepState.OPEN
