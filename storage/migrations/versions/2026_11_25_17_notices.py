"""Notices: what is broadcast, to whom, who has said that they read it, what readers choose."""

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, Code, UtcDateTime

revision = "2026_11_25_17_notices"
down_revision = "2026_11_25_16_canned_replies"
branch_labels = None
depends_on = None

_OF_LETTERS = (
    ("more", sa.Text()),
    ("act", sa.String(length=8)),
    ("target", sa.Text()),
    ("instead", sa.Text()),
    ("silent", sa.BigInteger()),
)


def upgrade() -> None:
    for name, shape in _OF_LETTERS:
        op.add_column("letters", sa.Column(name, shape, nullable=True))
    op.drop_index("ix_letters_about", "letters")
    op.create_index("ix_letters_about", "letters", ["about", "kind", "fate"])
    op.add_column("people", sa.Column("class_name", sa.String(length=32), nullable=True))
    op.add_column("reminder_subscriptions", sa.Column("no_weekly", sa.BigInteger(), nullable=True))
    _create_notices()
    _create_readers()


def downgrade() -> None:
    for table in ("person_tags", "reading_wishes", "notice_receipts", "notice_readers", "notices"):
        op.drop_table(table)
    op.drop_column("reminder_subscriptions", "no_weekly")
    op.drop_column("people", "class_name")
    op.execute(
        "DELETE FROM letters WHERE kind LIKE 'notice%' OR kind = 'week_ahead' OR fate = 'held'"
    )
    op.drop_index("ix_letters_about", "letters")
    op.create_index("ix_letters_about", "letters", ["about", "kind"])
    for name, _ in reversed(_OF_LETTERS):
        op.drop_column("letters", name)


def _create_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", BigId, nullable=False),
        sa.Column("key", Code(128), nullable=False),
        sa.Column("author_id", BigId, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("recipients", sa.BigInteger(), nullable=False),
        sa.Column("lettered_to", sa.BigInteger(), nullable=False),
        sa.Column("lettered_at", UtcDateTime(), nullable=True),
        sa.Column("approved_by", BigId, nullable=True),
        sa.Column("paused_itself", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("edition", sa.BigInteger(), nullable=False),
        sa.Column("amended_to", sa.BigInteger(), nullable=False),
        sa.Column("amended_at", UtcDateTime(), nullable=True),
        sa.Column("reminders", sa.BigInteger(), nullable=False),
        sa.Column("series_id", BigId, nullable=True),
        sa.Column("card_chat", sa.BigInteger(), nullable=True),
        sa.Column("card_message", sa.BigInteger(), nullable=True),
        sa.Column("card_shown_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["people.id"], name=op.f("fk_notices_author_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["people.id"], name=op.f("fk_notices_approved_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["notices.id"], name=op.f("fk_notices_series_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("key", name=op.f("uq_notices_key")),
    )
    op.create_index("ix_notices_state", "notices", ["state"])


def _create_readers() -> None:
    op.create_table(
        "notice_readers",
        sa.Column("notice_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        *_of_both("notice_readers"),
    )
    op.create_table(
        "notice_receipts",
        sa.Column("notice_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        *_of_both("notice_receipts"),
    )
    op.create_table(
        "reading_wishes",
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("off", sa.Text(), nullable=False),
        sa.Column("gathering", sa.String(length=16), nullable=False),
        sa.Column("muted_until", UtcDateTime(), nullable=True),
        _of_person("reading_wishes"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reading_wishes")),
    )
    op.create_table(
        "person_tags",
        sa.Column("tag", sa.String(length=32), nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        _of_person("person_tags"),
        sa.PrimaryKeyConstraint("tag", "person_id", name=op.f("pk_person_tags")),
    )
    for table in ("notice_readers", "notice_receipts", "person_tags"):
        op.create_index(f"ix_{table}_person_id", table, ["person_id"])


def _of_person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person_id"], ["people.id"], name=op.f(f"fk_{table}_person_id"), ondelete="CASCADE"
    )


def _of_both(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f(f"fk_{table}_notice_id"), ondelete="CASCADE"
        ),
        _of_person(table),
        sa.PrimaryKeyConstraint("notice_id", "person_id", name=op.f(f"pk_{table}")),
    )
