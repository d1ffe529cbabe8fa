"""The tables of the exam calendar: reminders, plans of letters, dates changed in the chat."""

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table, Text, UniqueConstraint

from storage.columns import BigId, UtcDateTime
from storage.tables import METADATA

REMINDER_SUBSCRIPTIONS = Table(
    "reminder_subscriptions",
    METADATA,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("milestones", Text, nullable=False),
    Column("leads", String(32), nullable=False),
    Column("paused_at", UtcDateTime),
    Column("no_weekly", BigInteger),
    Column("since", UtcDateTime, nullable=False),
)
"""What somebody wants to be reminded of; no milestones means all."""


EXAM_PLANS = Table(
    "exam_plans",
    METADATA,
    Column("intake", BigInteger, primary_key=True, autoincrement=False),
    Column("milestone", String(32), primary_key=True),
    Column("code", String(32), nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("planned_at", UtcDateTime, nullable=False),
)
"""The dates of a milestone for which letters were written last."""


CALENDAR_EDITS = Table(
    "calendar_edits",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("intake", BigInteger, nullable=False),
    Column("milestone", String(32), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("deed", String(16), nullable=False),
    Column("code", String(32)),
    Column("source_name", Text, nullable=False),
    Column("source_url", Text),
    Column("parent", BigInteger, nullable=False),
    Column("basis", String(32), nullable=False),
    # of two who changed the same date, one wins
    UniqueConstraint("intake", "milestone", "parent"),
    # whoever has seen a number has seen all before it: none is given twice
    sqlite_autoincrement=True,
)
"""What somebody made of a date in the chat; the latest of a milestone stands over its file."""
