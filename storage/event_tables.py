"""The table of events, and the keys by which they know people."""

from sqlalchemy import BigInteger, Column, Double, ForeignKey, Index, Table, Text

from storage.columns import BigId, Code, UtcDateTime
from storage.tables import METADATA

EVENTS = Table(
    "events",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", Code(32), nullable=False),
    Column("who", Code(32)),
    Column("about", Code(64), nullable=False),
    Column("path", Code(16), nullable=False),
    Column("cohort", BigInteger),
    Column("class_name", Text),
    Column("topic", Code(32)),
    Column("stage", Code(24)),
    Column("value", Double),
    Column("details", Text, nullable=False),
    Index("ix_events_kind_at", "kind", "at"),
    Index("ix_events_about", "about"),
    # how much somebody had asked until a day: or SQLite reads all questions for each person
    Index("ix_events_who_kind_at", "who", "kind", "at"),
)
"""Append-only. `who` is a key that names nobody, `about` names a thing: "question:12"."""


EVENT_KEYS = Table(
    "event_keys",
    METADATA,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Code(32), unique=True, nullable=False),
)
"""Whose key it is. It goes with the person: what is counted stays, and is nobody's."""
