"""Research: topics, problems and votes; achievements and their imports."""

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, Code, UtcDateTime

revision = "2026_11_26_21_research"
down_revision = "2026_11_26_19_theme_day_life"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "research_problems",
        sa.Column("id", BigId, nullable=False),
        sa.Column("key", Code(128), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("solution", sa.Text(), nullable=False),
        sa.Column("author_id", BigId, nullable=True),
        sa.Column("theme_day", sa.BigInteger(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_research_problems_state", "research_problems", ["state"])
    op.create_index("ix_research_problems_theme_day", "research_problems", ["theme_day"])
    op.create_table(
        "research_topics",
        sa.Column("id", BigId, nullable=False),
        sa.Column("key", Code(128), nullable=False),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("problem_id", BigId, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["problem_id"], ["research_problems.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_research_topics_problem_id", "research_topics", ["problem_id"])
    op.create_index("ix_research_topics_person_id", "research_topics", ["person_id"])
    op.create_table(
        "research_votes",
        sa.Column("problem_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["problem_id"], ["research_problems.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("problem_id", "person_id"),
    )
    op.create_index("ix_research_votes_person_id", "research_votes", ["person_id"])
    op.create_table(
        "research_imports",
        sa.Column("id", BigId, nullable=False),
        sa.Column("key", Code(128), nullable=False),
        sa.Column("importer_id", BigId, nullable=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["importer_id"], ["people.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    _achievements()


def _achievements() -> None:
    op.create_table(
        "achievements",
        sa.Column("id", BigId, nullable=False),
        sa.Column("key", Code(128), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("venue", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("doi", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("evidence_kind", sa.String(length=16), nullable=True),
        sa.Column("evidence_file", sa.Text(), nullable=True),
        sa.Column("evidence_name", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reporter_id", BigId, nullable=True),
        sa.Column("judge_id", BigId, nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("judged_at", UtcDateTime(), nullable=True),
        sa.Column("batch_id", BigId, nullable=True),
        sa.Column("doi_key", Code(256), nullable=True),
        sa.Column("title_key", Code(400), nullable=True),
        sa.ForeignKeyConstraint(["reporter_id"], ["people.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["judge_id"], ["people.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["batch_id"], ["research_imports.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
        sa.UniqueConstraint("doi_key"),
        sa.UniqueConstraint("title_key"),
    )
    op.create_index("ix_achievements_state", "achievements", ["state"])
    op.create_index("ix_achievements_batch_id", "achievements", ["batch_id"])
    op.create_index("ix_achievements_reporter_id", "achievements", ["reporter_id"])


def downgrade() -> None:
    for table in (
        "achievements",
        "research_imports",
        "research_votes",
        "research_topics",
        "research_problems",
    ):
        op.drop_table(table)
    op.execute("DELETE FROM letters WHERE kind = 'research_state'")
