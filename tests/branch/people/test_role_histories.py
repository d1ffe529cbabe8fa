"""Any history of invitations, terms and ends: everybody's role is what a plain recount says."""

import asyncio
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from branch.people.errors import (
    GrantEnded,
    InvitationExpired,
    InvitationUsed,
    LastAdmin,
    NotAllowed,
)
from branch.people.model import Grant, GrantId, Person, Role, Sender, TelegramId
from branch.people.register import Register
from branch.people.role_book import RoleBook
from storage.engine import close_engine, open_engine
from storage.work import Transactions
from texts.language import Language

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
AN_HOUR = timedelta(hours=1)
PEOPLE = 4
RANKS = ["student", "member", "secretary", "admin"]
MAY_GIVE = {"secretary": ["member"], "admin": ["member", "secretary", "admin"]}

who = st.integers(0, PEOPLE - 1)
hours = st.integers(1, 30)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("invite"), who, st.sampled_from(RANKS), hours, st.none() | hours),
        st.tuples(st.just("accept"), who, st.integers(0, 9)),
        st.tuples(st.just("end"), who, st.integers(0, 9)),
        st.tuples(st.just("wait"), hours),
    ),
    max_size=25,
)


@dataclass
class Term:
    holder: int
    role: str
    until: datetime | None
    ended: bool = False


@dataclass
class Offer:
    role: str
    expires_at: datetime
    until: datetime | None
    used_by: int | None = None


@dataclass
class Recount:
    """The same rules once more, in lists and loops: what the role book has to agree with."""

    now: datetime = NOON
    terms: list[Term] = field(default_factory=lambda: [Term(0, "admin", None)])
    offers: list[Offer] = field(default_factory=list)

    def in_force(self) -> list[Term]:
        return [
            term
            for term in self.terms
            if not term.ended and (term.until is None or self.now < term.until)
        ]

    def role(self, person: int) -> str:
        held = [RANKS.index(term.role) for term in self.in_force() if term.holder == person]
        return RANKS[max(held, default=0)]

    def invite(self, by: int, role: str, valid: int, term: int | None) -> str:
        if role not in MAY_GIVE.get(self.role(by), []):
            return "NotAllowed"
        until = None if term is None else self.now + term * AN_HOUR
        self.offers.append(Offer(role, self.now + valid * AN_HOUR, until))
        return "done"

    def accept(self, person: int, number: int) -> str:
        offer = self.offers[number]
        if offer.used_by is not None:
            return "done" if offer.used_by == person else "InvitationUsed"
        if self.now >= offer.expires_at:
            return "InvitationExpired"
        offer.used_by = person
        self.terms.append(Term(person, offer.role, offer.until))
        return "done"

    def end(self, by: int, number: int) -> str:
        term = self.terms[number]
        if term not in [each for each in self.in_force() if each is term]:
            return "GrantEnded"
        if term.role not in MAY_GIVE.get(self.role(by), []):
            return "NotAllowed"
        if term.role == "admin" and [t.role for t in self.in_force()].count("admin") == 1:
            return "LastAdmin"
        term.ended = True
        return "done"


class Play:
    """One history, played to the role book and to the recount side by side."""

    def __init__(self, transactions: Transactions) -> None:
        self.transactions = transactions
        self.register = Register(transactions.begin, transactions.look)
        self.book = RoleBook(transactions.begin, transactions.look)
        self.recount = Recount()
        self.people: list[Person] = []
        self.tokens: list[str] = []
        self.grants: list[Grant] = []

    async def begin(self) -> None:
        for number in range(PEOPLE):
            sender = Sender(telegram_id=TelegramId(number + 1), name=str(number))
            self.people.append(await self.register.join(sender, language=Language.ZH, now=NOON))
        code = await self.book.open_claim(now=NOON)
        assert code is not None
        await self.book.claim_admin(code, self.people[0], now=NOON)
        await self.note_grants()

    async def note_grants(self) -> None:
        async with self.transactions.look() as work:
            active = await work.roles.active(now=self.recount.now)
        known = {grant.id for grant in self.grants}
        self.grants += [grant for grant in active if grant.id not in known]
        if len(self.grants) < len(self.recount.terms):
            # accepted when its term was over: in the list of active roles it never shows
            self.grants.append(replace(self.grants[0], id=GrantId(0)))

    async def step(self, step: tuple[object, ...]) -> None:
        match step:
            case ("wait", int(waited)):
                self.recount.now += waited * AN_HOUR
            case ("invite", int(by), str(role), int(valid), term):
                assert term is None or isinstance(term, int)
                expected = self.recount.invite(by, role, valid, term)
                assert await self.invite(by, role, valid, term) == expected
            case ("accept", int(person), int(number)) if self.tokens:
                number %= len(self.tokens)
                expected = self.recount.accept(person, number)
                assert await self.accept(person, number) == expected
                await self.note_grants()
            case ("end", int(by), int(number)):
                number %= len(self.grants)
                assert await self.end(by, number) == self.recount.end(by, number)

    async def invite(self, by: int, role: str, valid: int, term: int | None) -> str:
        now = self.recount.now
        try:
            made = await self.book.invite(
                self.people[by],
                Role(role),
                valid_for=valid * AN_HOUR,
                term_until=None if term is None else now + term * AN_HOUR,
                now=now,
            )
        except NotAllowed:
            return "NotAllowed"
        self.tokens.append(made.token)
        return "done"

    async def accept(self, person: int, number: int) -> str:
        token = self.tokens[number]
        try:
            await self.book.accept(token, self.people[person], now=self.recount.now)
        except (InvitationUsed, InvitationExpired) as error:
            return type(error).__name__
        return "done"

    async def end(self, by: int, number: int) -> str:
        grant = self.grants[number]
        try:
            await self.book.end(self.people[by], grant.id, now=self.recount.now)
        except (NotAllowed, GrantEnded, LastAdmin) as error:
            return type(error).__name__
        return "done"

    async def roles(self) -> list[str]:
        now = self.recount.now
        kept = [await self.register.as_kept(each, now=now) for each in self.people]
        async with self.transactions.look() as work:
            visitors = [(await work.visits.of(each.telegram_id, now=now))[0] for each in kept]
        assert visitors == kept
        return [each.role.value for each in kept]


async def play(path: Path, history: list[tuple[object, ...]]) -> None:
    engine = open_engine(f"sqlite:///{path}")
    try:
        playing = Play(Transactions(engine))
        await playing.begin()
        for step in history:
            await playing.step(step)
            expected = [playing.recount.role(each) for each in range(PEOPLE)]
            assert await playing.roles() == expected
    finally:
        await close_engine(engine)


@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=steps)
def test_roles_are_what_a_recount_says(
    migrated_sqlite: Path, history: list[tuple[object, ...]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "linghang.db"
        shutil.copy(migrated_sqlite, path)
        asyncio.run(play(path, history))
