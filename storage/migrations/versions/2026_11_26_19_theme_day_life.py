"""What belongs to theme days: series, who was there, questions, minutes, feedback."""

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, Code, UtcDateTime

revision = "2026_11_26_19_theme_day_life"
down_revision = "2026_11_25_18_theme_days"
branch_labels = None
depends_on = None

TABLES = (
    "day_remarks",
    "day_ratings",
    "day_feedback_given",
    "day_photos",
    "speaker_votes",
    "speaker_questions",
    "attendances",
)
COLUMNS = (
    "series_id",
    "audience",
    "leads",
    "cover",
    "door_secret",
    "door_chat",
    "door_message",
    "minutes",
)


def upgrade() -> None:
    op.create_table(
        "day_series",
        sa.Column("id", BigId, nullable=False),
        sa.Column("name", Code(160), nullable=False),
        sa.Column("author_id", BigId, nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("logo", sa.Text(), nullable=True),
        sa.Column("recurrence", sa.Text(), nullable=True),
        sa.Column("recurs_as", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("capacity", sa.BigInteger(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("planned_until", UtcDateTime(), nullable=True),
        sa.Column("ended", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    with op.batch_alter_table("theme_days") as days:
        days.add_column(sa.Column("series_id", BigId, nullable=True))
        days.add_column(
            sa.Column("audience", sa.String(16), nullable=False, server_default="everyone")
        )
        days.add_column(sa.Column("leads", sa.String(32), nullable=False, server_default="24,2"))
        days.add_column(sa.Column("cover", sa.Text(), nullable=True))
        days.add_column(sa.Column("door_secret", sa.String(64), nullable=True))
        days.add_column(sa.Column("door_chat", sa.BigInteger(), nullable=True))
        days.add_column(sa.Column("door_message", sa.BigInteger(), nullable=True))
        days.add_column(sa.Column("minutes", sa.Text(), nullable=False, server_default=""))
        days.create_foreign_key(
            "fk_theme_days_series_id", "day_series", ["series_id"], ["id"], ondelete="SET NULL"
        )
        days.create_index("ix_theme_days_series_id", ["series_id"])
    with op.batch_alter_table("theme_days") as days:
        for name in ("audience", "leads", "minutes"):
            days.alter_column(name, server_default=None)
    _create_who_was_there()
    _create_questions()
    _create_what_is_left()


def _create_who_was_there() -> None:
    op.create_table(
        "attendances",
        sa.Column("id", BigId, nullable=False),
        sa.Column("day_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("marked_by", BigId, nullable=True),
        sa.ForeignKeyConstraint(["day_id"], ["theme_days.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["marked_by"], ["people.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("day_id", "person_id"),
    )
    op.create_index("ix_attendances_person_id", "attendances", ["person_id"])


def _create_questions() -> None:
    op.create_table(
        "speaker_questions",
        sa.Column("id", BigId, nullable=False),
        sa.Column("day_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("same", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", BigId, nullable=True),
        sa.ForeignKeyConstraint(["day_id"], ["theme_days.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("day_id", "same"),
    )
    op.create_index("ix_speaker_questions_person_id", "speaker_questions", ["person_id"])
    op.create_table(
        "speaker_votes",
        sa.Column("question_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["speaker_questions.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("question_id", "person_id"),
    )
    op.create_index("ix_speaker_votes_person_id", "speaker_votes", ["person_id"])


def _create_what_is_left() -> None:
    op.create_table(
        "day_photos",
        sa.Column("day_id", BigId, nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["day_id"], ["theme_days.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("day_id", "place"),
    )
    op.create_table(
        "day_feedback_given",
        sa.Column("day_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["day_id"], ["theme_days.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("day_id", "person_id"),
    )
    op.create_index("ix_day_feedback_given_person_id", "day_feedback_given", ["person_id"])
    for table, column in (
        ("day_ratings", sa.Column("rating", sa.BigInteger(), nullable=False)),
        ("day_remarks", sa.Column("words", sa.Text(), nullable=False)),
    ):
        op.create_table(
            table,
            sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=False),
            sa.Column("day_id", BigId, nullable=False),
            column,
            sa.ForeignKeyConstraint(["day_id"], ["theme_days.id"], ondelete="CASCADE"),
            sa.PrimaryKeyConstraint("id"),
        )
        op.create_index(f"ix_{table}_day_id", table, ["day_id"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    with op.batch_alter_table("theme_days") as days:
        days.drop_index("ix_theme_days_series_id")
        days.drop_constraint("fk_theme_days_series_id", type_="foreignkey")
        for name in COLUMNS:
            days.drop_column(name)
    op.drop_table("day_series")
    op.execute("DELETE FROM letters WHERE kind IN ('theme_day_task', 'theme_day_feedback')")
