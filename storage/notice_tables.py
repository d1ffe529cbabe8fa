"""The tables of notices, of who reads them, and of what readers choose."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import BigId, Code
from storage.tables import Base


class NoticeRow(Base):
    """A notice that was confirmed; `draft` is JSON, `words` what is searched in."""

    __tablename__ = "notices"
    __table_args__ = (
        Index("ix_notices_state", "state"),
        Index("ix_notices_theme_day_id", "theme_day_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(Code(128), unique=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    words: Mapped[str] = mapped_column(Text)
    draft: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    starts_at: Mapped[datetime]
    recipients: Mapped[int]
    lettered_to: Mapped[int]
    lettered_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    paused_itself: Mapped[int]
    ended_at: Mapped[datetime | None]
    edition: Mapped[int]
    amended_to: Mapped[int]
    amended_at: Mapped[datetime | None]
    reminders: Mapped[int]
    series_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id", ondelete="SET NULL"))
    theme_day_id: Mapped[int | None]  # which day it announces
    card_chat: Mapped[int | None]
    card_message: Mapped[int | None]
    card_shown_at: Mapped[datetime | None]
    version: Mapped[int]


class NoticeReaderRow(Base):
    """One of a notice's audience, frozen when it was confirmed."""

    __tablename__ = "notice_readers"
    __table_args__ = (Index("ix_notice_readers_person_id", "person_id"),)

    notice_id: Mapped[int] = mapped_column(
        ForeignKey("notices.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )


class NoticeReceiptRow(Base):
    """That somebody has said that they read it."""

    __tablename__ = "notice_receipts"
    __table_args__ = (Index("ix_notice_receipts_person_id", "person_id"),)

    notice_id: Mapped[int] = mapped_column(
        ForeignKey("notices.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[datetime]


class ReadingWishRow(Base):
    """What somebody has chosen about notices; `off` are kinds, parted by blanks."""

    __tablename__ = "reading_wishes"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    off: Mapped[str] = mapped_column(Text)
    gathering: Mapped[str] = mapped_column(String(16))
    muted_until: Mapped[datetime | None]


class PersonTagRow(Base):
    """A list that somebody is on."""

    __tablename__ = "person_tags"
    __table_args__ = (Index("ix_person_tags_person_id", "person_id"),)

    tag: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[datetime]
