"""Members review papers: the file without a name, a score at a time, a few words, done."""

import asyncio
from enum import StrEnum
from typing import Final

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.papers.blinding import blinded
from branch.papers.errors import TooLong
from branch.papers.model import CallId, neutral_name
from branch.papers.reviewing import ReviewRoom, ReviewTask
from branch.papers.reviews import BEST, Criterion, Excuse, ReviewId, ReviewState
from branch.people.model import Person
from handlers.buttons import Keyboard, Leave, Row, ShowMenu, keyboard
from handlers.calls import Calls
from handlers.conversation import END, Conversation, Handler, Outcome, Scene
from handlers.incoming import text_of
from handlers.notice_refusals import whoever
from handlers.paper_buttons import ShowCall, ShowCalls
from handlers.paper_files import fetched
from handlers.paper_refusals import REFUSALS, PaperRefusals
from handlers.replies import Say
from handlers.review_buttons import (
    AskScore,
    FinishReview,
    GiveUpReview,
    ReadPaper,
    ScorePaper,
    ShowReview,
    ShowReviews,
    StartReview,
    StartReviewForCertain,
    WriteComment,
)
from handlers.visit import Context

_TYPED: Final = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


class Commenting(StrEnum):
    COMMENT = "comment"


class CommentForm(Struct):
    review: int = 0


