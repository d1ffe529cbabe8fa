"""Questions that wait for a person."""

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, UtcDateTime

revision = "2026_11_25_11_tickets"
down_revision = "2026_11_25_04_feedback_and_parts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tickets",
        sa.Column("id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("member_id", BigId, nullable=True),
        sa.Column("claimed_at", UtcDateTime(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["people.id"], name=op.f("fk_tickets_member_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_tickets_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets")),
        sa.UniqueConstraint(
            "person_id", "message_id", name=op.f("uq_tickets_person_id_message_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tickets_state", "tickets", ["state", "id"])
    op.create_index(op.f("ix_tickets_member_id"), "tickets", ["member_id"])


def downgrade() -> None:
    op.drop_table("tickets")
