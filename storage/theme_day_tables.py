"""The tables of theme days: series, days, who comes, who was there, what is asked and thought."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import BigId, Code
from storage.tables import Base


class DaySeriesRow(Base):
    """`recurrence` is JSON; `planned_until` the last of its times that has become a day."""

    __tablename__ = "day_series"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(Code(160), unique=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    description: Mapped[str] = mapped_column(Text)
    logo: Mapped[str | None] = mapped_column(Text)
    recurrence: Mapped[str | None] = mapped_column(Text)
    recurs_as: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    capacity: Mapped[int | None]
    created_at: Mapped[datetime]
    planned_until: Mapped[datetime | None]
    ended: Mapped[int]
    version: Mapped[int]


class ThemeDayRow(Base):
    """`leads` are hours, separated by commas; `door_secret` is what the codes are made from.

    `door_chat` and `door_message` are where the code of the door is shown.
    """

    __tablename__ = "theme_days"
    __table_args__ = (
        Index("ix_theme_days_starts_at", "starts_at"),
        Index("ix_theme_days_series_id", "series_id"),
    )

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
    series_id: Mapped[int | None] = mapped_column(
        ForeignKey("day_series.id", name="fk_theme_days_series_id", ondelete="SET NULL")
    )
    audience: Mapped[str] = mapped_column(String(16))
    leads: Mapped[str] = mapped_column(String(32))
    cover: Mapped[str | None] = mapped_column(Text)
    door_secret: Mapped[str | None] = mapped_column(String(64))
    door_chat: Mapped[int | None]
    door_message: Mapped[int | None]
    minutes: Mapped[str] = mapped_column(Text)


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


class AttendanceRow(Base):
    """Somebody was there. Who leaves leaves the number of those who were."""

    __tablename__ = "attendances"
    __table_args__ = (
        UniqueConstraint("day_id", "person_id"),
        Index("ix_attendances_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("theme_days.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    way: Mapped[str] = mapped_column(String(16))
    marked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))


class SpeakerQuestionRow(Base):
    """`same` is what questions have in common that differ by signs and spaces only."""

    __tablename__ = "speaker_questions"
    __table_args__ = (
        UniqueConstraint("day_id", "same"),
        Index("ix_speaker_questions_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("theme_days.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text)
    same: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))


class SpeakerVoteRow(Base):
    """Somebody wants to hear that, too."""

    __tablename__ = "speaker_votes"
    __table_args__ = (Index("ix_speaker_votes_person_id", "person_id"),)

    question_id: Mapped[int] = mapped_column(
        ForeignKey("speaker_questions.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )


class DayPhotoRow(Base):
    """A picture of the minutes, by its place among them."""

    __tablename__ = "day_photos"

    day_id: Mapped[int] = mapped_column(
        ForeignKey("theme_days.id", ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    file_id: Mapped[str] = mapped_column(Text)


class FeedbackGivenRow(Base):
    """That somebody has said how it was; what they said stands elsewhere, without them."""

    __tablename__ = "day_feedback_given"
    __table_args__ = (Index("ix_day_feedback_given_person_id", "person_id"),)

    day_id: Mapped[int] = mapped_column(
        ForeignKey("theme_days.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )


class DayRatingRow(Base):
    """One rating, of nobody: its number is drawn by lot, so that it tells no order."""

    __tablename__ = "day_ratings"
    __table_args__ = (Index("ix_day_ratings_day_id", "day_id"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    day_id: Mapped[int] = mapped_column(ForeignKey("theme_days.id", ondelete="CASCADE"))
    rating: Mapped[int]


class DayRemarkRow(Base):
    """What somebody has said of it, of nobody; it belongs to no rating, either."""

    __tablename__ = "day_remarks"
    __table_args__ = (Index("ix_day_remarks_day_id", "day_id"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    day_id: Mapped[int] = mapped_column(ForeignKey("theme_days.id", ondelete="CASCADE"))
    words: Mapped[str] = mapped_column(Text)