class ReviewPapers:
    def __init__(
        self, *, room: ReviewRoom, calls: Calls, refusals: PaperRefusals, say: Say
    ) -> None:
        self._room = room
        self._calls = calls
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            tapped(self.ask_to_start, StartReview.matches),
            tapped(self.start, StartReviewForCertain.matches),
            tapped(self.show_all, ShowReviews.matches),
            tapped(self.show_tapped, ShowReview.matches),
            tapped(self.score, ScorePaper.matches),
            tapped(self.ask_score, AskScore.matches),
            tapped(self.finish, FinishReview.matches),
            tapped(self.give_up, GiveUpReview.matches),
            tapped(self.send_file, ReadPaper.matches),
        ]

    def conversation(self) -> Conversation:
        leaving = CallbackQueryHandler(self.leave, Leave.matches)
        return Conversation(
            name="paper_comment",
            draft=CommentForm,
            entries=[CallbackQueryHandler(self.begin_comment, WriteComment.matches)],
            scenes={
                Commenting.COMMENT: Scene(
                    self.ask_comment, [MessageHandler(_TYPED, self.take_comment), leaving]
                )
            },
        )

    async def ask_to_start(self, update: Update, context: Context) -> None:
        number, label = StartReview.tapped(update).call, self._say.label
        sure = keyboard(
            [(label("button.start_review_for_certain"), StartReviewForCertain(number))],
            [(label("button.back"), ShowCall(number))],
        )
        await self._say(update, "papers/start_review", keyboard=sure)

    async def start(self, update: Update, context: Context) -> None:
        number = CallId(StartReviewForCertain.tapped(update).call)
        starting = self._room.start(whoever(context), number, now=context.visit.moment)
        done = await self._refusals.or_why(update, starting)
        if done is None:
            return
        papers, lacking = done
        back = keyboard([(self._say.label("button.this_call"), ShowCall(number))])
        await self._say(
            update, "papers/review_started", keyboard=back, papers=papers, lacking=lacking
        )

    async def show_all(self, update: Update, context: Context) -> None:
        looking = self._room.tasks(whoever(context), now=context.visit.moment)
        tasks = await self._refusals.or_why(update, looking)
        if tasks is None:
            return
        label = self._say.label
        rows: list[Row] = [
            [
                (
                    label(
                        "paper.reviewed" if task.review.done_at else "paper.to_review",
                        name=task.submission.receipt or "",
                    ),
                    ShowReview(task.review.id),
                )
            ]
            for task in tasks[:20]
        ]
        rows.append([(label("button.calls"), ShowCalls()), (label("button.menu"), ShowMenu())])
        still = sum(task.review.state is ReviewState.ASKED for task in tasks)
        await self._say(
            update, "papers/reviews", keyboard=keyboard(*rows), number=len(tasks), still=still
        )

    async def show_tapped(self, update: Update, context: Context) -> None:
        number = ReviewId(ShowReview.tapped(update).review)
        seeing = self._room.see(whoever(context), number, now=context.visit.moment)
        task = await self._refusals.or_why(update, seeing)
        if task is not None:
            await self.show(update, task)

    async def ask_score(self, update: Update, context: Context) -> None:
        tap = AskScore.tapped(update)
        seeing = self._room.see(whoever(context), ReviewId(tap.review), now=context.visit.moment)
        task = await self._refusals.or_why(update, seeing)
        if task is not None:
            await self.show(update, task, asked=tap.criterion)

    async def score(self, update: Update, context: Context) -> None:
        tap = ScorePaper.tapped(update)
        scoring = self._room.score(
            whoever(context),
            ReviewId(tap.review),
            tap.criterion,
            min(max(tap.score, 1), BEST),
            now=context.visit.moment,
        )
        task = await self._refusals.or_why(update, scoring)
        if task is not None:
            await self.show(update, task)

    async def finish(self, update: Update, context: Context) -> None:
        number = ReviewId(FinishReview.tapped(update).review)
        finishing = self._room.finish(whoever(context), number, now=context.visit.moment)
        task = await self._refusals.or_why(update, finishing)
        if task is not None:
            await self.show(update, task, toast="toast.review_done")

    async def give_up(self, update: Update, context: Context) -> None:
        tap = GiveUpReview.tapped(update)
        giving = self._gave_up(whoever(context), tap, context)
        if await self._refusals.or_why(update, giving):
            back = keyboard([(self._say.label("button.my_reviews"), ShowReviews())])
            await self._say(update, "papers/gave_up", keyboard=back, excuse=str(tap.excuse))

    async def _gave_up(self, member: Person, tap: GiveUpReview, context: Context) -> bool:
        await self._room.give_up(member, ReviewId(tap.review), tap.excuse, now=context.visit.moment)
        return True

    async def send_file(self, update: Update, context: Context) -> None:
        """Fetched and sent anew: a file that is passed on keeps the name its author gave it."""
        number = ReviewId(ReadPaper.tapped(update).review)
        seeing = self._room.see(whoever(context), number, now=context.visit.moment)
        task = await self._refusals.or_why(update, seeing)
        if task is None:
            return
        file = task.file
        await self._say.toast(update, "toast.fetching")
        data = await fetched(update, file.file.file_id) if file else None
        context.visit.anew = True
        if file is None or data is None:
            await self._say(update, "papers/not_fetched")
            return
        await self._say.document(
            update,
            await asyncio.to_thread(blinded, data, file.file.kind),
            neutral_name(task.submission, file),
            "papers/blind_file",
            receipt=task.submission.receipt or "",
            number=file.number,
        )

    async def begin_comment(self, update: Update, context: Context) -> Outcome:
        number = WriteComment.tapped(update).review
        context.visit.draft(CommentForm).review = number
        context.visit.anew = True
        seeing = self._room.see(whoever(context), ReviewId(number), now=context.visit.moment)
        task = await self._refusals.or_why(update, seeing)
        return END if task is None else Commenting.COMMENT

    async def ask_comment(self, update: Update, context: Context) -> int:
        leave = keyboard([(self._say.label("button.stop_writing"), Leave())])
        return await self._say(update, "papers/ask_comment", keyboard=leave)

    async def take_comment(self, update: Update, context: Context) -> Outcome:
        number = ReviewId(context.visit.draft(CommentForm).review)
        try:
            task = await self._room.comment(
                whoever(context), number, text_of(update), now=context.visit.moment
            )
        except REFUSALS as error:
            await self._refusals.explain(update, error)
            return Commenting.COMMENT if isinstance(error, TooLong) else END
        await self.show(update, task)
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END

    async def show(
        self,
        update: Update,
        task: ReviewTask,
        *,
        asked: Criterion | None = None,
        toast: str = "",
    ) -> None:
        review, paper = task.review, task.submission.paper
        asked = asked or review.open_criterion()
        label = self._say.label
        await self._say(
            update,
            "papers/review_task",
            keyboard=self._keyboard(task, asked),
            toast=toast,
            plan=task.call.plan,
            receipt=task.submission.receipt or "",
            title=paper.title or "",
            abstract=paper.abstract or "",
            scores=[(label(f"criterion.{each}"), review.score(each)) for each in Criterion],
            asked=str(asked) if asked else "",
            comment=review.comment,
            done=review.state is ReviewState.DONE,
            others=[(each.total(), each.comment) for each in task.others],
        )

    def _keyboard(self, task: ReviewTask, asked: Criterion | None) -> Keyboard | None:
        label, review = self._say.label, task.review
        number = review.id
        rows: list[Row] = []
        if asked is not None:
            rows.append(
                [(str(each), ScorePaper(number, asked, each)) for each in range(1, BEST + 1)]
            )
        elif review.state is ReviewState.ASKED and review.comment:
            rows.append([(label("button.finish_review"), FinishReview(number))])
        words = "button.change_comment" if review.comment else "button.write_comment"
        rows.append(
            [(label("button.read_paper"), ReadPaper(number)), (label(words), WriteComment(number))]
        )
        if asked is None:
            rows.append(
                [(label(f"criterion.{each}"), AskScore(number, each)) for each in Criterion]
            )
        rows.append([(label(f"excuse.{each}"), GiveUpReview(number, each)) for each in Excuse])
        rows.append(
            [(label("button.my_reviews"), ShowReviews()), (label("button.menu"), ShowMenu())]
        )
        return keyboard(*rows)
