"""Calls for papers: what is handed in, its files, its reviews, what becomes of it."""

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, Code, UtcDateTime

revision = "2026_11_26_22_papers"
down_revision = "2026_11_26_21_research"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_calls",
        sa.Column("id", BigId, nullable=False),
        sa.Column("key", Code(128), nullable=False),
        sa.Column("author_id", BigId, nullable=True),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("guidance", sa.Text(), nullable=False),
        sa.Column("deadline", UtcDateTime(), nullable=False),
        sa.Column("late_code", sa.String(length=32), nullable=True),
        sa.Column("least", sa.BigInteger(), nullable=False),
        sa.Column("most", sa.BigInteger(), nullable=False),
        sa.Column("body_most", sa.BigInteger(), nullable=True),
        sa.Column("kinds", sa.String(length=64), nullable=False),
        sa.Column("largest", sa.BigInteger(), nullable=False),
        sa.Column("readers", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("review_from", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_paper_calls_deadline", "paper_calls", ["deadline"])
    op.create_table(
        "submissions",
        sa.Column("id", BigId, nullable=False),
        sa.Column("call_id", BigId, nullable=False),
        sa.Column("author_id", BigId, nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("coauthors", sa.Text(), nullable=True),
        sa.Column("abstract", sa.Text(), nullable=True),
        sa.Column("keywords", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("receipt", sa.String(length=16), nullable=True),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("late_at", UtcDateTime(), nullable=True),
        sa.Column("revise_until", UtcDateTime(), nullable=True),
        sa.Column("award", sa.String(length=16), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("reviewed", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["paper_calls.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("call_id", "author_id"),
        sa.UniqueConstraint("receipt"),
    )
    op.create_index("ix_submissions_author_id", "submissions", ["author_id"])
    op.create_table(
        "receipt_years",
        sa.Column("year", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("year"),
    )
    _create_what_hangs_on_a_paper()


def _create_what_hangs_on_a_paper() -> None:
    op.create_table(
        "paper_files",
        sa.Column("submission_id", BigId, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("unique_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        _on_a_paper(),
        sa.PrimaryKeyConstraint("submission_id", "number"),
    )
    op.create_table(
        "paper_reviews",
        sa.Column("id", BigId, nullable=False),
        sa.Column("submission_id", BigId, nullable=False),
        sa.Column("reviewer_id", BigId, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("theme", sa.BigInteger(), nullable=True),
        sa.Column("substance", sa.BigInteger(), nullable=True),
        sa.Column("writing", sa.BigInteger(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("excuse", sa.String(length=16), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        _on_a_paper(),
        sa.ForeignKeyConstraint(["reviewer_id"], ["people.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("submission_id", "reviewer_id"),
    )
    op.create_index("ix_paper_reviews_reviewer_id", "paper_reviews", ["reviewer_id"])
    op.create_table(
        "paper_proposals",
        sa.Column("submission_id", BigId, nullable=False),
        sa.Column("round", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("award", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", BigId, nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("released_at", UtcDateTime(), nullable=True),
        _on_a_paper(),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("submission_id", "round"),
    )


def _on_a_paper() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], ondelete="CASCADE")


def downgrade() -> None:
    for table in ("paper_proposals", "paper_reviews", "paper_files", "receipt_years"):
        op.drop_table(table)
    op.drop_table("submissions")
    op.drop_table("paper_calls")
    op.execute("DELETE FROM letters WHERE kind LIKE 'paper_%'")
