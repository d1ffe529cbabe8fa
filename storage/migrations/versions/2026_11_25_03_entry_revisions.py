"""What members made of entries in the chat."""

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, UtcDateTime

revision = "2026_11_25_03_entry_revisions"
down_revision = "2026_11_25_01_letters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entry_revisions",
        sa.Column("id", BigId, nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_id", BigId, nullable=True),
        sa.Column("deed", sa.String(length=16), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=True),
        sa.Column("texts", sa.Text(), nullable=True),
        sa.Column("parent", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.String(length=64), nullable=False),
        sa.Column("exported_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["people.id"],
            name=op.f("fk_entry_revisions_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_revisions")),
        sa.UniqueConstraint("slug", "parent", name=op.f("uq_entry_revisions_slug_parent")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("entry_revisions")
