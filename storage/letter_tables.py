"""The tables of letters: what is on its way, the groups it goes to, what was sent where."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import BigId, Code
from storage.tables import Base


class LetterRow(Base):
    """A letter and its fate.

    `try_at` is when it may be claimed next; while `claimed_at` is set, somebody is carrying it, or
    has died over it.
    """

    __tablename__ = "letters"
    __table_args__ = (
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

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(Code(128), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    chat_id: Mapped[int | None] = mapped_column(ForeignKey("chats.id", ondelete="CASCADE"))
    concerns: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(32))
    priority: Mapped[int]
    about: Mapped[str] = mapped_column(Code(128))
    body: Mapped[str] = mapped_column(Text)
    buttons: Mapped[str | None] = mapped_column(Text)
    enclosures: Mapped[str | None] = mapped_column(Text)
    reply_to: Mapped[int | None]
    topic: Mapped[str | None] = mapped_column(Text)
    opens: Mapped[int]  # 1: it opens its thread in the group
    due_at: Mapped[datetime]
    useful_until: Mapped[datetime]
    try_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    attempts: Mapped[int]
    doubts: Mapped[int]
    fate: Mapped[str] = mapped_column(String(16))
    settled_at: Mapped[datetime | None]
    message_id: Mapped[int | None]
    more: Mapped[str | None] = mapped_column(Text)  # the numbers of its further messages
    reason: Mapped[str | None] = mapped_column(Text)
    act: Mapped[str | None] = mapped_column(String(8))  # none: it is sent
    target: Mapped[str | None] = mapped_column(Text)
    instead: Mapped[str | None] = mapped_column(Text)
    silent: Mapped[int | None]


class ChatRow(Base):
    """A group that letters go to; its number at Telegram may change, ours does not."""

    __tablename__ = "chats"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    telegram_id: Mapped[int] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    has_topics: Mapped[int]
    is_desk: Mapped[int]
    bound_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    bound_at: Mapped[datetime]
    lost_at: Mapped[datetime | None]


class PostRow(Base):
    """Which message of ours was about what: kept for ever, so that a reply finds it.

    `group_id` is Telegram's number of the group, since with a new one its messages count anew.
    """

    __tablename__ = "posts"
    __table_args__ = (
        CheckConstraint("person_id IS NULL OR group_id IS NULL", name="one_place"),
        Index("uq_posts_person_id_message_id", "person_id", "message_id", unique=True),
        Index("uq_posts_group_id_message_id", "group_id", "message_id", unique=True),
        Index("ix_posts_about", "about", "group_id"),
        Index("ix_posts_group_id_thread_id", "group_id", "thread_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    about: Mapped[str] = mapped_column(Code(128))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    group_id: Mapped[int | None]
    message_id: Mapped[int]
    thread_id: Mapped[int | None]
    at: Mapped[datetime]
