"""The tables. What is about a person points to `people.id`: so export and deletion find it."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.columns import BigId, UtcDateTime

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


PEOPLE = Table(
    "people",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("telegram_id", BigInteger, unique=True, nullable=False),
    Column("name", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("cohort", BigInteger),
    Column("intake", BigInteger),
    Column("class_name", String(32)),
    Column("consented_at", UtcDateTime, nullable=False),
    Column("consent_version", BigInteger, nullable=False),
    Column("unreachable_since", UtcDateTime),
    # an id is never given twice: what the audit log says of a forgotten person stays theirs
    sqlite_autoincrement=True,
)


ROLE_GRANTS = Table(
    "role_grants",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), index=True, nullable=False),
    Column("role", String(16), nullable=False),
    Column("granted_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("granted_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("ended_by", ForeignKey("people.id", ondelete="SET NULL")),
)


INVITATIONS = Table(
    "invitations",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("token_hash", String(64), unique=True, nullable=False),
    Column("role", String(16), nullable=False),
    Column("created_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("term_until", UtcDateTime),
    Column("used_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("used_at", UtcDateTime),
)


AUDIT_LOG = Table(
    "audit_log",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    # numbers without a foreign key: they outlive the people they were
    Column("actor", BigInteger),
    Column("deed", String(32), nullable=False),
    Column("about", BigInteger),
    Column("details", Text),
)
"""Append-only: the migration adds triggers that refuse to change or delete a row."""


TALKS = Table(
    "talks",
    METADATA,
    Column("telegram_id", BigInteger, primary_key=True),
    Column("name", String(32), primary_key=True),
    Column("scene", String(32), nullable=False),
    Column("draft", Text, nullable=False),
    Column("prompt_id", BigInteger),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("version", BigInteger, nullable=False),
)
"""One open conversation; by Telegram id, because it begins before somebody has joined."""


UPDATES = Table(
    "updates",
    METADATA,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("lane", BigInteger, nullable=False),
    Column("payload", Text),
    Column("received_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Index("ix_updates_finished_at", "finished_at"),
)
"""One update of Telegram's: here before its offset moves, empty once it is handled."""


QUESTIONS = Table(
    "questions",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("text", Text, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("entry", String(64)),
    Column("confidence", Double),
    Column("part", BigInteger, nullable=False),  # a message may ask several things: the first is 0
    UniqueConstraint("person_id", "message_id", "part"),
    # what the reports ask: how often each entry came, and what came to nothing lately
    Index("ix_questions_entry_outcome_asked_at", "entry", "outcome", "asked_at"),
    Index("ix_questions_outcome_asked_at", "outcome", "asked_at"),
    # which question of theirs an entry answered, when they say that it was off the point
    Index("ix_questions_person_id_entry", "person_id", "entry"),
)
"""What was asked and how it was answered; the ground of gap reports and statistics."""


FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("entry", String(64), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("reason", String(16)),
    Column("words", Text),
    Column("given_at", UtcDateTime, nullable=False),
    UniqueConstraint("person_id", "entry"),
    # what the reports ask: how each entry was judged, and what was off the point lately
    Index("ix_feedback_entry_verdict_given_at", "entry", "verdict", "given_at"),
    Index("ix_feedback_reason_given_at", "reason", "given_at"),
)
"""A person's last word on whether an entry helped."""


OPENINGS = Table(
    "openings",
    METADATA,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("entry", String(64), primary_key=True),
    Column("day", Date, primary_key=True),
    Index("ix_openings_entry_day", "entry", "day"),
)
"""That a person opened an entry by a button or a link, on a day."""


LAST_READ = Table(
    "last_read",
    METADATA,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("entry", String(64), nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
)
"""The entry a person read last: what their next question may lean on."""


ENTRY_REVISIONS = Table(
    "entry_revisions",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("slug", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("deed", String(16), nullable=False),
    Column("topic", String(64)),
    Column("texts", Text),
    Column("parent", BigInteger, nullable=False),
    Column("basis", String(64), nullable=False),
    Column("exported_at", UtcDateTime),
    # of two who changed the same text, one wins
    UniqueConstraint("slug", "parent"),
    # whoever has seen a number has seen all before it: none is given twice
    sqlite_autoincrement=True,
)
"""What somebody made of an entry in the chat; the latest of a slug stands over its files."""


import storage.calendar_tables  # noqa: E402 -- whoever knows the tables knows these too
import storage.letter_tables  # noqa: E402 -- and these
import storage.notice_tables  # noqa: E402 -- and these
import storage.theme_day_tables  # noqa: E402 -- and these
import storage.ticket_tables  # noqa: E402, F401 -- and these
