"""The table of events: what happened, when, and of whom by a key that names nobody."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import BigId, Code
from storage.tables import Base


class EventRow(Base):
    """Append-only. `who` is a pseudonymous key, `about` names a thing: "question:12"."""

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_kind_at", "kind", "at"),
        Index("ix_events_about", "about"),
        Index("ix_events_who_kind", "who", "kind"),
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
