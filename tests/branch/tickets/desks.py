"""For the tests of tickets: the services of one process, and people of each kind."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from branch.outbox.kinds import LetterKind
from branch.people.model import Person, Role, Sender, TelegramId
from branch.tickets.asking import Asking, QuestionBox
from branch.tickets.by_the_clock import TicketKeeper
from branch.tickets.declining import Declining
from branch.tickets.desk_group import DeskGroup
from branch.tickets.duty_book import DutyBook
from branch.tickets.finding import TicketFinder
from branch.tickets.letters import Taps, TicketLetters
from branch.tickets.looking import TicketShelf
from branch.tickets.model import TicketId
from branch.tickets.muting import Muting
from branch.tickets.routing import Routing
from branch.tickets.service import TicketDesk
from branch.tickets.suggesting import Suggesting
from branch.tickets.telling import Telling
from branch.tickets.thread import Part
from branch.tickets.together import AnsweringTogether
from branch.tickets.unveiling import Unveiling
from branch.tickets.unveiling_letters import RevealTaps, UnveilingLetters
from storage.work import Transactions
from texts.language import Language
from texts.renderer import Texts

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


class Office(Struct, frozen=True):
    """What one process knows of tickets."""

    transactions: Transactions
    box: QuestionBox
    desk: TicketDesk
    shelf: TicketShelf
    finder: TicketFinder
    group: DeskGroup
    muting: Muting
    unveiling: Unveiling
    keeper: TicketKeeper
    duties: DutyBook
    declining: Declining
    together: AnsweringTogether
    suggesting: Suggesting

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

    async def secretary(self, number: int) -> Person:
        return await self.person(number, Role.SECRETARY)

    async def end_roles(self, person: Person) -> None:
        async with self.transactions.begin() as work:
            for grant in await work.roles.active(now=NOW):
                if grant.person_id == person.id:
                    await work.roles.end(grant.id, by=person.id, now=NOW - timedelta(seconds=1))

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
    texts = Texts(ZoneInfo("Asia/Shanghai"))
    letters = TicketLetters(
        texts,
        Taps(
            take=lambda ticket: f"take:{ticket}",
            show=lambda ticket: f"ticket:{ticket}",
            add=lambda ticket: f"add:{ticket}",
            rate=lambda ticket: f"rate:{ticket}",
            suggest=lambda ticket: f"ref:{ticket}",
            decline=lambda ticket: f"pass:{ticket}",
            overdue=lambda: "overdue",
            pass_on=lambda: "member:0:0",
        ),
    )
    begin, look = transactions.begin, transactions.look
    telling = Telling(letters, Routing())
    reveals = UnveilingLetters(
        texts,
        RevealTaps(
            agree=lambda reveal: f"agree:{reveal}",
            refuse=lambda reveal: f"refuse:{reveal}",
            who=lambda reveal: f"who:{reveal}",
        ),
    )
    desk = TicketDesk(begin, letters, telling)
    return Office(
        transactions,
        box=QuestionBox(begin, look, telling),
        desk=desk,
        shelf=TicketShelf(look),
        finder=TicketFinder(begin, look),
        group=DeskGroup(begin, look),
        muting=Muting(begin, look),
        unveiling=Unveiling(begin, look, reveals),
        keeper=TicketKeeper(begin, look, letters, telling),
        duties=DutyBook(begin, look),
        declining=Declining(begin, telling),
        together=AnsweringTogether(begin, desk),
        suggesting=Suggesting(look),
    )


def said(text: str, message_id: int) -> Part:
    return Part(message_id=message_id, text=text)
