"""Somebody hands in a paper, and comes back to it: where one goes on."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.papers.errors import DeadlineOver
from branch.papers.handing_in import Mine, SubmissionDesk
from branch.papers.model import CallId
from branch.papers.moves import State
from handlers.buttons import Leave, Row, ShowMenu, keyboard
from handlers.conversation import END, Conversation, Outcome
from handlers.my_paper import MyPaper
from handlers.notice_refusals import whoever
from handlers.paper_answers import HandingIn, PaperAnswers, PaperForm
from handlers.paper_buttons import EditPaper, HandIn, NewVersion, TakeUpPaper
from handlers.paper_refusals import PaperRefusals
from handlers.replies import Say
from handlers.strangers import Strangers
from handlers.visit import Context


class SubmitPaper:
    def __init__(
        self,
        *,
        desk: SubmissionDesk,
        answers: PaperAnswers,
        card: MyPaper,
        refusals: PaperRefusals,
        strangers: Strangers,
        say: Say,
    ) -> None:
        self._desk = desk
        self._answers = answers
        self._card = card
        self._refusals = refusals
        self._strangers = strangers
        self._say = say

    def conversation(self) -> Conversation:
        tapped = CallbackQueryHandler
        return Conversation(
            name="submit",
            draft=PaperForm,
            entries=[
                CommandHandler("submit", self.begin),
                tapped(self.begin_tapped, HandIn.matches),
                tapped(self.begin_changes, EditPaper.matches),
                tapped(self.begin_file, NewVersion.matches),
                tapped(self.take_up, TakeUpPaper.matches),
            ],
            scenes=self._answers.scenes(tapped(self.leave, Leave.matches)),
        )

    async def begin(self, update: Update, context: Context) -> Outcome:
        """Straight into the only call there is, or a choice."""
        visit, label = context.visit, self._say.label
        if visit.person is None:
            await self._strangers.invite_in(update)
            return END
        found = await self._refusals.or_why(
            update, self._desk.open_to(visit.person, now=visit.moment)
        )
        if found is None:
            return END
        if len(found) == 1:
            return await self._begin(update, context, found[0].call.id)
        rows: list[Row] = [
            [(label("paper.in_list", title=each.call.plan.theme[:20]), HandIn(each.call.id))]
            for each in found
        ]
        rows.append([(label("button.menu"), ShowMenu())])
        await self._say(
            update, "papers/choose", keyboard=keyboard(*rows), plans=[e.call.plan for e in found]
        )
        return END

    async def begin_tapped(self, update: Update, context: Context) -> Outcome:
        if context.visit.person is None:
            await self._strangers.invite_in(update)
            return END
        return await self._begin(update, context, CallId(HandIn.tapped(update).call))

    async def begin_changes(self, update: Update, context: Context) -> Outcome:
        return await self._begin_at(update, context, EditPaper.tapped(update).call, None)

    async def begin_file(self, update: Update, context: Context) -> Outcome:
        number = NewVersion.tapped(update).call
        return await self._begin_at(update, context, number, HandingIn.FILE)

    async def take_up(self, update: Update, context: Context) -> Outcome:
        visit, number = context.visit, CallId(TakeUpPaper.tapped(update).call)
        taking = self._desk.take_up(whoever(context), number, now=visit.moment)
        if await self._refusals.or_why(update, taking) is None:
            return END
        return await self._begin(update, context, number)

    async def _begin_at(
        self, update: Update, context: Context, number: int, scene: HandingIn | None
    ) -> Outcome:
        """To change something of what is there already."""
        visit = context.visit
        form = visit.draft(PaperForm)
        form.call, visit.anew = number, True
        mine = await self._mine(update, context)
        if mine is None:
            return END
        if mine.submission is None or not mine.writable(visit.moment):
            return await self._begin(update, context, CallId(number))
        return scene or HandingIn.REVIEW

    async def _begin(self, update: Update, context: Context, number: CallId) -> Outcome:
        """Where they were: the next question, the last look, or what has become of it."""
        visit, form = context.visit, context.visit.draft(PaperForm)
        form.call = number
        mine = await self._mine(update, context)
        if mine is None:
            return END
        if mine.state not in (None, State.DRAFT):
            await self._card.show(update, mine)
            return END
        if not mine.writable(visit.moment):
            over = DeadlineOver(mine.call.plan.deadline)
            await self._refusals.explain(update, over)
            return END
        visit.anew = True
        if mine.submission is None:
            await self._say(update, "papers/begin", plan=mine.call.plan)
        field = mine.next_field()
        return HandingIn(field) if field else HandingIn.REVIEW

    async def _mine(self, update: Update, context: Context) -> Mine | None:
        visit = context.visit
        number = CallId(visit.draft(PaperForm).call)
        seeing = self._desk.see(whoever(context), number, now=visit.moment)
        return await self._refusals.or_why(update, seeing)

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "papers/left")
        return END
