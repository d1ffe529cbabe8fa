"""A member does not confirm what another has reported, and says why."""

from enum import StrEnum

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler

from branch.research.achievement import LONGEST_REASON, AchievementId, AchievementState
from branch.research.achievement_book import AchievementBook
from handlers.achievement_buttons import RefuseAchievement
from handlers.achievements import Achievements
from handlers.buttons import Leave, keyboard
from handlers.conversation import END, Conversation, Outcome, Scene
from handlers.incoming import text_of
from handlers.note_topic import TYPED
from handlers.notice_refusals import whoever
from handlers.replies import Say
from handlers.research_refusals import ResearchRefusals
from handlers.visit import Context


class Refusing(StrEnum):
    REASON = "reason"


class RefusalForm(Struct):
    achievement: int = 0
    title: str = ""


class RefuseAchievements:
    def __init__(
        self,
        *,
        book: AchievementBook,
        achievements: Achievements,
        refusals: ResearchRefusals,
        say: Say,
    ) -> None:
        self._book = book
        self._achievements = achievements
        self._refusals = refusals
        self._say = say

    def conversation(self) -> Conversation:
        return Conversation(
            name="refuse_achievement",
            draft=RefusalForm,
            entries=[CallbackQueryHandler(self.begin, RefuseAchievement.matches)],
            scenes={
                Refusing.REASON: Scene(
                    self.ask,
                    [
                        CallbackQueryHandler(self.leave, Leave.matches),
                        MessageHandler(TYPED, self.take),
                    ],
                ),
            },
        )

    async def begin(self, update: Update, context: Context) -> Outcome:
        number = AchievementId(RefuseAchievement.tapped(update).achievement)
        looking = self._book.see(whoever(context), number, now=context.visit.moment)
        seen = await self._refusals.or_why(update, looking)
        if seen is None:
            return END
        form = context.visit.draft(RefusalForm)
        form.achievement, form.title = number, seen.achievement.claim.title
        context.visit.anew = True
        return Refusing.REASON

    async def ask(self, update: Update, context: Context) -> int:
        leave = keyboard([(self._say.label("button.stop_writing"), Leave())])
        title = context.visit.draft(RefusalForm).title
        return await self._say(update, "research/ask_reason", keyboard=leave, title=title)

    async def take(self, update: Update, context: Context) -> Outcome:
        reason = text_of(update)
        if len(reason) > LONGEST_REASON:
            await self._say(update, "research/words_unfit", most=LONGEST_REASON)
            return Refusing.REASON
        refusing = self._book.judge(
            whoever(context),
            AchievementId(context.visit.draft(RefusalForm).achievement),
            AchievementState.REFUSED,
            now=context.visit.moment,
            reason=reason,
        )
        seen = await self._refusals.or_why(update, refusing)
        if seen is not None:
            await self._achievements.show(update, seen)
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END
