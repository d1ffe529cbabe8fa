"""The tables of rosters and outcomes.

What counts outlives the person: it loses them, and with them the details, which are theirs.
"""

from datetime import datetime

from sqlalchemy import Float, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import BigId, Code
from storage.tables import Base


class SecretRow(Base):
    """A secret of this installation; its value is never shown."""

    __tablename__ = "secrets"

    name: Mapped[str] = mapped_column(Code(32), primary_key=True)
    value: Mapped[str] = mapped_column(Code(128))
    made_at: Mapped[datetime]


class RosterRow(Base):
    """A student of a cohort. An empty `name` is that of somebody who was forgotten."""

    __tablename__ = "roster"
    __table_args__ = (
        UniqueConstraint("cohort", "student_key", name="uq_roster_cohort_student_key"),
        UniqueConstraint("person_id", name="uq_roster_person_id"),
        Index("ix_roster_student_key", "student_key"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    cohort: Mapped[int]
    class_name: Mapped[str | None] = mapped_column(String(32))
    student_key: Mapped[str] = mapped_column(Code(64))
    name: Mapped[str | None] = mapped_column(Text)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    imported_at: Mapped[datetime]
    source: Mapped[str] = mapped_column(Text)


class RosterClaimRow(Base):
    """Somebody says that a row is theirs which somebody else has."""

    __tablename__ = "roster_claims"
    __table_args__ = (
        UniqueConstraint("roster_id", "person_id", name="uq_roster_claims_roster_id_person_id"),
        Index("ix_roster_claims_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    roster_id: Mapped[int] = mapped_column(ForeignKey("roster.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    made_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16))
    settled_at: Mapped[datetime | None]


class WrongNumberRow(Base):
    """That somebody typed a number that stands on no roster; not the number."""

    __tablename__ = "wrong_numbers"
    __table_args__ = (Index("ix_wrong_numbers_person_id_at", "person_id", "at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    at: Mapped[datetime]


class OutcomeReportRow(Base):
    """What somebody has reported once; reports of one subject follow each other by number."""

    __tablename__ = "outcome_reports"
    __table_args__ = (
        Index("ix_outcome_reports_subject", "subject"),
        Index("ix_outcome_reports_person_id", "person_id"),
        Index("ix_outcome_reports_state", "state"),
        # a number is never given twice: the order of reports is the order of their numbers
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    subject: Mapped[str] = mapped_column(Code(32))
    roster_id: Mapped[int | None] = mapped_column(ForeignKey("roster.id", ondelete="SET NULL"))
    cohort: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))
    reported_at: Mapped[datetime]
    judged_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    judged_at: Mapped[datetime | None]
    source: Mapped[str] = mapped_column(String(16))


class OutcomeDetailRow(Base):
    """What of a report is the person's own, and leaves with them; `key` makes it happen once."""

    __tablename__ = "outcome_details"
    __table_args__ = (
        UniqueConstraint("key", name="uq_outcome_details_key"),
        Index("ix_outcome_details_person_id", "person_id"),
    )

    report_id: Mapped[int] = mapped_column(
        ForeignKey("outcome_reports.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(Code(128))
    target: Mapped[str | None] = mapped_column(Text)
    evidence_kind: Mapped[str | None] = mapped_column(String(16))
    evidence_file: Mapped[str | None] = mapped_column(Text)
    evidence_name: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)


class OutcomeHistoryRow(Base):
    """A cohort of before the bot; the last row of a cohort is the one that holds."""

    __tablename__ = "outcome_history"
    __table_args__ = (Index("ix_outcome_history_cohort", "cohort"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    cohort: Mapped[int]
    total: Mapped[int | None]
    advanced: Mapped[int | None]
    by_exam: Mapped[int | None]
    by_recommendation: Mapped[int | None]
    rate: Mapped[float | None] = mapped_column(Float(53))
    source: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    imported_at: Mapped[datetime]
    imported_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))


class OutcomeFreezeRow(Base):
    """The figures of a cohort as they once were; never changed."""

    __tablename__ = "outcome_freezes"
    __table_args__ = (
        UniqueConstraint("cohort", "version", name="uq_outcome_freezes_cohort_version"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    cohort: Mapped[int]
    version: Mapped[int]
    frozen_at: Mapped[datetime]
    frozen_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    digest: Mapped[str] = mapped_column(Code(64))
    figures: Mapped[str] = mapped_column(Text)
    standing: Mapped[str] = mapped_column(Text)


class OutcomeCorrectionRow(Base):
    """What has changed after a cohort was frozen; only added to."""

    __tablename__ = "outcome_corrections"
    __table_args__ = (Index("ix_outcome_corrections_cohort_at", "cohort", "at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    cohort: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    what: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(Code(32))
    before: Mapped[str] = mapped_column(String(64))
    after: Mapped[str] = mapped_column(String(64))
