"""Who is reminded of what, for which dates letters were written, and dates changed in the chat."""

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, UtcDateTime

revision = "2026_11_25_12_exam_calendar"
down_revision = "2026_11_25_11_tickets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reminder_subscriptions",
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("milestones", sa.Text(), nullable=False),
        sa.Column("leads", sa.String(length=32), nullable=False),
        sa.Column("paused_at", UtcDateTime(), nullable=True),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_reminder_subscriptions_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reminder_subscriptions")),
    )
    op.create_table(
        "exam_plans",
        sa.Column("intake", sa.BigInteger(), nullable=False),
        sa.Column("milestone", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("planned_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("intake", "milestone", name=op.f("pk_exam_plans")),
    )
    op.create_table(
        "calendar_edits",
        sa.Column("id", BigId, nullable=False),
        sa.Column("intake", sa.BigInteger(), nullable=False),
        sa.Column("milestone", sa.String(length=32), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_id", BigId, nullable=True),
        sa.Column("deed", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=True),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("parent", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["people.id"], name=op.f("fk_calendar_edits_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_edits")),
        sa.UniqueConstraint(
            "intake", "milestone", "parent", name=op.f("uq_calendar_edits_intake_milestone_parent")
        ),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("calendar_edits")
    op.drop_table("exam_plans")
    op.drop_table("reminder_subscriptions")
