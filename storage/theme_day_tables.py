"""The tables of theme days, and of who comes."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import BigId, Code
from storage.tables import Base


class ThemeDayRow(Base):
    __tablename__ = "theme_days"
    __table_args__ = (Index("ix_theme_days_starts_at", "starts_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(Code(128), unique=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    speakers: Mapped[str] = mapped_column(Text)
    starts_at: Mapped[datetime]
    capacity: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    version: Mapped[int]


class SignUpRow(Base):
    """What somebody has answered; `at` is since when, `until` ends an offer."""

    __tablename__ = "sign_ups"
    __table_args__ = (Index("ix_sign_ups_person_id", "person_id"),)

    day_id: Mapped[int] = mapped_column(
        ForeignKey("theme_days.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    answer: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    until: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(16))
