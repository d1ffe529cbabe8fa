"""What all letters about a call have in common."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from msgspec import Struct

from branch.outbox.kinds import LetterKind
from branch.outbox.model import Letter
from branch.papers.model import Call
from branch.people.model import PersonId
from texts.language import Language
from texts.renderer import Texts

CHANGE_IS_USEFUL_FOR: Final = timedelta(days=7)


class Taps(Struct, frozen=True, kw_only=True):
    """What the buttons below letters say; each is given the number of what it opens."""

    call: Callable[[int], str]
    hand_in: Callable[[int], str]
    review: Callable[[int], str]
    decide: Callable[[int], str]


class Letterhead:
    def __init__(self, texts: Texts, taps: Taps) -> None:
        self._texts = texts
        self._taps = taps

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
        concerns: PersonId | None = None,
        **values: Any,
    ) -> Letter:
        words = self._texts.render(f"papers/{template}", language, plan=call.plan, **values)
        row = [(self._texts.label(button[0], language), button[1])] if button else []
        return Letter(
            key=f"{call.about}{key}:{to}",
            to=to,
            kind=kind,
            about=call.about,
            concerns=concerns,
            body=words,
            buttons=[row] if row else [],
            due_at=now,
            useful_until=useful_until or now + CHANGE_IS_USEFUL_FOR,
        )
