"""The tables of tickets. Whose an anonymous one is stands in `ticket_identities` alone."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import BigId
from storage.tables import Base


def _only(condition: str) -> dict[str, Any]:
    """An index of those rows, on either database."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class TicketIdentityRow(Base):
    """Who is behind a pseudonym; read by what delivers, and by a reveal that two have agreed to."""

    __tablename__ = "ticket_identities"

    pseudonym: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), unique=True)


class TicketRow(Base):
    """A question that waits for a person; the message that sent it opens one ticket only."""

    __tablename__ = "tickets"
    __table_args__ = (
        UniqueConstraint("person_id", "message_id"),
        UniqueConstraint("pseudonym", "message_id"),
        CheckConstraint("person_id IS NULL OR pseudonym IS NULL", name="named_or_not"),
        # the lists of the desk: what waits, urgent first and then the oldest; whose; how it stands
        Index("ix_tickets_waiting", "priority", "id", **_only("state IN ('open', 'claimed')")),
        Index("ix_tickets_promised", "promised_at", **_only("state IN ('open', 'claimed')")),
        Index("ix_tickets_state", "state", "id"),
        Index("ix_tickets_subject", "subject", "state", "id"),
        Index("ix_tickets_member_id", "member_id", "state", "id"),
        # a number that was told is never another ticket's
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    pseudonym: Mapped[int | None] = mapped_column(
        ForeignKey("ticket_identities.pseudonym", ondelete="CASCADE")
    )
    message_id: Mapped[int]
    intake: Mapped[int | None]
    subject: Mapped[str | None] = mapped_column(String(16))
    gist: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    promised_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16))
    priority: Mapped[int]  # 1: urgent
    tags: Mapped[str | None] = mapped_column(Text)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    claimed_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(16))
    snoozed_until: Mapped[datetime | None]
    stars: Mapped[int | None]
    rating_reason: Mapped[str | None] = mapped_column(Text)
    rated_at: Mapped[datetime | None]
    version: Mapped[int]


class TicketMessageRow(Base):
    """One message of a ticket. What who asked has said names no author."""

    __tablename__ = "ticket_messages"
    __table_args__ = (
        # what arrives twice is taken once
        Index(
            "uq_ticket_messages_asked",
            "ticket_id",
            "message_id",
            unique=True,
            **_only("side = 'asker'"),
        ),
        Index(
            "uq_ticket_messages_written",
            "author_id",
            "message_id",
            unique=True,
            **_only("side <> 'asker' AND chat_id IS NULL"),
        ),
        Index(
            "uq_ticket_messages_in_group",
            "chat_id",
            "message_id",
            unique=True,
            **_only("chat_id IS NOT NULL"),
        ),
        Index("ix_ticket_messages_ticket_id", "ticket_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"))
    side: Mapped[str] = mapped_column(String(8))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    message_id: Mapped[int | None]
    chat_id: Mapped[int | None]
    media_kind: Mapped[str | None] = mapped_column(String(16))
    file_id: Mapped[str | None] = mapped_column(Text)
    file_name: Mapped[str | None] = mapped_column(Text)
    album: Mapped[str | None] = mapped_column(String(64))


class TicketEditRow(Base):
    """What a message said before it was edited, at the moment of the edit."""

    __tablename__ = "ticket_edits"

    line_id: Mapped[int] = mapped_column(
        ForeignKey("ticket_messages.id", ondelete="CASCADE"), primary_key=True
    )
    edited_at: Mapped[datetime] = mapped_column(primary_key=True)
    text_before: Mapped[str] = mapped_column(Text)


class TicketEventRow(Base):
    """A move of a ticket; the ground of its history and of statistics."""

    __tablename__ = "ticket_events"
    __table_args__ = (
        Index("ix_ticket_events_ticket_id", "ticket_id", "id"),
        Index("ix_ticket_events_move_at", "move", "at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    move: Mapped[str] = mapped_column(String(16))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    detail: Mapped[str | None] = mapped_column(Text)


class TicketMuteRow(Base):
    """That somebody, or whoever is behind a pseudonym, is to be quiet for a time."""

    __tablename__ = "ticket_mutes"
    __table_args__ = (
        Index("ix_ticket_mutes_person_id", "person_id", "until"),
        Index("ix_ticket_mutes_pseudonym", "pseudonym", "until"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    pseudonym: Mapped[int | None] = mapped_column(
        ForeignKey("ticket_identities.pseudonym", ondelete="CASCADE")
    )
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    until: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)


class TicketRevealRow(Base):
    """That somebody asked who is behind an anonymous ticket, and what another decided."""

    __tablename__ = "ticket_reveals"
    __table_args__ = (
        Index("uq_ticket_reveals_open", "ticket_id", unique=True, **_only("decided_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None]
    verdict: Mapped[str | None] = mapped_column(String(16))


class TicketDutyRow(Base):
    """What a member takes: subjects by their codes, schools and majors one a line."""

    __tablename__ = "ticket_duties"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    subjects: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    away_until: Mapped[datetime | None]


class CannedReplyRow(Base):
    """What members answer again and again; `retired_at`: put away, or written anew."""

    __tablename__ = "canned_replies"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
