"""The letters of research: what a second person has said of what somebody reported."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from branch.outbox.kinds import LetterKind
from branch.outbox.model import Letter
from branch.people.model import Person
from branch.research.achievement import Achievement, AchievementId, AchievementState, Batch
from texts.renderer import Texts

USEFUL_FOR: Final = timedelta(days=30)


class ResearchLetters:
    """`show` is what the button below says."""

    def __init__(self, texts: Texts, *, show: Callable[[AchievementId], str]) -> None:
        self._texts = texts
        self._show = show

    def judged(
        self, achievement: Achievement, to: Person, judge: Person, *, now: datetime
    ) -> Letter:
        body = self._texts.render(
            "research/judged",
            to.language,
            title=achievement.claim.title,
            confirmed=achievement.state is AchievementState.CONFIRMED,
            reason=achievement.reason,
            judge=judge.name,
        )
        look = self._texts.label("button.this_achievement", to.language)
        return Letter(
            key=f"achievement:{achievement.id}:{achievement.state}",
            to=to.id,
            kind=LetterKind.RESEARCH_STATE,
            about=f"achievement:{achievement.id}:",
            concerns=judge.id,
            body=body,
            buttons=[[(look, self._show(achievement.id))]],
            due_at=now,
            useful_until=now + USEFUL_FOR,
        )

    def batch_confirmed(
        self, batch: Batch, count: int, to: Person, judge: Person, *, now: datetime
    ) -> Letter:
        return Letter(
            key=f"research-import:{batch.id}:{now.isoformat()}",
            to=to.id,
            kind=LetterKind.RESEARCH_STATE,
            about=f"research-import:{batch.id}:",
            concerns=judge.id,
            body=self._texts.render(
                "research/batch_judged",
                to.language,
                file_name=batch.file_name,
                count=count,
                judge=judge.name,
            ),
            due_at=now,
            useful_until=now + USEFUL_FOR,
        )
