"""Topics of no problem: each can join one, become one, or be brought together with its likes."""

from typing import Any, Final

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.people.errors import NotAllowed
from branch.research.errors import TopicTaken
from branch.research.gathering import Gathering, SeenTopic
from branch.research.model import ProblemId, ProblemState, TopicId
from branch.research.problem_book import ProblemBook
from handlers.buttons import Row, keyboard
from handlers.conversation import Handler
from handlers.incoming import message_of
from handlers.notice_refusals import whoever
from handlers.problem_card import ProblemCard
from handlers.replies import Say
from handlers.research_buttons import (
    AcceptGroup,
    DropTopic,
    GatherTopics,
    JoinProblem,
    NoteTopic,
    OwnProblem,
    ShowLoose,
    ShowProblem,
    ShowProblems,
    ShowTopic,
)
from handlers.research_refusals import ResearchRefusals
from handlers.visit import Context, current_visit

LOOSE_SHOWN: Final = 8
GROUP_SHOWN: Final = 10
CUT: Final = 24


class GatherTopicsTogether:
    def __init__(
        self,
        *,
        gathering: Gathering,
        problems: ProblemBook,
        card: ProblemCard,
        refusals: ResearchRefusals,
        say: Say,
    ) -> None:
        self._gathering = gathering
        self._problems = problems
        self._card = card
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            tapped(self.show_loose, ShowLoose.matches),
            tapped(self.show_topic, ShowTopic.matches),
            tapped(self.join, JoinProblem.matches),
            tapped(self.make, OwnProblem.matches),
            tapped(self.drop, DropTopic.matches),
            tapped(self.propose, GatherTopics.matches),
            tapped(self.accept, AcceptGroup.matches),
        ]

    async def show_loose(self, update: Update, context: Context) -> None:
        await self._loose(update, context, ShowLoose.tapped(update).start)

    async def _loose(self, update: Update, context: Context, start: int, toast: str = "") -> None:
        label = self._say.label
        looking = self._gathering.loose(whoever(context), now=context.visit.moment)
        topics = await self._refusals.or_why(update, looking)
        if topics is None:
            return
        shown = topics[start : start + LOOSE_SHOWN]
        rows: list[Row] = [[(_cut(each.text), ShowTopic(each.id))] for each in shown]
        pages: list[Any] = []
        if start:
            before = ShowLoose(max(0, start - LOOSE_SHOWN))
            pages.append((label("button.page_before"), before))
        if start + LOOSE_SHOWN < len(topics):
            pages.append((label("button.page_after"), ShowLoose(start + LOOSE_SHOWN)))
        rows.append(pages)
        if len(topics) > 1:
            rows.append([(label("button.gather"), GatherTopics(0))])
        rows.append([(label("button.problems"), ShowProblems(ProblemState.OPEN, 0))])
        await self._say(
            update, "research/loose", keyboard=keyboard(*rows), toast=toast, count=len(topics)
        )

    async def show_topic(self, update: Update, context: Context) -> None:
        number = TopicId(ShowTopic.tapped(update).topic)
        looking = self._gathering.see(whoever(context), number, now=context.visit.moment)
        seen = await self._refusals.or_why(update, looking)
        if seen is not None:
            await self.show(update, seen)

    async def show(self, update: Update, seen: SeenTopic, *, noted: bool = False) -> None:
        """The topic with the problems that are like it; `noted` a moment ago."""
        label, topic = self._say.label, seen.topic
        rows: list[Row] = []
        if topic.problem is not None:
            rows.append([(label("button.this_problem"), ShowProblem(topic.problem))])
        else:
            names = ["button.join"] if len(seen.near) == 1 else ["research.join"] * len(seen.near)
            for name, each in zip(names, seen.near, strict=True):
                words = label(name, name=_cut(each.name))
                rows.append([(words, JoinProblem(topic.id, each.id))])
            rows.append([(label("button.own_problem"), OwnProblem(topic.id))])
        last: list[Any] = [(label("button.note_another"), NoteTopic())] if noted else []
        person = current_visit().person
        if topic.problem is None and person is not None and topic.person == person.id:
            last.append((label("button.drop_topic"), DropTopic(topic.id)))
        rows += [last, [(label("button.loose_topics"), ShowLoose(0))]]
        await self._say(
            update,
            "research/topic",
            keyboard=keyboard(*rows),
            topic=topic,
            kind=label(f"topickind.{topic.kind}"),
            near=seen.near,
            noted=noted,
        )

    async def join(self, update: Update, context: Context) -> None:
        tap = JoinProblem.tapped(update)
        joining = self._gathering.join(
            whoever(context), TopicId(tap.topic), ProblemId(tap.problem), now=context.visit.moment
        )
        problem = await self._refusals.or_why(update, joining)
        if problem is not None:
            await self._show_problem(update, context, problem.id)

    async def make(self, update: Update, context: Context) -> None:
        topic = TopicId(OwnProblem.tapped(update).topic)
        making = self._gathering.make(
            whoever(context), [topic], key=_key(update, topic), now=context.visit.moment
        )
        problem = await self._refusals.or_why(update, making)
        if problem is not None:
            await self._show_problem(update, context, problem.id)

    async def drop(self, update: Update, context: Context) -> None:
        topic = TopicId(DropTopic.tapped(update).topic)
        dropping = self._dropped(context, topic)
        if await self._refusals.or_why(update, dropping):
            await self._loose(update, context, 0, toast="toast.topic_dropped")

    async def _dropped(self, context: Context, topic: TopicId) -> bool:
        await self._gathering.drop(whoever(context), topic, now=context.visit.moment)
        return True

    async def propose(self, update: Update, context: Context) -> None:
        await self._proposal(update, context, GatherTopics.tapped(update).number)

    async def accept(self, update: Update, context: Context) -> None:
        """Make the group a problem; where it has changed since it was shown, show it anew."""
        tap = AcceptGroup.tapped(update)
        central = TopicId(tap.central)
        accepting = self._gathering.accept(
            whoever(context),
            central,
            tap.seal,
            key=_key(update, central),
            now=context.visit.moment,
        )
        try:
            problem = await accepting
        except TopicTaken:
            await self._overtaken(update, context, central)
        except NotAllowed as error:
            await self._refusals.told(update, error)
        else:
            await self._show_problem(update, context, problem.id)

    async def _overtaken(self, update: Update, context: Context, central: TopicId) -> None:
        """Where its middle has become part of a problem, that one: a second tap ends there too."""
        looking = self._gathering.see(whoever(context), central, now=context.visit.moment)
        seen = await self._refusals.or_why(update, looking)
        if seen is not None and seen.topic.problem is not None:
            await self._show_problem(update, context, seen.topic.problem)
        elif seen is not None:
            await self._proposal(update, context, 0, changed=True)

    async def _proposal(
        self, update: Update, context: Context, number: int, *, changed: bool = False
    ) -> None:
        label = self._say.label
        grouping = self._gathering.proposals(whoever(context), now=context.visit.moment)
        proposals = await self._refusals.or_why(update, grouping)
        if proposals is None:
            return
        back: Row = [(label("button.loose_topics"), ShowLoose(0))]
        if number >= len(proposals):
            await self._say(
                update,
                "research/no_groups",
                keyboard=keyboard(back),
                seen=len(proposals),
                changed=changed,
            )
            return
        each = proposals[number]
        accept = (label("button.make_problem"), AcceptGroup(each.central, each.seal))
        skip = (label("button.skip"), GatherTopics(number + 1))
        await self._say(
            update,
            "research/proposal",
            keyboard=keyboard([accept, skip], back),
            name=each.name,
            topics=[topic.text for topic in each.topics[:GROUP_SHOWN]],
            more=max(0, len(each.topics) - GROUP_SHOWN),
            number=number + 1,
            of=len(proposals),
            changed=changed,
        )

    async def _show_problem(self, update: Update, context: Context, number: ProblemId) -> None:
        looking = self._problems.see(whoever(context), number, now=context.visit.moment)
        seen = await self._refusals.or_why(update, looking)
        if seen is not None:
            await self._card.show(update, seen, toast="toast.gathered")


def _key(update: Update, topic: TopicId) -> str:
    """Of the message that was tapped, so that a second tap makes nothing more."""
    message = message_of(update)
    return f"chat:{message.chat_id}:{message.message_id}:topic:{topic}"


def _cut(text: str) -> str:
    return text if len(text) <= CUT else f"{text[: CUT - 1]}\u2026"
