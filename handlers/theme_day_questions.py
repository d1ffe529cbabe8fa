"""Questions for the speaker: asked, voted on, answered, and taken into the base."""

from enum import StrEnum
from typing import Any, Final

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.people.model import Role
from branch.theme_days.asking_speakers import SpeakerDesk
from branch.theme_days.model import ThemeDay, ThemeDayId
from branch.theme_days.questions import (
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    QuestionId,
    SpeakerQuestion,
)
from handlers.buttons import Leave, Row, keyboard
from handlers.conversation import END, Conversation, Handler, Outcome, Scene
from handlers.incoming import text_of
from handlers.notice_refusals import whoever
from handlers.replies import Say
from handlers.theme_day_buttons import (
    AnswerForSpeaker,
    AskSpeaker,
    KeepSpeakerAnswer,
    RemoveSpeakerQuestion,
    ShowSpeakerQuestion,
    ShowSpeakerQuestions,
    ShowThemeDay,
    VoteForQuestion,
)
from handlers.theme_day_refusals import ThemeDayRefusals
from handlers.visit import Context, current_visit

_TYPED: Final = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
SHOWN: Final = 10
"""The most wanted: a speaker answers no more than that."""


class Speaking(StrEnum):
    QUESTION = "question"
    ANSWER = "answer"


class SpeakingForm(Struct):
    """The day that a question is for, or the question that an answer is to."""

    day: int = 0
    question: int = 0
    too_long: bool = False


