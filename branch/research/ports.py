"""What research asks of the database, and of whoever knows what sentences mean."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from branch.outbox.ports import Outbox
from branch.people.model import PersonId
from branch.people.ports import Audit, People
from branch.research.achievement import (
    Achievement,
    AchievementId,
    AchievementState,
    Batch,
    BatchId,
    Claim,
)
from branch.research.model import Problem, ProblemId, ProblemState, Topic, TopicId, TopicKind

Floats = NDArray[np.float32]


class Sense(Struct, frozen=True):
    """What texts mean: a row of length one for each, and from which cosine two mean the same."""

    vectors: Floats
    same_from: float


class Meaning(Protocol):
    def sense(self, texts: Sequence[str]) -> Sense:
        """Takes a moment for texts that are new: call it aside."""
        ...


class Topics(Protocol):
    async def add(
        self, text: str, kind: TopicKind, *, key: str, person: PersonId, now: datetime
    ) -> tuple[TopicId, bool]:
        """Its number, and whether it is new: one with the same key stays as it is."""
        ...

    async def get(self, topic: TopicId) -> Topic | None: ...
    async def loose(self, *, limit: int) -> Sequence[Topic]:
        """Those of no problem, the newest first."""
        ...

    async def count_loose(self) -> int: ...
    async def of(self, problem: ProblemId) -> Sequence[Topic]: ...
    async def grouped(self, *, limit: int) -> Sequence[Topic]:
        """Those of problems that are not solved, the newest first."""
        ...

    async def put(self, topics: Sequence[TopicId], problem: ProblemId) -> int:
        """Make those that are loose belong to it; how many were."""
        ...

    async def take_out(self, topic: TopicId) -> None: ...
    async def move_all(self, old: ProblemId, new: ProblemId) -> None: ...
    async def remove(self, topic: TopicId, *, of: PersonId) -> bool:
        """Take away one that is theirs and loose; whether it was."""
        ...


class Problems(Protocol):
    async def add(
        self, name: str, *, key: str, author: PersonId, now: datetime
    ) -> tuple[ProblemId, bool]:
        """Its number, and whether it is new: one with the same key stays as it is."""
        ...

    async def get(self, problem: ProblemId) -> Problem | None: ...
    async def lock(self, problem: ProblemId) -> Problem | None:
        """The same; until this transaction ends nobody else changes it."""
        ...

    async def page(self, state: ProblemState, *, start: int, limit: int) -> Sequence[Problem]:
        """From number `start` on, those with most votes first."""
        ...

    async def count(self, state: ProblemState) -> int: ...
    async def on_day(self, day: int) -> Sequence[Problem]: ...
    async def change(self, problem: ProblemId, **values: Any) -> None: ...
    async def remove(self, problem: ProblemId) -> None: ...
    async def vote(self, problem: ProblemId, person: PersonId, *, now: datetime) -> None: ...
    async def take_back(self, problem: ProblemId, person: PersonId) -> None: ...
    async def voted(self, problem: ProblemId, person: PersonId) -> bool: ...
    async def move_votes(self, old: ProblemId, new: ProblemId) -> None: ...


class Achievements(Protocol):
    async def lock(self) -> None:
        """Until this transaction ends, no other that asks the same records any."""
        ...

    async def add(
        self,
        claim: Claim,
        *,
        key: str,
        reporter: PersonId,
        now: datetime,
        batch: BatchId | None = None,
    ) -> tuple[AchievementId | None, bool]:
        """Its number, and whether it is new; None where another says the same."""
        ...

    async def same_as(self, claim: Claim) -> Achievement | None: ...
    async def known(self) -> Mapping[str, AchievementId]:
        """What is recorded and not refused, by DOI and by the key of the title."""
        ...

    async def get(self, achievement: AchievementId) -> Achievement | None: ...
    async def judge(
        self,
        achievement: AchievementId,
        state: AchievementState,
        *,
        judge: PersonId,
        now: datetime,
        reason: str = "",
    ) -> bool:
        """False if somebody has judged it before. What is refused may be recorded anew."""
        ...

    async def withdraw(self, achievement: AchievementId, *, of: PersonId) -> bool:
        """Take away one that is theirs and that nobody has judged; whether it was."""
        ...

    async def page(
        self, state: AchievementState, *, start: int, limit: int
    ) -> Sequence[Achievement]:
        """The newest first; of those that wait the oldest."""
        ...

    async def count(self, state: AchievementState) -> int: ...
    async def all(self) -> Sequence[Achievement]:
        """Those that are not refused, by year and kind."""
        ...

    async def add_batch(
        self, file_name: str, *, key: str, importer: PersonId, now: datetime
    ) -> tuple[BatchId, bool]: ...
    async def batch(self, batch: BatchId) -> Batch | None: ...
    async def judge_batch(self, batch: BatchId, *, judge: PersonId, now: datetime) -> int:
        """Confirm what of it nobody has judged; how many."""
        ...


class ResearchWork(Protocol):
    @property
    def people(self) -> People: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def topics(self) -> Topics: ...
    @property
    def problems(self) -> Problems: ...
    @property
    def achievements(self) -> Achievements: ...


Begin = Callable[[], AbstractAsyncContextManager[ResearchWork]]
