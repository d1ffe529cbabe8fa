"""A notice that tells of a call for papers, ready to be given an audience."""

from telegram import Update

from branch.notices.model import Draft, Link, NoticeKind
from branch.papers.calls import CallBook
from branch.papers.model import CallId
from handlers.calls import CALL
from handlers.notice_refusals import whoever
from handlers.paper_buttons import AnnounceCall
from handlers.paper_refusals import PaperRefusals
from handlers.replies import Say
from handlers.visit import Context


class AnnouncingCalls:
    def __init__(self, *, book: CallBook, refusals: PaperRefusals, say: Say) -> None:
        self._book = book
        self._refusals = refusals
        self._say = say

    async def draft(self, update: Update, context: Context) -> Draft | None:
        """None where there is no such call, and then they know."""
        number = AnnounceCall.tapped(update).call
        seeing = self._book.see(whoever(context), CallId(number), now=context.visit.moment)
        seen = await self._refusals.or_why(update, seeing)
        if seen is None:
            return None
        address = f"{update.get_bot().link}?start={CALL}{number}"
        return Draft(
            text=self._say.text("papers/announcement", plan=seen.call.plan),
            links=[Link(self._say.label("button.hand_in"), address)],
            kind=NoticeKind.ACTIVITY,
        )