class ThemeDayQuestions:
    def __init__(self, *, desk: SpeakerDesk, refusals: ThemeDayRefusals, say: Say) -> None:
        self._desk = desk
        self._refusals = refusals
        self._say = say

    def conversation(self) -> Conversation:
        leave = CallbackQueryHandler(self.leave, Leave.matches)
        return Conversation(
            name="speaker_question",
            draft=SpeakingForm,
            entries=[
                CallbackQueryHandler(self.begin, AskSpeaker.matches),
                CallbackQueryHandler(self.begin_answer, AnswerForSpeaker.matches),
            ],
            scenes={
                Speaking.QUESTION: Scene(
                    self.ask_question, [MessageHandler(_TYPED, self.take_question), leave]
                ),
                Speaking.ANSWER: Scene(
                    self.ask_answer, [MessageHandler(_TYPED, self.take_answer), leave]
                ),
            },
        )

    def handlers(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            tapped(self.show_all, ShowSpeakerQuestions.matches),
            tapped(self.show_one, ShowSpeakerQuestion.matches),
            tapped(self.vote, VoteForQuestion.matches),
            tapped(self.remove, RemoveSpeakerQuestion.matches),
        ]

    async def show_all(self, update: Update, context: Context) -> None:
        await self._list(update, context, ThemeDayId(ShowSpeakerQuestions.tapped(update).day))

    async def _list(self, update: Update, context: Context, number: ThemeDayId) -> None:
        found = await self._refusals.or_why(update, self._desk.asked(whoever(context), number))
        if found is None:
            return
        day, questions = found
        label = self._say.label
        numbered: list[Any] = [
            (
                label("themeday.question", number=place, votes=each.votes),
                ShowSpeakerQuestion(each.id),
            )
            for place, each in enumerate(questions[:SHOWN], start=1)
        ]
        rows: list[Row] = [numbered[at : at + 5] for at in range(0, len(numbered), 5)]
        if context.visit.moment < day.ends_at():
            rows.append([(label("button.ask_speaker"), AskSpeaker(day.id))])
        rows.append([(label("button.this_day"), ShowThemeDay(day.id))])
        await self._say(
            update,
            "themedays/questions",
            keyboard=keyboard(*rows),
            plan=day.plan,
            questions=questions[:SHOWN],
            more=max(0, len(questions) - SHOWN),
        )

    async def show_one(self, update: Update, context: Context) -> None:
        number = QuestionId(ShowSpeakerQuestion.tapped(update).question)
        found = await self._refusals.or_why(update, self._desk.see(whoever(context), number))
        if found is not None:
            await self._show(update, *found)

    async def _show(self, update: Update, day: ThemeDay, question: SpeakerQuestion) -> None:
        label, visit, number = self._say.label, current_visit(), question.id
        member = visit.person is not None and visit.person.role.covers(Role.MEMBER)
        rows: list[Row] = []
        if visit.moment < day.ends_at():
            words = "button.vote_taken_back" if question.voted else "button.vote_for"
            rows.append([(label(words), VoteForQuestion(number))])
        if member:
            rows.append(
                [
                    (label("button.note_answer"), AnswerForSpeaker(number)),
                    (label("button.keep_answer"), KeepSpeakerAnswer(number)),
                ]
            )
        if member or question.mine:
            rows.append([(label("button.remove_question"), RemoveSpeakerQuestion(number))])
        rows.append([(label("button.back"), ShowSpeakerQuestions(day.id))])
        await self._say(update, "themedays/question", keyboard=keyboard(*rows), question=question)

    async def vote(self, update: Update, context: Context) -> None:
        number = QuestionId(VoteForQuestion.tapped(update).question)
        voting = self._desk.vote(whoever(context), number, now=context.visit.moment)
        if await self._refusals.or_why(update, voting) is None:
            return
        found = await self._refusals.or_why(update, self._desk.see(whoever(context), number))
        if found is not None:
            await self._show(update, *found)

    async def remove(self, update: Update, context: Context) -> None:
        number = QuestionId(RemoveSpeakerQuestion.tapped(update).question)
        removing = self._desk.remove(whoever(context), number, now=context.visit.moment)
        day = await self._refusals.or_why(update, removing)
        if day is not None:
            await self._list(update, context, day)

    async def begin(self, update: Update, context: Context) -> Outcome:
        number = AskSpeaker.tapped(update).day
        seeing = self._desk.asked(whoever(context), ThemeDayId(number))
        if await self._refusals.or_why(update, seeing) is None:
            return END
        context.visit.anew = True
        context.visit.draft(SpeakingForm).day = number
        return Speaking.QUESTION

    async def ask_question(self, update: Update, context: Context) -> int:
        return await self._ask(update, context, "themedays/ask_question", LONGEST_QUESTION)

    async def take_question(self, update: Update, context: Context) -> Outcome:
        form, text = context.visit.draft(SpeakingForm), " ".join(text_of(update).split())
        form.too_long = len(text) > LONGEST_QUESTION
        if form.too_long:
            return Speaking.QUESTION
        number = ThemeDayId(form.day)
        asking = self._desk.ask(whoever(context), number, text, now=context.visit.moment)
        asked = await self._refusals.or_why(update, asking)
        if asked is not None:
            question, new = asked
            await self._say(update, "themedays/question_asked", new=new, votes=question.votes)
            await self._list(update, context, number)
        return END

    async def begin_answer(self, update: Update, context: Context) -> Outcome:
        number = AnswerForSpeaker.tapped(update).question
        seeing = self._desk.see(whoever(context), QuestionId(number))
        if await self._refusals.or_why(update, seeing) is None:
            return END
        context.visit.anew = True
        context.visit.draft(SpeakingForm).question = number
        return Speaking.ANSWER

    async def ask_answer(self, update: Update, context: Context) -> int:
        return await self._ask(update, context, "themedays/ask_answer", LONGEST_ANSWER)

    async def take_answer(self, update: Update, context: Context) -> Outcome:
        form, text = context.visit.draft(SpeakingForm), text_of(update)
        form.too_long = len(text) > LONGEST_ANSWER
        if form.too_long:
            return Speaking.ANSWER
        member, number = whoever(context), QuestionId(form.question)
        noting = self._desk.answer(member, number, text, now=context.visit.moment)
        if await self._refusals.or_why(update, noting) is None:
            return END
        found = await self._refusals.or_why(update, self._desk.see(member, number))
        if found is not None:
            await self._show(update, *found)
        return END

    async def _ask(self, update: Update, context: Context, template: str, most: int) -> int:
        leave = keyboard([(self._say.label("button.stop_writing"), Leave())])
        too_long = context.visit.draft(SpeakingForm).too_long
        return await self._say(update, template, keyboard=leave, most=most, too_long=too_long)

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END
