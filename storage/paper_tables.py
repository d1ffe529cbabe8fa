"""The tables of calls for papers: what is handed in, its files, its reviews, what becomes of it."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint

from storage.columns import BigId, Code, UtcDateTime
from storage.tables import METADATA

PAPER_CALLS = Table(
    "paper_calls",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("key", Code(128), unique=True, nullable=False),
    Column("author_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("theme", Text, nullable=False),
    Column("guidance", Text, nullable=False),
    Column("deadline", UtcDateTime, nullable=False),
    Column("late_code", String(32)),
    Column("least", BigInteger, nullable=False),
    Column("most", BigInteger, nullable=False),
    Column("body_most", BigInteger),
    Column("kinds", String(64), nullable=False),
    Column("largest", BigInteger, nullable=False),
    Column("readers", String(16), nullable=False),
    Column("own", Text, nullable=False),  # a question a line
    Column("state", String(16), nullable=False),
    Column("review_from", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("version", BigInteger, nullable=False),
    Index("ix_paper_calls_deadline", "deadline"),
)


SUBMISSIONS = Table(
    "submissions",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("call_id", ForeignKey("paper_calls.id", ondelete="CASCADE"), nullable=False),
    Column("author_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("title", Text),
    Column("coauthors", Text),
    Column("abstract", Text),
    Column("keywords", Text),
    Column("own1", Text),
    Column("own2", Text),
    Column("own3", Text),
    Column("state", String(16), nullable=False),
    Column("receipt", String(16), unique=True),
    Column("begun_at", UtcDateTime, nullable=False),
    Column("submitted_at", UtcDateTime),
    Column("late_at", UtcDateTime),
    Column("revise_until", UtcDateTime),
    Column("award", String(16), nullable=False),
    Column("round", BigInteger, nullable=False),
    Column("reviewed", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    UniqueConstraint("call_id", "author_id"),
    Index("ix_submissions_author_id", "author_id"),
)
"""One a person and call, from the first answer on."""


RECEIPT_YEARS = Table(
    "receipt_years",
    METADATA,
    Column("year", BigInteger, primary_key=True, autoincrement=False),
    Column("last", BigInteger, nullable=False),
)
"""The last receipt of each year: a number is never given twice, whoever is forgotten."""


PAPER_FILES = Table(
    "paper_files",
    METADATA,
    Column("submission_id", ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("file_id", Text, nullable=False),
    Column("unique_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("digest", String(64)),
    Column("at", UtcDateTime, nullable=False),
)
"""One version of a paper's file; the file itself is Telegram's to keep."""


PAPER_REVIEWS = Table(
    "paper_reviews",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("submission_id", ForeignKey("submissions.id", ondelete="CASCADE"), nullable=False),
    Column("reviewer_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("theme", BigInteger),
    Column("substance", BigInteger),
    Column("writing", BigInteger),
    Column("comment", Text, nullable=False),
    Column("excuse", String(16)),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    UniqueConstraint("submission_id", "reviewer_id"),
    Index("ix_paper_reviews_reviewer_id", "reviewer_id"),
)
"""What somebody says of a paper, or why they do not."""


PAPER_PROPOSALS = Table(
    "paper_proposals",
    METADATA,
    Column("submission_id", ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True),
    Column("round", BigInteger, primary_key=True, autoincrement=False),
    Column("verdict", String(16), nullable=False),
    Column("award", String(16), nullable=False),
    Column("words", Text, nullable=False),
    Column("by_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("at", UtcDateTime, nullable=False),
    Column("released_at", UtcDateTime),
)
"""What is to become of a paper, and has when it is released; one a round."""
