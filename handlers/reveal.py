"""Who is behind an anonymous ticket: another in charge agrees or not, and then it is shown."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.tickets.errors import RevealNeedsAnother, RevealUnknown
from branch.tickets.records import RevealId
from branch.tickets.unveiling import Unveiling
from handlers.buttons import Keyboard, keyboard
from handlers.conversation import Handler
from handlers.refusals import Refusals
from handlers.replies import Say
from handlers.ticket_buttons import AgreeToReveal, RefuseToReveal, ShowWho
from handlers.visit import Context


class Reveals:
    def __init__(self, *, unveiling: Unveiling, refusals: Refusals, say: Say) -> None:
        self._unveiling = unveiling
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            CallbackQueryHandler(self.agree, AgreeToReveal.matches),
            CallbackQueryHandler(self.refuse, RefuseToReveal.matches),
            CallbackQueryHandler(self.who, ShowWho.matches),
        ]

    async def agree(self, update: Update, context: Context) -> None:
        await self._decide(update, context, AgreeToReveal.tapped(update).reveal, agree=True)

    async def refuse(self, update: Update, context: Context) -> None:
        await self._decide(update, context, RefuseToReveal.tapped(update).reveal, agree=False)

    async def who(self, update: Update, context: Context) -> None:
        """In a line that passes: the name does not stay on the screen."""
        person, number = context.visit.person, RevealId(ShowWho.tapped(update).reveal)
        if person is None:
            return
        try:
            looking = self._unveiling.who(person, number, now=context.visit.moment)
            behind = await self._refusals.or_why(update, looking, passing=True)
        except RevealUnknown:
            await self._say.toast(update, "reveal.unknown", alert=True)
            return
        if behind is not None:
            await self._say.toast(update, "reveal.who", alert=True, who=behind.name)

    async def _decide(self, update: Update, context: Context, number: int, *, agree: bool) -> None:
        person = context.visit.person
        if person is None:
            return
        try:
            deciding = self._unveiling.decide(
                person, RevealId(number), agree=agree, now=context.visit.moment
            )
            decided = await self._refusals.or_why(update, deciding, passing=True)
        except RevealUnknown:
            await self._say.toast(update, "reveal.unknown", alert=True)
        except RevealNeedsAnother:
            await self._say.toast(update, "reveal.needs_another", alert=True)
        else:
            if decided is not None:
                await self._say(
                    update,
                    "tickets/reveal_decided",
                    keyboard=self._see(number) if agree else None,
                    number=decided.ticket,
                    granted=agree,
                )

    def _see(self, number: int) -> Keyboard | None:
        return keyboard([(self._say.label("button.who_is_it"), ShowWho(number))])
