"""The tables of letters: what is on its way, the groups it goes to, what was sent where."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    text,
)

from storage.columns import BigId, Code, UtcDateTime
from storage.tables import METADATA

LETTERS = Table(
    "letters",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("key", Code(128), unique=True, nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE")),
    Column("chat_id", ForeignKey("chats.id", ondelete="CASCADE")),
    Column("concerns", ForeignKey("people.id", ondelete="CASCADE"), index=True),
    Column("kind", String(32), nullable=False),
    Column("priority", BigInteger, nullable=False),
    Column("about", Code(128), nullable=False),
    Column("body", Text, nullable=False),
    Column("buttons", Text),
    Column("enclosures", Text),
    Column("reply_to", BigInteger),
    Column("topic", Text),
    Column("opens", BigInteger, nullable=False),  # 1: it opens its thread in the group
    Column("due_at", UtcDateTime, nullable=False),
    Column("useful_until", UtcDateTime, nullable=False),
    Column("try_at", UtcDateTime, nullable=False),
    Column("claimed_at", UtcDateTime),
    Column("attempts", BigInteger, nullable=False),
    Column("doubts", BigInteger, nullable=False),
    Column("fate", String(16), nullable=False),
    Column("settled_at", UtcDateTime),
    Column("message_id", BigInteger),
    Column("more", Text),  # the numbers of its further messages
    Column("reason", Text),
    Column("act", String(8)),  # none: it is sent
    Column("target", Text),
    Column("instead", Text),
    Column("silent", BigInteger),
    CheckConstraint("person_id IS NULL OR chat_id IS NULL", name="one_reader"),
    # a claim reads, of each priority, only what is due
    Index(
        "ix_letters_to_try",
        "priority",
        "try_at",
        sqlite_where=text("fate = 'waiting'"),
        postgresql_where=text("fate = 'waiting'"),
    ),
    # the progress of a notice is counted from this alone
    Index("ix_letters_about", "about", "kind", "fate"),
    Index("ix_letters_person_id_fate", "person_id", "fate"),
    Index("ix_letters_chat_id_fate", "chat_id", "fate"),
)
"""A letter and its fate.

`try_at` is when it may be claimed next; while `claimed_at` is set, somebody is carrying it, or
has died over it.
"""


CHATS = Table(
    "chats",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("telegram_id", BigInteger, unique=True, nullable=False),
    Column("title", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("has_topics", BigInteger, nullable=False),
    Column("is_desk", BigInteger, nullable=False),
    Column("bound_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("bound_at", UtcDateTime, nullable=False),
    Column("lost_at", UtcDateTime),
)
"""A group that letters go to; its number at Telegram may change, ours does not."""


POSTS = Table(
    "posts",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("about", Code(128), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE")),
    Column("group_id", BigInteger),
    Column("message_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger),
    Column("at", UtcDateTime, nullable=False),
    CheckConstraint("person_id IS NULL OR group_id IS NULL", name="one_place"),
    Index("uq_posts_person_id_message_id", "person_id", "message_id", unique=True),
    Index("uq_posts_group_id_message_id", "group_id", "message_id", unique=True),
    Index("ix_posts_about", "about", "group_id"),
    Index("ix_posts_group_id_thread_id", "group_id", "thread_id"),
)
"""Which message of ours was about what: kept for ever, so that a reply finds it.

`group_id` is Telegram's number of the group, since with a new one its messages count anew.
"""
