"""The tables of notices, of who reads them, and of what readers choose."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, Text

from storage.columns import BigId, Code, UtcDateTime
from storage.tables import METADATA

NOTICES = Table(
    "notices",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("key", Code(128), unique=True, nullable=False),
    Column("author_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("words", Text, nullable=False),
    Column("draft", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("recipients", BigInteger, nullable=False),
    Column("lettered_to", BigInteger, nullable=False),
    Column("lettered_at", UtcDateTime),
    Column("approved_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("paused_itself", BigInteger, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("edition", BigInteger, nullable=False),
    Column("amended_to", BigInteger, nullable=False),
    Column("amended_at", UtcDateTime),
    Column("reminders", BigInteger, nullable=False),
    Column("series_id", ForeignKey("notices.id", ondelete="SET NULL")),
    Column("theme_day_id", BigInteger),  # which day it announces
    Column("card_chat", BigInteger),
    Column("card_message", BigInteger),
    Column("card_shown_at", UtcDateTime),
    Column("version", BigInteger, nullable=False),
    Index("ix_notices_state", "state"),
    Index("ix_notices_theme_day_id", "theme_day_id"),
)
"""A notice that was confirmed; `draft` is JSON, `words` what is searched in."""


NOTICE_READERS = Table(
    "notice_readers",
    METADATA,
    Column("notice_id", ForeignKey("notices.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_notice_readers_person_id", "person_id"),
)
"""One of a notice's audience, frozen when it was confirmed."""


NOTICE_RECEIPTS = Table(
    "notice_receipts",
    METADATA,
    Column("notice_id", ForeignKey("notices.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_notice_receipts_person_id", "person_id"),
)
"""That somebody has said that they read it."""


READING_WISHES = Table(
    "reading_wishes",
    METADATA,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("off", Text, nullable=False),
    Column("gathering", String(16), nullable=False),
    Column("muted_until", UtcDateTime),
)
"""What somebody has chosen about notices; `off` are kinds, parted by blanks."""


PERSON_TAGS = Table(
    "person_tags",
    METADATA,
    Column("tag", String(32), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_person_tags_person_id", "person_id"),
)
"""A list that somebody is on."""
