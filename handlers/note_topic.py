"""A member writes down what they are stuck on, or what excites them: a kind, and a sentence."""

from enum import StrEnum
from typing import Final

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.people.model import Role
from branch.research.gathering import Gathering
from branch.research.model import LONGEST_TOPIC, SHORTEST_TOPIC, TopicKind
from handlers.buttons import Back, Leave, keyboard
from handlers.conversation import END, Conversation, Outcome, Scene
from handlers.gather_topics import GatherTopicsTogether
from handlers.incoming import message_of, text_of
from handlers.notice_refusals import whoever
from handlers.replies import Say
from handlers.research_buttons import ChooseTopicKind, NoteTopic
from handlers.research_refusals import ResearchRefusals
from handlers.visit import Context

TYPED: Final = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


class Noting(StrEnum):
    KIND = "kind"
    TEXT = "text"


class TopicForm(Struct):
    kind: TopicKind = TopicKind.DIFFICULTY


class NoteTopics:
    def __init__(
        self,
        *,
        gathering: Gathering,
        topics: GatherTopicsTogether,
        refusals: ResearchRefusals,
        say: Say,
    ) -> None:
        self._gathering = gathering
        self._topics = topics
        self._refusals = refusals
        self._say = say

    def conversation(self) -> Conversation:
        tapped = CallbackQueryHandler
        leaving = tapped(self.leave, Leave.matches)
        return Conversation(
            name="research_topic",
            draft=TopicForm,
            entries=[tapped(self.begin, NoteTopic.matches)],
            scenes={
                Noting.KIND: Scene(
                    self.ask_kind, [tapped(self.take_kind, ChooseTopicKind.matches), leaving]
                ),
                Noting.TEXT: Scene(
                    self.ask_text,
                    [
                        leaving,
                        tapped(self.back, Back.matches),
                        MessageHandler(TYPED, self.take_text),
                    ],
                ),
            },
        )

    async def begin(self, update: Update, context: Context) -> Outcome:
        if not whoever(context).role.covers(Role.MEMBER):
            await self._say(update, "roles/not_allowed")
            return END
        context.visit.anew = True
        return Noting.KIND

    async def ask_kind(self, update: Update, context: Context) -> int:
        label = self._say.label
        kinds = [(label(f"topickind.{each}"), ChooseTopicKind(each)) for each in TopicKind]
        leave = (label("button.stop_writing"), Leave())
        return await self._say(update, "research/ask_kind", keyboard=keyboard(kinds, [leave]))

    async def take_kind(self, update: Update, context: Context) -> Outcome:
        context.visit.draft(TopicForm).kind = ChooseTopicKind.tapped(update).kind
        return Noting.TEXT

    async def ask_text(self, update: Update, context: Context) -> int:
        label, form = self._say.label, context.visit.draft(TopicForm)
        back, leave = (label("button.back"), Back()), (label("button.stop_writing"), Leave())
        return await self._say(
            update, "research/ask_topic", keyboard=keyboard([back, leave]), kind=str(form.kind)
        )

    async def back(self, update: Update, context: Context) -> Outcome:
        return Noting.KIND

    async def take_text(self, update: Update, context: Context) -> Outcome:
        text, message = " ".join(text_of(update).split()), message_of(update)
        if not SHORTEST_TOPIC <= len(text) <= LONGEST_TOPIC:
            await self._say(
                update,
                "research/topic_unfit",
                least=SHORTEST_TOPIC,
                most=LONGEST_TOPIC,
                count=len(text),
            )
            return Noting.TEXT
        noting = self._gathering.note(
            whoever(context),
            context.visit.draft(TopicForm).kind,
            text,
            key=f"chat:{message.chat_id}:{message.message_id}",
            now=context.visit.moment,
        )
        seen = await self._refusals.or_why(update, noting)
        if seen is not None:
            await self._topics.show(update, seen, noted=True)
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END
