"""The letters of a call: remember it, its deadline has moved, what has become of a paper."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from branch.outbox.kinds import LetterKind
from branch.outbox.model import Letter
from branch.papers.model import Call
from branch.people.model import PersonId
from texts.language import Language
from texts.renderer import Texts

LEADS: Final = (timedelta(days=7), timedelta(days=2), timedelta(hours=12))
"""So long before the deadline people are reminded."""
CHANGE_IS_USEFUL_FOR: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taps:
    """What the buttons below letters say; each is given the number of what it opens."""

    call: Callable[[int], str]
    hand_in: Callable[[int], str]


class PaperLetters:
    def __init__(self, texts: Texts, taps: Taps) -> None:
        self._texts = texts
        self._taps = taps

    def moved(
        self, call: Call, before: datetime, to: PersonId, language: Language, *, now: datetime
    ) -> Letter:
        """Its deadline is another now."""
        return self._letter(
            call,
            to,
            language,
            template="deadline_moved",
            key=f"moved:{call.version}",
            now=now,
            button=("button.my_paper", self._taps.hand_in(call.id)),
            before=before,
        )

    def closed(self, call: Call, to: PersonId, language: Language, *, now: datetime) -> Letter:
        return self._letter(
            call,
            to,
            language,
            template="call_closed",
            key="closed",
            now=now,
            button=("button.this_call", self._taps.call(call.id)),
        )

    def _letter(
        self,
        call: Call,
        to: PersonId,
        language: Language,
        *,
        template: str,
        key: str,
        now: datetime,
        button: tuple[str, str] | None,
        kind: LetterKind = LetterKind.PAPER_STATE,
        useful_until: datetime | None = None,
        **values: Any,
    ) -> Letter:
        words = self._texts.render(f"papers/{template}", language, plan=call.plan, **values)
        row = [(self._texts.label(button[0], language), button[1])] if button else []
        return Letter(
            key=f"{call.about}{key}:{to}",
            to=to,
            kind=kind,
            about=call.about,
            body=words,
            buttons=[row] if row else [],
            due_at=now,
            useful_until=useful_until or now + CHANGE_IS_USEFUL_FOR,
        )


def reminder_keys(call: Call, to: PersonId) -> list[str]:
    """Another deadline is another reminder."""
    when = f"{call.plan.deadline:%Y%m%d%H%M}"
    return [f"{call.about}soon:{when}:{round(lead.total_seconds() / 3600)}:{to}" for lead in LEADS]
