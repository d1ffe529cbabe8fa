"""What is proposed for the papers of a call: the list, each case, and letting all of it out."""

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.outbox.enclosures import Enclosure, EnclosureKind
from branch.papers.deciding import Case, DecisionBook, Docket
from branch.papers.model import Call, CallId, SubmissionId
from branch.papers.moves import State, Verdict
from handlers.buttons import Keyboard, Row, keyboard
from handlers.conversation import Handler
from handlers.decision_buttons import (
    Propose,
    PublishForCertain,
    PublishPapers,
    ReadCase,
    Release,
    ReleaseForCertain,
    ShowCase,
    ShowDecisions,
)
from handlers.notice_refusals import whoever
from handlers.paper_buttons import ShowCall
from handlers.paper_refusals import PaperRefusals
from handlers.replies import Say
from handlers.visit import Context

_TITLE_SHOWN = 14
_MOST_SHOWN = 30


class Decisions:
    def __init__(self, *, book: DecisionBook, refusals: PaperRefusals, say: Say) -> None:
        self._book = book
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            tapped(self.show_all, ShowDecisions.matches),
            tapped(self.show_tapped, ShowCase.matches),
            tapped(self.send_file, ReadCase.matches),
            tapped(self.ask_to_release, Release.matches),
            tapped(self.release, ReleaseForCertain.matches),
            tapped(self.ask_to_publish, PublishPapers.matches),
            tapped(self.publish, PublishForCertain.matches),
        ]

    async def show_all(self, update: Update, context: Context) -> None:
        await self.open(update, context, CallId(ShowDecisions.tapped(update).call))

    async def open(self, update: Update, context: Context, number: CallId) -> None:
        looking = self._book.docket(whoever(context), number, now=context.visit.moment)
        docket = await self._refusals.or_why(update, looking)
        if docket is None:
            return
        await self._say(
            update,
            "papers/decisions",
            keyboard=self._list_keyboard(docket),
            plan=docket.call.plan,
            cases=[self._line(each) for each in docket.cases[:_MOST_SHOWN]],
            more=max(0, len(docket.cases) - _MOST_SHOWN),
            lacking=docket.lacking(),
            waiting=len(docket.waiting()),
            may_release=docket.may_release,
        )

    async def show_tapped(self, update: Update, context: Context) -> None:
        number = SubmissionId(ShowCase.tapped(update).paper)
        looking = self._book.case(whoever(context), number, now=context.visit.moment)
        found = await self._refusals.or_why(update, looking)
        if found is not None:
            await self._show_case(update, *found)

    async def send_file(self, update: Update, context: Context) -> None:
        number = SubmissionId(ReadCase.tapped(update).paper)
        looking = self._book.newest(whoever(context), number, now=context.visit.moment)
        found = await self._refusals.or_why(update, looking)
        if found is None:
            return
        await self._say.acknowledge(update)
        file = found[1].file
        await self._say.files(update, [Enclosure(EnclosureKind.DOCUMENT, file.file_id, file.name)])

    async def ask_to_release(self, update: Update, context: Context) -> None:
        tap, visit, label = Release.tapped(update), context.visit, self._say.label
        looking = self._book.docket(whoever(context), CallId(tap.call), now=visit.moment)
        docket = await self._refusals.or_why(update, looking)
        if docket is None:
            return
        sure = keyboard(
            [(label("button.release_for_certain"), ReleaseForCertain(tap.call, tap.version))],
            [(label("button.back"), ShowDecisions(tap.call))],
        )
        verdicts = [each.proposal.verdict for each in docket.waiting() if each.proposal]
        counts = [(label(f"verdict.{each}"), verdicts.count(each)) for each in Verdict]
        await self._say(
            update, "papers/release", keyboard=sure, plan=docket.call.plan, counts=counts
        )

    async def release(self, update: Update, context: Context) -> None:
        tap = ReleaseForCertain.tapped(update)
        releasing = self._book.release(
            whoever(context), CallId(tap.call), version=tap.version, now=context.visit.moment
        )
        number = await self._refusals.or_why(update, releasing)
        if number is not None:
            back = keyboard([(self._say.label("button.decisions"), ShowDecisions(tap.call))])
            await self._say(update, "papers/released", keyboard=back, number=number)

    async def ask_to_publish(self, update: Update, context: Context) -> None:
        number, label = PublishPapers.tapped(update).call, self._say.label
        sure = keyboard(
            [(label("button.publish_for_certain"), PublishForCertain(number))],
            [(label("button.back"), ShowDecisions(number))],
        )
        await self._say(update, "papers/publish", keyboard=sure)

    async def publish(self, update: Update, context: Context) -> None:
        number = CallId(PublishForCertain.tapped(update).call)
        publishing = self._book.publish(whoever(context), number, now=context.visit.moment)
        done = await self._refusals.or_why(update, publishing)
        if done is not None:
            back = keyboard([(self._say.label("button.decisions"), ShowDecisions(number))])
            await self._say(update, "papers/were_published", keyboard=back, number=done)

    async def _show_case(self, update: Update, call: Call, case: Case) -> None:
        label, entry = self._say.label, case.entry
        gone = [label(f"excuse.{each.excuse}") for each in case.reviews if each.excuse]
        await self._say(
            update,
            "papers/case",
            keyboard=self._case_keyboard(call, case),
            plan=call.plan,
            receipt=case.submission.receipt or "",
            title=case.submission.paper.title or "",
            coauthors=case.submission.paper.coauthors or "",
            name=entry.name,
            state=label(f"paperstate.{case.submission.state}"),
            reviews=[
                (each.total(), each.comment, str(each.state))
                for each in case.reviews
                if each.counts
            ],
            gone=gone,
            complete=case.complete(),
            proposal=self._proposal(case),
            words=case.proposal.words if case.proposal else "",
            own=[
                (question, case.submission.paper.answer(field))
                for field, question in call.plan.own_fields
            ],
        )

    def _line(self, case: Case) -> dict[str, Any]:
        return {
            "receipt": case.submission.receipt or "",
            "title": (case.submission.paper.title or "")[:_TITLE_SHOWN],
            "totals": " / ".join(str(each or "\u2013") for each in case.totals()),
            "proposal": self._proposal(case),
            "state": self._say.label(f"paperstate.{case.submission.state}"),
            "open": case.open_still,
        }

    def _proposal(self, case: Case) -> str:
        proposal, label = case.proposal, self._say.label
        if proposal is None or not case.open_still:
            return ""
        verdict = label(f"verdict.{proposal.verdict}")
        if proposal.verdict is not Verdict.ACCEPT:
            return verdict
        return f"{verdict} \u00b7 {label(f'award.{proposal.award}')}"

    def _list_keyboard(self, docket: Docket) -> Keyboard | None:
        label, call = self._say.label, docket.call
        cases = [
            (label("paper.case", name=each.submission.receipt or ""), ShowCase(each.submission.id))
            for each in docket.cases[:_MOST_SHOWN]
        ]
        rows: list[Row] = [cases[at : at + 2] for at in range(0, len(cases), 2)]
        if docket.waiting() and not docket.lacking() and docket.may_release:
            rows.insert(0, [(label("button.release"), Release(call.id, call.version))])
        if any(each.submission.state is State.ACCEPTED for each in docket.cases):
            rows.append([(label("button.publish_papers"), PublishPapers(call.id))])
        rows.append([(label("button.back"), ShowCall(call.id))])
        return keyboard(*rows)

    def _case_keyboard(self, call: Call, case: Case) -> Keyboard | None:
        label, number = self._say.label, case.submission.id
        rows: list[Row] = []
        if case.open_still:
            rows.append([(label(f"verdict.{each}"), Propose(number, each)) for each in Verdict])
        read = (label("button.read_paper"), ReadCase(number))
        rows.append([read, (label("button.back"), ShowDecisions(call.id))])
        return keyboard(*rows)
