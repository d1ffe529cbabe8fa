"""The table of events, and the keys by which they know people."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import BigId, Code
from storage.tables import Base


class EventRow(Base):
    """Append-only. `who` is a key that names nobody, `about` names a thing: "question:12"."""

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_kind_at", "kind", "at"),
        Index("ix_events_about", "about"),
        # how much somebody had asked until a day: or SQLite reads all questions for each person
        Index("ix_events_who_kind_at", "who", "kind", "at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(Code(32))
    who: Mapped[str | None] = mapped_column(Code(32))
    about: Mapped[str] = mapped_column(Code(64))
    path: Mapped[str] = mapped_column(Code(16))
    cohort: Mapped[int | None]
    class_name: Mapped[str | None] = mapped_column(Text)
    topic: Mapped[str | None] = mapped_column(Code(32))
    stage: Mapped[str | None] = mapped_column(Code(24))
    value: Mapped[float | None]
    details: Mapped[str] = mapped_column(Text)


class EventKeyRow(Base):
    """Whose key it is. It goes with the person: what is counted stays, and is nobody's."""

    __tablename__ = "event_keys"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(Code(32), unique=True)
