"""The tables of theme days: series, days, who comes, who was there, what is asked and thought."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint

from storage.columns import BigId, Code, UtcDateTime
from storage.tables import METADATA

DAY_SERIES = Table(
    "day_series",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("name", Code(160), unique=True, nullable=False),
    Column("author_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("description", Text, nullable=False),
    Column("logo", Text),
    Column("recurrence", Text),
    Column("recurs_as", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("capacity", BigInteger),
    Column("created_at", UtcDateTime, nullable=False),
    Column("planned_until", UtcDateTime),
    Column("ended", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
)
"""`recurrence` is JSON; `planned_until` the last of its times that has become a day."""


THEME_DAYS = Table(
    "theme_days",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("key", Code(128), unique=True, nullable=False),
    Column("author_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("title", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("speakers", Text, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("capacity", BigInteger),
    Column("state", String(16), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column(
        "series_id",
        ForeignKey("day_series.id", name="fk_theme_days_series_id", ondelete="SET NULL"),
    ),
    Column("audience", String(16), nullable=False),
    Column("leads", String(32), nullable=False),
    Column("cover", Text),
    Column("door_secret", String(64)),
    Column("door_chat", BigInteger),
    Column("door_message", BigInteger),
    Column("minutes", Text, nullable=False),
    Index("ix_theme_days_starts_at", "starts_at"),
    Index("ix_theme_days_series_id", "series_id"),
)
"""`leads` are hours, separated by commas; `door_secret` is what the codes are made from.

`door_chat` and `door_message` are where the code of the door is shown.
"""


SIGN_UPS = Table(
    "sign_ups",
    METADATA,
    Column("day_id", ForeignKey("theme_days.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("answer", String(16), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
    Column("reason", String(16)),
    Index("ix_sign_ups_person_id", "person_id"),
)
"""What somebody has answered; `at` is since when, `until` ends an offer."""


ATTENDANCES = Table(
    "attendances",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("day_id", ForeignKey("theme_days.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("at", UtcDateTime, nullable=False),
    Column("way", String(16), nullable=False),
    Column("marked_by", ForeignKey("people.id", ondelete="SET NULL")),
    UniqueConstraint("day_id", "person_id"),
    Index("ix_attendances_person_id", "person_id"),
)
"""Somebody was there. Who leaves leaves the number of those who were."""


SPEAKER_QUESTIONS = Table(
    "speaker_questions",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("day_id", ForeignKey("theme_days.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("text", Text, nullable=False),
    Column("same", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("answer", Text),
    Column("answered_by", ForeignKey("people.id", ondelete="SET NULL")),
    UniqueConstraint("day_id", "same"),
    Index("ix_speaker_questions_person_id", "person_id"),
)
"""`same` is what questions have in common that differ by signs and spaces only."""


SPEAKER_VOTES = Table(
    "speaker_votes",
    METADATA,
    Column("question_id", ForeignKey("speaker_questions.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_speaker_votes_person_id", "person_id"),
)
"""Somebody wants to hear that, too."""


DAY_PHOTOS = Table(
    "day_photos",
    METADATA,
    Column("day_id", ForeignKey("theme_days.id", ondelete="CASCADE"), primary_key=True),
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("file_id", Text, nullable=False),
)
"""A picture of the minutes, by its place among them."""


DAY_FEEDBACK_GIVEN = Table(
    "day_feedback_given",
    METADATA,
    Column("day_id", ForeignKey("theme_days.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_day_feedback_given_person_id", "person_id"),
)
"""That somebody has said how it was; what they said stands elsewhere, without them."""


DAY_RATINGS = Table(
    "day_ratings",
    METADATA,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("day_id", ForeignKey("theme_days.id", ondelete="CASCADE"), nullable=False),
    Column("rating", BigInteger, nullable=False),
    Index("ix_day_ratings_day_id", "day_id"),
)
"""One rating, of nobody: its number is drawn by lot, so that it tells no order."""


DAY_REMARKS = Table(
    "day_remarks",
    METADATA,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("day_id", ForeignKey("theme_days.id", ondelete="CASCADE"), nullable=False),
    Column("words", Text, nullable=False),
    Index("ix_day_remarks_day_id", "day_id"),
)
"""What somebody has said of it, of nobody; it belongs to no rating, either."""
