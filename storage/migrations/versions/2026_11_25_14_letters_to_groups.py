"""Letters with files, and to groups; which message was about what."""

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, Code, UtcDateTime

revision = "2026_11_25_14_letters_to_groups"
down_revision = "2026_11_25_13_ticket_threads"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chats",
        sa.Column("id", BigId, nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("has_topics", sa.BigInteger(), nullable=False),
        sa.Column("is_desk", sa.BigInteger(), nullable=False),
        sa.Column("bound_by", BigId, nullable=True),
        sa.Column("bound_at", UtcDateTime(), nullable=False),
        sa.Column("lost_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["bound_by"], ["people.id"], name=op.f("fk_chats_bound_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chats")),
        sa.UniqueConstraint("telegram_id", name=op.f("uq_chats_telegram_id")),
    )
    _open_letters_to_groups()
    _create_posts()


def downgrade() -> None:
    op.drop_table("posts")
    op.execute("DELETE FROM letters WHERE person_id IS NULL")
    op.drop_index("ix_letters_chat_id_fate", "letters")
    _drop_partial()
    with op.batch_alter_table("letters") as batch_op:
        batch_op.drop_constraint(op.f("fk_letters_chat_id"), type_="foreignkey")
        batch_op.drop_constraint(op.f("ck_letters_one_reader"), type_="check")
        for name in ("chat_id", "enclosures", "reply_to", "topic", "opens"):
            batch_op.drop_column(name)
        batch_op.alter_column("person_id", existing_type=BigId, nullable=False)
    _create_partial()
    op.drop_table("chats")


def _open_letters_to_groups() -> None:
    _drop_partial()
    with op.batch_alter_table("letters") as batch_op:
        batch_op.alter_column("person_id", existing_type=BigId, nullable=True)
        batch_op.add_column(sa.Column("chat_id", BigId, nullable=True))
        batch_op.add_column(sa.Column("enclosures", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("reply_to", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("topic", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("opens", sa.BigInteger(), nullable=False, server_default="0"))
        batch_op.create_foreign_key(
            op.f("fk_letters_chat_id"), "chats", ["chat_id"], ["id"], ondelete="CASCADE"
        )
        batch_op.create_check_constraint(
            op.f("ck_letters_one_reader"), "person_id IS NULL OR chat_id IS NULL"
        )
    with op.batch_alter_table("letters") as batch_op:
        batch_op.alter_column("opens", existing_type=sa.BigInteger(), server_default=None)
    _create_partial()
    op.create_index("ix_letters_chat_id_fate", "letters", ["chat_id", "fate"])


def _create_posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", BigId, nullable=False),
        sa.Column("about", Code(128), nullable=False),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("group_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "person_id IS NULL OR group_id IS NULL", name=op.f("ck_posts_one_place")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_posts_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
    )
    op.create_index(
        "uq_posts_person_id_message_id", "posts", ["person_id", "message_id"], unique=True
    )
    op.create_index(
        "uq_posts_group_id_message_id", "posts", ["group_id", "message_id"], unique=True
    )
    op.create_index("ix_posts_about", "posts", ["about", "group_id"])
    op.create_index("ix_posts_group_id_thread_id", "posts", ["group_id", "thread_id"])
    # what was delivered before is found by a reply too
    op.execute(
        "INSERT INTO posts (about, person_id, message_id, at)"
        " SELECT about, person_id, message_id, settled_at FROM letters"
        " WHERE fate = 'delivered' AND message_id IS NOT NULL AND kind LIKE 'ticket!_%' ESCAPE '!'"
    )


def _drop_partial() -> None:
    """Built anew by hand: what an index is of does not survive the building of a table anew."""
    op.drop_index("ix_letters_to_try", "letters")


def _create_partial() -> None:
    waiting = sa.text("fate = 'waiting'")
    op.create_index(
        "ix_letters_to_try",
        "letters",
        ["priority", "try_at"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
