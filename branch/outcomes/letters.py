"""The letters of outcomes: a report was judged, a disputed row is settled."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from branch.outbox.kinds import LetterKind
from branch.outbox.model import Letter
from branch.outcomes.model import OutcomeReport, ReportState
from branch.outcomes.ports import Claim
from branch.people.model import Person
from texts.renderer import Texts

USEFUL_FOR: Final = timedelta(days=30)


class OutcomeLetters:
    """`show` is what the button below says: one's own outcome."""

    def __init__(self, texts: Texts, *, show: Callable[[], str]) -> None:
        self._texts = texts
        self._show = show

    def judged(self, report: OutcomeReport, to: Person, *, now: datetime) -> Letter:
        return self._letter(
            f"{report.about}judged:{now.isoformat()}",
            report.about,
            to,
            "outcomes/judged",
            now=now,
            kind=self._texts.label(f"outcome.{report.kind}", to.language),
            verified=report.state is ReportState.VERIFIED,
            reason=report.reason or "",
        )

    def settled(self, claim: Claim, to: Person, *, has_it: bool, now: datetime) -> Letter:
        return self._letter(
            f"roster:{claim.id}:settled:{to.id}",
            f"roster:{claim.id}:",
            to,
            "outcomes/settled",
            now=now,
            has_it=has_it,
            claimed=to.id == claim.person,
        )

    def _letter(
        self, key: str, about: str, to: Person, template: str, *, now: datetime, **values: Any
    ) -> Letter:
        button = self._texts.label("button.my_outcome", to.language)
        return Letter(
            key=key,
            to=to.id,
            kind=LetterKind.OUTCOME_STATE,
            about=about,
            body=self._texts.render(template, to.language, **values),
            buttons=[[(button, self._show())]],
            due_at=now,
            useful_until=now + USEFUL_FOR,
        )
