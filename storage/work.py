"""The unit of work: what a service does in one transaction, committed on a clean exit."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from functools import cached_property
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from branch.people.model import TelegramId
from storage.attendances import SqlAttendances, SqlDoors
from storage.audit import SqlAudit
from storage.calendar_edits import SqlCalendarEdits
from storage.canned_replies import SqlCannedReplies
from storage.changed import has_changed, watch_changes
from storage.chats import SqlChats
from storage.day_leavings import SqlLeavings
from storage.day_series import SqlDaySeries
from storage.engine import close_engine, glance_engine
from storage.entry_revisions import SqlRevisions
from storage.errors import FAULTS, unavailable
from storage.event_links import SqlEventLinks
from storage.feedback import SqlFeedback
from storage.letter_reports import SqlLetterReports
from storage.lives import SqlLives
from storage.notice_audiences import SqlAudiences
from storage.notice_mails import SqlMails
from storage.notices import SqlNotices
from storage.openings import SqlOpenings
from storage.outbox import SqlOutbox
from storage.outcome_targets import SqlOutcomeTargets
from storage.outcome_years import SqlOutcomeYears
from storage.outcomes import SqlOutcomes
from storage.paper_reviews import SqlReviews
from storage.papers import SqlCalls, SqlSubmissions
from storage.people import SqlPeople
from storage.posts import SqlPosts
from storage.questions import SqlQuestions
from storage.reading import SqlReadingWishes, SqlReceipts, SqlTags
from storage.reminders import SqlPlans, SqlSubscriptions
from storage.reports import SqlReports
from storage.research_achievements import SqlAchievements
from storage.research_problems import SqlProblems, SqlTopics
from storage.roles import SqlRoles
from storage.roster import SqlRoster, SqlRosterClaims, SqlSecrets
from storage.speaker_questions import SqlSpeakerQuestions
from storage.statistics import SqlStatistics
from storage.talks import SqlTalks
from storage.theme_days import SqlSignUps, SqlThemeDays
from storage.ticket_duties import SqlDuties
from storage.ticket_identities import SqlIdentities
from storage.ticket_records import SqlTicketRecords
from storage.ticket_thread import SqlThread
from storage.tickets import SqlTickets
from storage.updates import SqlUpdates
from storage.visits import SqlVisits


class Work:
    """One transaction, seen as the repositories that share it."""

    def __init__(self, connection: AsyncConnection, admin_ids: frozenset[TelegramId]) -> None:
        self._connection = connection
        self._admin_ids = admin_ids

    @property
    def has_changed(self) -> bool:
        """Whether any row is another than before."""
        return has_changed(self._connection)

    @cached_property
    def people(self) -> SqlPeople:
        return SqlPeople(self._connection, self._admin_ids)

    @cached_property
    def roles(self) -> SqlRoles:
        return SqlRoles(self._connection)

    @cached_property
    def audit(self) -> SqlAudit:
        return SqlAudit(self._connection)

    @cached_property
    def visits(self) -> SqlVisits:
        return SqlVisits(self._connection, self._admin_ids)

    @cached_property
    def talks(self) -> SqlTalks:
        return SqlTalks(self._connection)

    @cached_property
    def updates(self) -> SqlUpdates:
        return SqlUpdates(self._connection)

    @cached_property
    def questions(self) -> SqlQuestions:
        return SqlQuestions(self._connection)

    @cached_property
    def feedback(self) -> SqlFeedback:
        return SqlFeedback(self._connection)

    @cached_property
    def openings(self) -> SqlOpenings:
        return SqlOpenings(self._connection)

    @cached_property
    def tickets(self) -> SqlTickets:
        return SqlTickets(self._connection, self._admin_ids)

    @cached_property
    def ticket_thread(self) -> SqlThread:
        return SqlThread(self._connection)

    @cached_property
    def ticket_duties(self) -> SqlDuties:
        return SqlDuties(self._connection)

    @cached_property
    def canned_replies(self) -> SqlCannedReplies:
        return SqlCannedReplies(self._connection)

    @cached_property
    def ticket_identities(self) -> SqlIdentities:
        return SqlIdentities(self._connection, self.people)

    @cached_property
    def ticket_records(self) -> SqlTicketRecords:
        return SqlTicketRecords(self._connection)

    @cached_property
    def notices(self) -> SqlNotices:
        return SqlNotices(self._connection)

    @cached_property
    def audiences(self) -> SqlAudiences:
        return SqlAudiences(self._connection, self._admin_ids)

    @cached_property
    def mails(self) -> SqlMails:
        return SqlMails(self._connection, self.outbox)

    @cached_property
    def receipts(self) -> SqlReceipts:
        return SqlReceipts(self._connection)

    @cached_property
    def letter_reports(self) -> SqlLetterReports:
        return SqlLetterReports(self._connection)

    @cached_property
    def theme_days(self) -> SqlThemeDays:
        return SqlThemeDays(self._connection)

    @cached_property
    def sign_ups(self) -> SqlSignUps:
        return SqlSignUps(self._connection)

    @cached_property
    def day_series(self) -> SqlDaySeries:
        return SqlDaySeries(self._connection)

    @cached_property
    def doors(self) -> SqlDoors:
        return SqlDoors(self._connection)

    @cached_property
    def attendances(self) -> SqlAttendances:
        return SqlAttendances(self._connection)

    @cached_property
    def speaker_questions(self) -> SqlSpeakerQuestions:
        return SqlSpeakerQuestions(self._connection)

    @cached_property
    def leavings(self) -> SqlLeavings:
        return SqlLeavings(self._connection)

    @cached_property
    def topics(self) -> SqlTopics:
        return SqlTopics(self._connection)

    @cached_property
    def problems(self) -> SqlProblems:
        return SqlProblems(self._connection)

    @cached_property
    def achievements(self) -> SqlAchievements:
        return SqlAchievements(self._connection)

    @cached_property
    def calls(self) -> SqlCalls:
        return SqlCalls(self._connection)

    @cached_property
    def submissions(self) -> SqlSubmissions:
        return SqlSubmissions(self._connection)

    @cached_property
    def reviews(self) -> SqlReviews:
        return SqlReviews(self._connection)

    @cached_property
    def secrets(self) -> SqlSecrets:
        return SqlSecrets(self._connection)

    @cached_property
    def roster(self) -> SqlRoster:
        return SqlRoster(self._connection)

    @cached_property
    def roster_claims(self) -> SqlRosterClaims:
        return SqlRosterClaims(self._connection)

    @cached_property
    def outcomes(self) -> SqlOutcomes:
        return SqlOutcomes(self._connection)

    @cached_property
    def outcome_years(self) -> SqlOutcomeYears:
        return SqlOutcomeYears(self._connection)

    @cached_property
    def lives(self) -> SqlLives:
        return SqlLives(self._connection)

    @cached_property
    def reading_wishes(self) -> SqlReadingWishes:
        return SqlReadingWishes(self._connection)

    @cached_property
    def tags(self) -> SqlTags:
        return SqlTags(self._connection)

    @cached_property
    def reports(self) -> SqlReports:
        return SqlReports(self._connection)

    @cached_property
    def outcome_targets(self) -> SqlOutcomeTargets:
        return SqlOutcomeTargets(self._connection)

    @cached_property
    def event_links(self) -> SqlEventLinks:
        return SqlEventLinks(self._connection)

    @cached_property
    def statistics(self) -> SqlStatistics:
        return SqlStatistics(self._connection)

    @cached_property
    def outbox(self) -> SqlOutbox:
        return SqlOutbox(self._connection)

    @cached_property
    def posts(self) -> SqlPosts:
        return SqlPosts(self._connection)

    @cached_property
    def chats(self) -> SqlChats:
        return SqlChats(self._connection)

    @cached_property
    def revisions(self) -> SqlRevisions:
        return SqlRevisions(self._connection)

    @cached_property
    def calendar_edits(self) -> SqlCalendarEdits:
        return SqlCalendarEdits(self._connection)

    @cached_property
    def subscriptions(self) -> SqlSubscriptions:
        return SqlSubscriptions(self._connection)

    @cached_property
    def plans(self) -> SqlPlans:
        return SqlPlans(self._connection)


class Transactions:
    """Gives out transactions: `begin` to write, `look` to read a steady picture.

    Raises StorageUnavailable where the database, not the caller, is at fault.
    """

    def __init__(
        self, engine: AsyncEngine, *, admin_ids: frozenset[TelegramId] = frozenset()
    ) -> None:
        watch_changes(engine)
        self._glances = glance_engine(engine)
        self._reading = engine.execution_options(writes=False, **_steady(engine))
        self._writing = engine
        self._admin_ids = admin_ids
        self._on_letters: Callable[[], None] | None = None
        self._changes = 0
        # SQLite has one writer: waiting here in order is fairer and cheaper than in its busy loop
        self._writer = asyncio.Lock() if engine.dialect.name == "sqlite" else None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        async with self._writer or nullcontext(), self._transaction(self._writing) as work:
            yield work
            changed = work.has_changed
        self._changes += changed
        if self._on_letters is not None and work.outbox.written:
            self._on_letters()

    def changes(self) -> int:
        """How often something was written here; whoever looks sees at least so much of it."""
        return self._changes

    def tell_of_letters(self, told: Callable[[], None]) -> None:
        """Call `told` after each commit that has put letters on their way."""
        self._on_letters = told

    @asynccontextmanager
    async def look(self) -> AsyncIterator[Work]:
        async with self._transaction(self._reading) as work:
            yield work

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[Work]:
        """For one reading statement: cheaper than `look`; two may see two moments."""
        async with self._connected(self._glances) if self._glances else self.look() as work:
            yield work

    async def close(self) -> None:
        """End the connections that only this object has; the engine's are its opener's."""
        if self._glances is not None:
            await close_engine(self._glances)

    @asynccontextmanager
    async def _connected(self, engine: AsyncEngine) -> AsyncIterator[Work]:
        with _faults_named():
            async with engine.connect() as connection:
                yield Work(connection, self._admin_ids)

    @asynccontextmanager
    async def _transaction(self, engine: AsyncEngine) -> AsyncIterator[Work]:
        with _faults_named():
            async with engine.begin() as connection:
                yield Work(connection, self._admin_ids)


@contextmanager
def _faults_named() -> Iterator[None]:
    """What the database says of its state, as StorageUnavailable; other faults as they are."""
    try:
        yield
    except FAULTS as error:
        meaning = unavailable(error)
        if meaning is None:
            raise
        raise meaning from error


def _steady(engine: AsyncEngine) -> dict[str, Any]:
    """How a transaction sees one moment of the database; on SQLite each does."""
    if engine.dialect.name != "postgresql":
        return {}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
