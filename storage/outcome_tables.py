"""The tables of rosters and outcomes.

What counts outlives the person: it loses them, and with them the details, which are theirs.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.columns import BigId, Code, UtcDateTime
from storage.tables import METADATA

SECRETS = Table(
    "secrets",
    METADATA,
    Column("name", Code(32), primary_key=True),
    Column("value", Code(128), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)
"""A secret of this installation; its value is never shown."""


ROSTER = Table(
    "roster",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("cohort", BigInteger, nullable=False),
    Column("class_name", String(32)),
    Column("student_key", Code(64), nullable=False),
    Column("name", Text),
    Column("person_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("imported_at", UtcDateTime, nullable=False),
    Column("source", Text, nullable=False),
    UniqueConstraint("cohort", "student_key", name="uq_roster_cohort_student_key"),
    UniqueConstraint("person_id", name="uq_roster_person_id"),
    Index("ix_roster_student_key", "student_key"),
)
"""A student of a cohort. An empty `name` is that of somebody who was forgotten."""


ROSTER_CLAIMS = Table(
    "roster_claims",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("roster_id", ForeignKey("roster.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),
    Column("settled_at", UtcDateTime),
    UniqueConstraint("roster_id", "person_id", name="uq_roster_claims_roster_id_person_id"),
    Index("ix_roster_claims_person_id", "person_id"),
)
"""Somebody says that a row is theirs which somebody else has."""


WRONG_NUMBERS = Table(
    "wrong_numbers",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_wrong_numbers_person_id_at", "person_id", "at"),
)
"""That somebody typed a number that stands on no roster; not the number."""


OUTCOME_REPORTS = Table(
    "outcome_reports",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("subject", Code(32), nullable=False),
    Column("roster_id", ForeignKey("roster.id", ondelete="SET NULL")),
    Column("cohort", BigInteger, nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("kind", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reported_at", UtcDateTime, nullable=False),
    Column("judged_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("judged_at", UtcDateTime),
    Column("source", String(16), nullable=False),
    Index("ix_outcome_reports_subject", "subject"),
    Index("ix_outcome_reports_person_id", "person_id"),
    Index("ix_outcome_reports_state", "state"),
    # a number is never given twice: the order of reports is the order of their numbers
    sqlite_autoincrement=True,
)
"""What somebody has reported once; reports of one subject follow each other by number."""


OUTCOME_DETAILS = Table(
    "outcome_details",
    METADATA,
    Column("report_id", ForeignKey("outcome_reports.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("key", Code(128), nullable=False),
    Column("target", Text),
    Column("evidence_kind", String(16)),
    Column("evidence_file", Text),
    Column("evidence_name", Text),
    Column("reason", Text),
    UniqueConstraint("key", name="uq_outcome_details_key"),
    Index("ix_outcome_details_person_id", "person_id"),
)
"""What of a report is the person's own, and leaves with them; `key` makes it happen once."""


OUTCOME_HISTORY = Table(
    "outcome_history",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("cohort", BigInteger, nullable=False),
    Column("total", BigInteger),
    Column("advanced", BigInteger),
    Column("by_exam", BigInteger),
    Column("by_recommendation", BigInteger),
    Column("rate", Float(53)),
    Column("source", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("imported_at", UtcDateTime, nullable=False),
    Column("imported_by", ForeignKey("people.id", ondelete="SET NULL")),
    Index("ix_outcome_history_cohort", "cohort"),
)
"""A cohort of before the bot; the last row of a cohort is the one that holds."""


OUTCOME_FREEZES = Table(
    "outcome_freezes",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("cohort", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("frozen_at", UtcDateTime, nullable=False),
    Column("frozen_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("digest", Code(64), nullable=False),
    Column("figures", Text, nullable=False),
    Column("standing", Text, nullable=False),
    UniqueConstraint("cohort", "version", name="uq_outcome_freezes_cohort_version"),
)
"""The figures of a cohort as they once were; never changed."""


OUTCOME_CORRECTIONS = Table(
    "outcome_corrections",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("cohort", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("what", String(16), nullable=False),
    Column("subject", Code(32), nullable=False),
    Column("before", String(64), nullable=False),
    Column("after", String(64), nullable=False),
    Index("ix_outcome_corrections_cohort_at", "cohort", "at"),
)
"""What has changed after a cohort was frozen; only added to."""
