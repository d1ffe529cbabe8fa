"""Feedback on answers, what was opened and read last, and several questions in a message."""

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, UtcDateTime

revision = "2026_11_25_04_feedback_and_parts"
down_revision = "2026_11_25_03_entry_revisions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _give_questions_parts()
    op.create_table(
        "feedback",
        sa.Column("id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("entry", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        _person("fk_feedback_person_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("person_id", "entry", name=op.f("uq_feedback_person_id_entry")),
    )
    op.create_index(
        "ix_feedback_entry_verdict_given_at", "feedback", ["entry", "verdict", "given_at"]
    )
    op.create_index("ix_feedback_reason_given_at", "feedback", ["reason", "given_at"])
    op.create_table(
        "openings",
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("entry", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        _person("fk_openings_person_id"),
        sa.PrimaryKeyConstraint("person_id", "entry", "day", name=op.f("pk_openings")),
    )
    op.create_index("ix_openings_entry_day", "openings", ["entry", "day"])
    op.create_table(
        "last_read",
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("entry", sa.String(length=64), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=False),
        _person("fk_last_read_person_id"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_last_read")),
    )


def downgrade() -> None:
    op.drop_table("last_read")
    op.drop_table("openings")
    op.drop_table("feedback")
    op.execute("DELETE FROM questions WHERE part > 0")
    op.drop_index("ix_questions_person_id_entry", "questions")
    op.drop_index("ix_questions_outcome_asked_at", "questions")
    op.drop_index("ix_questions_entry_outcome_asked_at", "questions")
    with op.batch_alter_table("questions") as batch_op:
        batch_op.drop_constraint("uq_questions_person_id_message_id_part", type_="unique")
        batch_op.create_unique_constraint(
            "uq_questions_person_id_message_id", ["person_id", "message_id"]
        )
        batch_op.drop_column("part")
    op.create_index("ix_questions_asked_at", "questions", ["asked_at"])


def _give_questions_parts() -> None:
    op.drop_index("ix_questions_asked_at", "questions")
    with op.batch_alter_table("questions") as batch_op:
        # every question so far was the only one of its message
        batch_op.add_column(sa.Column("part", sa.BigInteger(), nullable=False, server_default="0"))
        batch_op.drop_constraint("uq_questions_person_id_message_id", type_="unique")
        batch_op.create_unique_constraint(
            "uq_questions_person_id_message_id_part", ["person_id", "message_id", "part"]
        )
    with op.batch_alter_table("questions") as batch_op:
        batch_op.alter_column("part", existing_type=sa.BigInteger(), server_default=None)
    op.create_index(
        "ix_questions_entry_outcome_asked_at", "questions", ["entry", "outcome", "asked_at"]
    )
    op.create_index("ix_questions_outcome_asked_at", "questions", ["outcome", "asked_at"])
    op.create_index("ix_questions_person_id_entry", "questions", ["person_id", "entry"])


def _person(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person_id"], ["people.id"], name=op.f(name), ondelete="CASCADE"
    )
