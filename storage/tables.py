"""The tables. What is about a person points to `people.id`: so export and deletion find it."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Date,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.columns import BigId, UtcDateTime


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, int: BigInteger}  # noqa: RUF012 -- SQLAlchemy's own way to say it


class PersonRow(Base):
    __tablename__ = "people"
    # an id is never given twice: what the audit log says of a forgotten person stays theirs
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 -- SQLAlchemy's own way to say it

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    telegram_id: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    cohort: Mapped[int | None]
    intake: Mapped[int | None]
    class_name: Mapped[str | None] = mapped_column(String(32))
    consented_at: Mapped[datetime]
    consent_version: Mapped[int]
    unreachable_since: Mapped[datetime | None]


class RoleGrantRow(Base):
    __tablename__ = "role_grants"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(16))
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    granted_at: Mapped[datetime]
    until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))


class InvitationRow(Base):
    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    term_until: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    used_at: Mapped[datetime | None]


class AuditRow(Base):
    """Append-only: the migration adds triggers that refuse to change or delete a row."""

    __tablename__ = "audit_log"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime]
    # numbers without a foreign key: they outlive the people they were
    actor: Mapped[int | None]
    deed: Mapped[str] = mapped_column(String(32))
    about: Mapped[int | None]
    details: Mapped[str | None] = mapped_column(Text)


class TalkRow(Base):
    """One open conversation; by Telegram id, because it begins before somebody has joined."""

    __tablename__ = "talks"

    telegram_id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    scene: Mapped[str] = mapped_column(String(32))
    draft: Mapped[str] = mapped_column(Text)
    prompt_id: Mapped[int | None]
    opened_at: Mapped[datetime]
    version: Mapped[int]


class UpdateRow(Base):
    """One update of Telegram's: here before its offset moves, empty once it is handled."""

    __tablename__ = "updates"
    __table_args__ = (Index("ix_updates_finished_at", "finished_at"),)

    update_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    lane: Mapped[int]
    payload: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class QuestionRow(Base):
    """What was asked and how it was answered; the ground of gap reports and statistics."""

    __tablename__ = "questions"
    __table_args__ = (
        UniqueConstraint("person_id", "message_id", "part"),
        # what the reports ask: how often each entry came, and what came to nothing lately
        Index("ix_questions_entry_outcome_asked_at", "entry", "outcome", "asked_at"),
        Index("ix_questions_outcome_asked_at", "outcome", "asked_at"),
        # which question of theirs an entry answered, when they say that it was off the point
        Index("ix_questions_person_id_entry", "person_id", "entry"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    message_id: Mapped[int]
    asked_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(16))
    entry: Mapped[str | None] = mapped_column(String(64))
    confidence: Mapped[float | None]
    part: Mapped[int]  # a message may ask several things: the first is 0


class FeedbackRow(Base):
    """A person's last word on whether an entry helped."""

    __tablename__ = "feedback"
    __table_args__ = (
        UniqueConstraint("person_id", "entry"),
        # what the reports ask: how each entry was judged, and what was off the point lately
        Index("ix_feedback_entry_verdict_given_at", "entry", "verdict", "given_at"),
        Index("ix_feedback_reason_given_at", "reason", "given_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    entry: Mapped[str] = mapped_column(String(64))
    verdict: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(String(16))
    words: Mapped[str | None] = mapped_column(Text)
    given_at: Mapped[datetime]


class OpeningRow(Base):
    """That a person opened an entry by a button or a link, on a day."""

    __tablename__ = "openings"
    __table_args__ = (Index("ix_openings_entry_day", "entry", "day"),)

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    entry: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)


class LastReadRow(Base):
    """The entry a person read last: what their next question may lean on."""

    __tablename__ = "last_read"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    entry: Mapped[str] = mapped_column(String(64))
    read_at: Mapped[datetime]


class EntryRevisionRow(Base):
    """What somebody made of an entry in the chat; the latest of a slug stands over its files."""

    __tablename__ = "entry_revisions"
    __table_args__ = (
        # of two who changed the same text, one wins
        UniqueConstraint("slug", "parent"),
        # whoever has seen a number has seen all before it: none is given twice
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    slug: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    deed: Mapped[str] = mapped_column(String(16))
    topic: Mapped[str | None] = mapped_column(String(64))
    texts: Mapped[str | None] = mapped_column(Text)
    parent: Mapped[int]
    basis: Mapped[str] = mapped_column(String(64))
    exported_at: Mapped[datetime | None]


import storage.calendar_tables  # noqa: E402 -- whoever knows the tables knows these too
import storage.letter_tables  # noqa: E402 -- and these
import storage.notice_tables  # noqa: E402 -- and these
import storage.theme_day_tables  # noqa: E402 -- and these
import storage.ticket_tables  # noqa: E402, F401 -- and these
