"""Events: what happened, when, and of whom by a key that names nobody."""

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, Code, UtcDateTime

revision = "2026_11_26_25_events"
down_revision = "2026_11_26_24_paper_fields"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "events",
        sa.Column("id", BigId, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("kind", Code(32), nullable=False),
        sa.Column("who", Code(32), nullable=True),
        sa.Column("about", Code(64), nullable=False),
        sa.Column("path", Code(16), nullable=False),
        sa.Column("cohort", sa.BigInteger(), nullable=True),
        sa.Column("class_name", sa.Text(), nullable=True),
        sa.Column("topic", Code(32), nullable=True),
        sa.Column("stage", Code(24), nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_events_kind_at", "events", ["kind", "at"])
    op.create_index("ix_events_about", "events", ["about"])
    op.create_index("ix_events_who_kind", "events", ["who", "kind"])


def downgrade() -> None:
    op.drop_table("events")
