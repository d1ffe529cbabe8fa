"""The tables of tickets. Whose an anonymous one is stands in `ticket_identities` alone."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.columns import BigId, UtcDateTime
from storage.tables import METADATA


def _only(condition: str) -> dict[str, Any]:
    """An index of those rows, on either database."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


TICKET_IDENTITIES = Table(
    "ticket_identities",
    METADATA,
    Column("pseudonym", BigId, primary_key=True, autoincrement=False),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), unique=True, nullable=False),
)
"""Who is behind a pseudonym; read by what delivers, and by a reveal that two have agreed to."""


TICKETS = Table(
    "tickets",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE")),
    Column("pseudonym", ForeignKey("ticket_identities.pseudonym", ondelete="CASCADE")),
    Column("message_id", BigInteger, nullable=False),
    Column("intake", BigInteger),
    Column("subject", String(16)),
    Column("gist", Text, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("promised_at", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),
    Column("priority", BigInteger, nullable=False),  # 1: urgent
    Column("tags", Text),
    Column("member_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("claimed_at", UtcDateTime),
    Column("answered_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("closed_by", String(16)),
    Column("snoozed_until", UtcDateTime),
    Column("stars", BigInteger),
    Column("rating_reason", Text),
    Column("rated_at", UtcDateTime),
    Column("version", BigInteger, nullable=False),
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
    sqlite_autoincrement=True,
)
"""A question that waits for a person; the message that sent it opens one ticket only."""


TICKET_MESSAGES = Table(
    "ticket_messages",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("ticket_id", ForeignKey("tickets.id", ondelete="CASCADE"), nullable=False),
    Column("side", String(8), nullable=False),
    Column("author_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("text", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("edited_at", UtcDateTime),
    Column("message_id", BigInteger),
    Column("chat_id", BigInteger),
    Column("media_kind", String(16)),
    Column("file_id", Text),
    Column("file_name", Text),
    Column("album", String(64)),
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
"""One message of a ticket. What who asked has said names no author."""


TICKET_EDITS = Table(
    "ticket_edits",
    METADATA,
    Column("line_id", ForeignKey("ticket_messages.id", ondelete="CASCADE"), primary_key=True),
    Column("edited_at", UtcDateTime, primary_key=True),
    Column("text_before", Text, nullable=False),
)
"""What a message said before it was edited, at the moment of the edit."""


TICKET_EVENTS = Table(
    "ticket_events",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("ticket_id", ForeignKey("tickets.id", ondelete="CASCADE"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("move", String(16), nullable=False),
    Column("by_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("to_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("detail", Text),
    Index("ix_ticket_events_ticket_id", "ticket_id", "id"),
    Index("ix_ticket_events_move_at", "move", "at"),
)
"""A move of a ticket; the ground of its history and of statistics."""


TICKET_MUTES = Table(
    "ticket_mutes",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE")),
    Column("pseudonym", ForeignKey("ticket_identities.pseudonym", ondelete="CASCADE")),
    Column("by_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("reason", Text, nullable=False),
    Index("ix_ticket_mutes_person_id", "person_id", "until"),
    Index("ix_ticket_mutes_pseudonym", "pseudonym", "until"),
)
"""That somebody, or whoever is behind a pseudonym, is to be quiet for a time."""


TICKET_REVEALS = Table(
    "ticket_reveals",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("ticket_id", ForeignKey("tickets.id", ondelete="CASCADE"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("asked_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("decided_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("decided_at", UtcDateTime),
    Column("verdict", String(16)),
    Index("uq_ticket_reveals_open", "ticket_id", unique=True, **_only("decided_at IS NULL")),
)
"""That somebody asked who is behind an anonymous ticket, and what another decided."""


TICKET_DUTIES = Table(
    "ticket_duties",
    METADATA,
    Column(
        "person_id",
        ForeignKey("people.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("subjects", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("away_until", UtcDateTime),
)
"""What a member takes: subjects by their codes, schools and majors one a line."""


CANNED_REPLIES = Table(
    "canned_replies",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("by_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("at", UtcDateTime, nullable=False),
    Column("retired_at", UtcDateTime),
)
"""What members answer again and again; `retired_at`: put away, or written anew."""
