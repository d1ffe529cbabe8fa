"""For the tests of tickets: the services of one process, and people of each kind."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from branch.outbox.model import LetterKind
from branch.people.model import Person, Role, Sender, TelegramId
from branch.tickets.asking import Asking, QuestionBox
from branch.tickets.letters import Taps, TicketLetters
from branch.tickets.looking import TicketShelf
from branch.tickets.model import TicketId
from branch.tickets.readers import EveryMember
from branch.tickets.service import TicketDesk
from branch.tickets.thread import Part
from storage.work import Transactions
from texts.language import Language
from texts.renderer import Texts

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Office:
    """What one process knows of tickets."""

    transactions: Transactions
    box: QuestionBox
    desk: TicketDesk
    shelf: TicketShelf

    async def person(self, number: int, role: Role | None = None) -> Person:
        async with self.transactions.begin() as work:
            sender = Sender(telegram_id=TelegramId(number), name=f"人 {number}")
            added = await work.people.add(sender, language=Language.ZH, now=NOW)
            assert added is not None
            if role:
                await work.roles.grant(added, role, by=None, now=NOW, until=None)
            kept = await work.people.by_id(added, now=NOW)
        assert kept is not None
        return kept

    async def member(self, number: int) -> Person:
        return await self.person(number, Role.MEMBER)

    async def ask(
        self,
        asker: Person,
        message: int = 1,
        *,
        text: str = "怎么选学校",
        anonymous: bool = False,
        now: datetime = NOW,
    ) -> TicketId:
        asking = Asking(
            parts=[said(text, message)], message_id=1_000 + message, anonymous=anonymous
        )
        return (await self.box.open(asker, asking, now=now)).ticket.id

    async def letters(self, kind: LetterKind, ticket: TicketId) -> int:
        async with self.transactions.look() as work:
            return len(await work.outbox.fates(kind=kind, about=f"ticket:{ticket}:"))


def office_of(transactions: Transactions) -> Office:
    letters = TicketLetters(
        Texts(ZoneInfo("Asia/Shanghai")),
        Taps(
            take=lambda ticket: f"take:{ticket}",
            show=lambda ticket: f"ticket:{ticket}",
            pass_on=lambda: "member:0:0",
        ),
    )
    return Office(
        transactions,
        QuestionBox(transactions.begin, transactions.look, letters, EveryMember()),
        TicketDesk(transactions.begin, letters),
        TicketShelf(transactions.look),
    )


def said(text: str, message_id: int) -> Part:
    return Part(message_id=message_id, text=text)
