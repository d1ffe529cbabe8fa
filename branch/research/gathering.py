"""Members write topics down; what means the same is brought together into problems."""

import asyncio
import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from branch.people.model import Person, Role
from branch.people.permission import demand
from branch.research.errors import NameUnfit, TopicGone, TopicTaken, TopicUnfit
from branch.research.grouping import group, named_after, nearest_of
from branch.research.guarding import locked
from branch.research.model import (
    LONGEST_NAME,
    LONGEST_TOPIC,
    SHORTEST_TOPIC,
    Problem,
    ProblemId,
    Topic,
    TopicId,
    TopicKind,
)
from branch.research.ports import Begin, Meaning, ResearchWork

COMPARED: Final = 200
"""So many of the newest topics are compared: after a start the embedding reads each anew."""
LISTED: Final = 1_000
NEAR_SHOWN: Final = 3


class SeenTopic(Struct, frozen=True, kw_only=True):
    """A topic, and the problems that seem to be about the same, the nearest first."""

    topic: Topic
    near: Sequence[Problem]


class Proposal(Struct, frozen=True, kw_only=True):
    """Topics that seem to be one problem; `seal` tells this group from any other."""

    topics: Sequence[Topic]
    central: TopicId
    name: str

    @property
    def seal(self) -> int:
        return zlib.crc32(",".join(str(each) for each in self.ids).encode())

    @property
    def ids(self) -> Sequence[TopicId]:
        return sorted(each.id for each in self.topics)


class Gathering:
    """Each raises NotAllowed."""

    def __init__(self, begin: Begin, look: Begin, meaning: Meaning) -> None:
        self._begin = begin
        self._look = look
        self._meaning = meaning

    async def note(
        self, member: Person, kind: TopicKind, text: str, *, key: str, now: datetime
    ) -> SeenTopic:
        """Keep it, and what it is like; the same `key` a second time changes nothing.

        Raises TopicUnfit.
        """
        if not SHORTEST_TOPIC <= len(text) <= LONGEST_TOPIC:
            raise TopicUnfit
        async with self._begin() as work:
            author = await demand(work, member, Role.MEMBER, now=now)
            topic, _ = await work.topics.add(text, kind, key=key, person=author.id, now=now)
        return await self.see(member, topic, now=now)

    async def see(self, member: Person, topic_id: TopicId, *, now: datetime) -> SeenTopic:
        """Raises TopicGone."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            topic = await _topic(work, topic_id)
            others = [] if topic.problem else await work.topics.grouped(limit=COMPARED)
        near = await self._near(topic, others)
        async with self._look() as work:
            found = [await work.problems.get(each) for each in near]
        return SeenTopic(topic=topic, near=[each for each in found if each is not None])

    async def loose(self, member: Person, *, now: datetime) -> Sequence[Topic]:
        """Those of no problem, the newest first."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            return await work.topics.loose(limit=LISTED)

    async def proposals(self, member: Person, *, now: datetime) -> Sequence[Proposal]:
        """Groups of two and more among the topics of no problem, the largest first."""
        topics = (await self.loose(member, now=now))[:COMPARED]
        groups = await asyncio.to_thread(self._grouped, [each.text for each in topics])
        return [
            Proposal(
                topics=[topics[place] for place in places],
                central=topics[central].id,
                name=name,
            )
            for places, central, name in groups
        ]

    async def accept(
        self, member: Person, central: TopicId, seal: int, *, key: str, now: datetime
    ) -> Problem:
        """Make the proposed group a problem. Raises TopicTaken where it has changed since."""
        proposals = await self.proposals(member, now=now)
        for each in proposals:
            if each.central == central and each.seal == seal:
                return await self.make(member, each.ids, each.name, key=key, now=now)
        raise TopicTaken

    async def make(
        self,
        member: Person,
        topics: Sequence[TopicId],
        name: str = "",
        *,
        key: str,
        now: datetime,
    ) -> Problem:
        """A problem of these topics; the same `key` a second time changes nothing.

        Raises TopicGone, TopicTaken where one of them has become part of another.
        """
        async with self._begin() as work:
            author = await demand(work, member, Role.MEMBER, now=now)
            first = await _topic(work, topics[0])
            name = name or named_after(first.text)
            if len(name) > LONGEST_NAME:
                raise NameUnfit
            number, new = await work.problems.add(name, key=key, author=author.id, now=now)
            if new and await work.topics.put(topics, number) < len(topics):
                raise TopicTaken
            return await locked(work, number)

    async def join(
        self, member: Person, topic_id: TopicId, problem_id: ProblemId, *, now: datetime
    ) -> Problem:
        """Make it part of the problem. Raises TopicGone, TopicTaken, ProblemGone."""
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            problem = await locked(work, problem_id)
            topic = await _topic(work, topic_id)
            if topic.problem == problem.id:
                return problem
            if not await work.topics.put([topic_id], problem_id):
                raise TopicTaken
            return await locked(work, problem_id)

    async def drop(self, member: Person, topic_id: TopicId, *, now: datetime) -> None:
        """Take away one's own that is part of no problem. Raises TopicTaken."""
        async with self._begin() as work:
            author = await demand(work, member, Role.MEMBER, now=now)
            if not await work.topics.remove(topic_id, of=author.id):
                raise TopicTaken

    async def _near(self, topic: Topic, others: Sequence[Topic]) -> Sequence[ProblemId]:
        """The problems with a topic that means the same: a person decides, so one is enough."""
        if not others:
            return []
        texts = [topic.text, *(each.text for each in others)]
        sense = await asyncio.to_thread(self._meaning.sense, texts)
        cosines = nearest_of(sense.vectors[0], sense.vectors[1:])
        best: dict[ProblemId, float] = {}
        for each, cosine in zip(others, cosines.tolist(), strict=True):
            if each.problem is not None and cosine >= sense.same_from:
                best[each.problem] = max(cosine, best.get(each.problem, 0.0))
        return sorted(best, key=lambda each: (-best[each], each))[:NEAR_SHOWN]

    def _grouped(self, texts: Sequence[str]) -> list[tuple[Sequence[int], int, str]]:
        if not texts:
            return []
        sense = self._meaning.sense(texts)
        groups = group(texts, sense.vectors, sense.same_from)
        return [(each.places, each.central, each.name) for each in groups if len(each.places) > 1]


async def _topic(work: ResearchWork, topic: TopicId) -> Topic:
    found = await work.topics.get(topic)
    if found is None:
        raise TopicGone
    return found
