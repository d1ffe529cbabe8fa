"""Letters on their way to people."""

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, Code, UtcDateTime

revision = "2026_11_25_01_letters"
down_revision = "2026_11_22_01_people_and_talks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letters",
        sa.Column("id", BigId, nullable=False),
        sa.Column("key", Code(128), nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("concerns", BigId, nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("priority", sa.BigInteger(), nullable=False),
        sa.Column("about", Code(128), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("buttons", sa.Text(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("useful_until", UtcDateTime(), nullable=False),
        sa.Column("try_at", UtcDateTime(), nullable=False),
        sa.Column("claimed_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("doubts", sa.BigInteger(), nullable=False),
        sa.Column("fate", sa.String(length=16), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["concerns"], ["people.id"], name=op.f("fk_letters_concerns"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_letters_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("key", name=op.f("uq_letters_key")),
    )
    waiting = sa.text("fate = 'waiting'")
    op.create_index(
        "ix_letters_to_try",
        "letters",
        ["priority", "try_at"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_index("ix_letters_about", "letters", ["about", "kind"])
    op.create_index("ix_letters_person_id_fate", "letters", ["person_id", "fate"])
    op.create_index(op.f("ix_letters_concerns"), "letters", ["concerns"])


def downgrade() -> None:
    op.drop_table("letters")
