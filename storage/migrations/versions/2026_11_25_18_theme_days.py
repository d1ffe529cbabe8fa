"""Theme days and who comes; which notice announces which."""

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, Code, UtcDateTime

revision = "2026_11_25_18_theme_days"
down_revision = "2026_11_25_17_notices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "theme_days",
        sa.Column("id", BigId, nullable=False),
        sa.Column("key", Code(128), nullable=False),
        sa.Column("author_id", BigId, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("speakers", sa.Text(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("capacity", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_theme_days_starts_at", "theme_days", ["starts_at"])
    op.create_table(
        "sign_ups",
        sa.Column("day_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["day_id"], ["theme_days.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("day_id", "person_id"),
    )
    op.create_index("ix_sign_ups_person_id", "sign_ups", ["person_id"])
    op.add_column("notices", sa.Column("theme_day_id", sa.BigInteger(), nullable=True))
    op.create_index("ix_notices_theme_day_id", "notices", ["theme_day_id"])


def downgrade() -> None:
    op.drop_index("ix_notices_theme_day_id", "notices")
    op.drop_column("notices", "theme_day_id")
    op.drop_table("sign_ups")
    op.drop_table("theme_days")
    op.execute("DELETE FROM letters WHERE kind LIKE 'theme_day%'")
