"""Rosters and outcomes, history, frozen versions and corrections."""

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, Code, UtcDateTime

revision = "2026_11_26_23_outcomes"
down_revision = "2026_11_26_22_papers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "secrets",
        sa.Column("name", Code(32), nullable=False),
        sa.Column("value", Code(128), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    _rosters()
    _reports()
    _years()


def _rosters() -> None:
    op.create_table(
        "roster",
        sa.Column("id", BigId, nullable=False),
        sa.Column("cohort", sa.BigInteger(), nullable=False),
        sa.Column("class_name", sa.String(length=32), nullable=True),
        sa.Column("student_key", Code(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("cohort", "student_key", name="uq_roster_cohort_student_key"),
        sa.UniqueConstraint("person_id", name="uq_roster_person_id"),
    )
    op.create_index("ix_roster_student_key", "roster", ["student_key"])
    op.create_table(
        "roster_claims",
        sa.Column("id", BigId, nullable=False),
        sa.Column("roster_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["roster_id"], ["roster.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("roster_id", "person_id", name="uq_roster_claims_roster_id_person_id"),
    )
    op.create_index("ix_roster_claims_person_id", "roster_claims", ["person_id"])
    op.create_table(
        "wrong_numbers",
        sa.Column("id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_wrong_numbers_person_id_at", "wrong_numbers", ["person_id", "at"])


def _reports() -> None:
    op.create_table(
        "outcome_reports",
        sa.Column("id", BigId, nullable=False),
        sa.Column("subject", Code(32), nullable=False),
        sa.Column("roster_id", BigId, nullable=True),
        sa.Column("cohort", sa.BigInteger(), nullable=False),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reported_at", UtcDateTime(), nullable=False),
        sa.Column("judged_by", BigId, nullable=True),
        sa.Column("judged_at", UtcDateTime(), nullable=True),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["roster_id"], ["roster.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["judged_by"], ["people.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    for column in ("subject", "person_id", "state"):
        op.create_index(f"ix_outcome_reports_{column}", "outcome_reports", [column])
    op.create_table(
        "outcome_details",
        sa.Column("report_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("key", Code(128), nullable=False),
        sa.Column("target", sa.Text(), nullable=True),
        sa.Column("evidence_kind", sa.String(length=16), nullable=True),
        sa.Column("evidence_file", sa.Text(), nullable=True),
        sa.Column("evidence_name", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["outcome_reports.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id"),
        sa.UniqueConstraint("key", name="uq_outcome_details_key"),
    )
    op.create_index("ix_outcome_details_person_id", "outcome_details", ["person_id"])


def _years() -> None:
    op.create_table(
        "outcome_history",
        sa.Column("id", BigId, nullable=False),
        sa.Column("cohort", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=True),
        sa.Column("advanced", sa.BigInteger(), nullable=True),
        sa.Column("by_exam", sa.BigInteger(), nullable=True),
        sa.Column("by_recommendation", sa.BigInteger(), nullable=True),
        sa.Column("rate", sa.Float(53), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.Column("imported_by", BigId, nullable=True),
        sa.ForeignKeyConstraint(["imported_by"], ["people.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_outcome_history_cohort", "outcome_history", ["cohort"])
    op.create_table(
        "outcome_freezes",
        sa.Column("id", BigId, nullable=False),
        sa.Column("cohort", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("frozen_at", UtcDateTime(), nullable=False),
        sa.Column("frozen_by", BigId, nullable=True),
        sa.Column("digest", Code(64), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["frozen_by"], ["people.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("cohort", "version", name="uq_outcome_freezes_cohort_version"),
    )
    op.create_table(
        "outcome_corrections",
        sa.Column("id", BigId, nullable=False),
        sa.Column("cohort", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_id", BigId, nullable=True),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("subject", Code(32), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("after", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_outcome_corrections_cohort_at", "outcome_corrections", ["cohort", "at"])


def downgrade() -> None:
    for table in (
        "outcome_corrections",
        "outcome_freezes",
        "outcome_history",
        "outcome_details",
        "outcome_reports",
        "wrong_numbers",
        "roster_claims",
        "roster",
        "secrets",
    ):
        op.drop_table(table)
    op.execute("DELETE FROM letters WHERE kind LIKE 'outcome_%'")
