"""Questions for the speaker: anybody asks and votes, members note what was answered."""

from collections.abc import Sequence
from datetime import datetime

from branch.people.model import Person, Role
from branch.people.permission import demand
from branch.theme_days.errors import DayCancelled, DayGone, DayOver, QuestionGone, QuestionsEnough
from branch.theme_days.model import DayState, ThemeDay, ThemeDayId
from branch.theme_days.ports import Begin, DayWork
from branch.theme_days.questions import MOST_BY_ONE, QuestionId, SpeakerQuestion, sameness
from branch.theme_days.signing_up import demand_invited


class SpeakerDesk:
    """Each raises DayGone or QuestionGone."""

    def __init__(self, begin: Begin, look: Begin) -> None:
        self._begin = begin
        self._look = look

    async def asked(
        self, person: Person, day_id: ThemeDayId
    ) -> tuple[ThemeDay, Sequence[SpeakerQuestion]]:
        """The most wanted first."""
        async with self._look() as work:
            day = await work.theme_days.get(day_id)
            if day is None:
                raise DayGone
            return day, await work.speaker_questions.of(day_id, person.id)

    async def see(self, person: Person, number: QuestionId) -> tuple[ThemeDay, SpeakerQuestion]:
        async with self._look() as work:
            question = await _question(work, number, person)
            day = await work.theme_days.get(question.day)
            if day is None:
                raise DayGone
            return day, question

    async def ask(
        self, person: Person, day_id: ThemeDayId, text: str, *, now: datetime
    ) -> tuple[SpeakerQuestion, bool]:
        """The question, and whether it is new: one that is there gets their vote instead.

        Raises DayOver, DayCancelled, NotForYou, QuestionsEnough.
        """
        async with self._begin() as work:
            day = await _still_open(work, day_id, now)
            await demand_invited(work, day, person, now=now)
            number, new = await work.speaker_questions.add(
                day.id, person.id, text, same=sameness(text), now=now
            )
            asked_by = await work.speaker_questions.asked_by(day.id, person.id)
            if new and asked_by > MOST_BY_ONE:
                raise QuestionsEnough
            question = await _question(work, number, person)
            if not question.voted:
                await work.speaker_questions.toggle_vote(number, person.id)
            return await _question(work, number, person), new

    async def vote(self, person: Person, number: QuestionId, *, now: datetime) -> SpeakerQuestion:
        """Give it one's vote, or take that back. Raises DayOver, DayCancelled, NotForYou."""
        async with self._begin() as work:
            question = await _question(work, number, person)
            day = await _still_open(work, question.day, now)
            await demand_invited(work, day, person, now=now)
            await work.speaker_questions.toggle_vote(number, person.id)
            return await _question(work, number, person)

    async def answer(
        self, member: Person, number: QuestionId, text: str, *, now: datetime
    ) -> SpeakerQuestion:
        """Note what was answered. Raises NotAllowed."""
        async with self._begin() as work:
            by = await demand(work, member, Role.MEMBER, now=now)
            await _question(work, number, member)
            await work.speaker_questions.answer(number, text, by=by.id)
            return await _question(work, number, member)

    async def remove(self, person: Person, number: QuestionId, *, now: datetime) -> ThemeDayId:
        """Take back one's own; members take away anybody's. Raises NotAllowed."""
        async with self._begin() as work:
            question = await _question(work, number, person)
            if not question.mine:
                await demand(work, person, Role.MEMBER, now=now)
            await work.speaker_questions.remove(number)
            return question.day


async def _question(work: DayWork, number: QuestionId, person: Person) -> SpeakerQuestion:
    question = await work.speaker_questions.get(number, person.id)
    if question is None:
        raise QuestionGone
    return question


async def _still_open(work: DayWork, day_id: ThemeDayId, now: datetime) -> ThemeDay:
    """The day, until it ends: in the midst of it one still asks."""
    day = await work.theme_days.lock(day_id)
    if day is None:
        raise DayGone
    if day.state is DayState.CANCELLED:
        raise DayCancelled
    if day.ends_at() <= now:
        raise DayOver
    return day
