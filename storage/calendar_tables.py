"""The tables of the exam calendar: reminders, plans of letters, dates changed in the chat."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import BigId
from storage.tables import Base


class ReminderSubscriptionRow(Base):
    """What somebody wants to be reminded of; no milestones means all."""

    __tablename__ = "reminder_subscriptions"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    milestones: Mapped[str] = mapped_column(Text)
    leads: Mapped[str] = mapped_column(String(32))
    paused_at: Mapped[datetime | None]
    no_weekly: Mapped[int | None]
    since: Mapped[datetime]


class ExamPlanRow(Base):
    """The dates of a milestone for which letters were written last."""

    __tablename__ = "exam_plans"

    intake: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    milestone: Mapped[str] = mapped_column(String(32), primary_key=True)
    code: Mapped[str] = mapped_column(String(32))
    number: Mapped[int]
    planned_at: Mapped[datetime]


class CalendarEditRow(Base):
    """What somebody made of a date in the chat; the latest of a milestone stands over its file."""

    __tablename__ = "calendar_edits"
    __table_args__ = (
        # of two who changed the same date, one wins
        UniqueConstraint("intake", "milestone", "parent"),
        # whoever has seen a number has seen all before it: none is given twice
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    intake: Mapped[int]
    milestone: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    deed: Mapped[str] = mapped_column(String(16))
    code: Mapped[str | None] = mapped_column(String(32))
    source_name: Mapped[str] = mapped_column(Text)
    source_url: Mapped[str | None] = mapped_column(Text)
    parent: Mapped[int]
    basis: Mapped[str] = mapped_column(String(32))
