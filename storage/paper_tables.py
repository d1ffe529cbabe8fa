"""The tables of calls for papers: what is handed in, its files, its reviews, what becomes of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import BigId, Code
from storage.tables import Base


class CallRow(Base):
    __tablename__ = "paper_calls"
    __table_args__ = (Index("ix_paper_calls_deadline", "deadline"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(Code(128), unique=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    theme: Mapped[str] = mapped_column(Text)
    guidance: Mapped[str] = mapped_column(Text)
    deadline: Mapped[datetime]
    late_code: Mapped[str | None] = mapped_column(String(32))
    least: Mapped[int]
    most: Mapped[int]
    body_most: Mapped[int | None]
    kinds: Mapped[str] = mapped_column(String(64))
    largest: Mapped[int]
    readers: Mapped[str] = mapped_column(String(16))
    own: Mapped[str] = mapped_column(Text)  # a question a line
    state: Mapped[str] = mapped_column(String(16))
    review_from: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int]


class SubmissionRow(Base):
    """One a person and call, from the first answer on."""

    __tablename__ = "submissions"
    __table_args__ = (
        UniqueConstraint("call_id", "author_id"),
        Index("ix_submissions_author_id", "author_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("paper_calls.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    title: Mapped[str | None] = mapped_column(Text)
    coauthors: Mapped[str | None] = mapped_column(Text)
    abstract: Mapped[str | None] = mapped_column(Text)
    keywords: Mapped[str | None] = mapped_column(Text)
    own1: Mapped[str | None] = mapped_column(Text)
    own2: Mapped[str | None] = mapped_column(Text)
    own3: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    receipt: Mapped[str | None] = mapped_column(String(16), unique=True)
    begun_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    late_at: Mapped[datetime | None]
    revise_until: Mapped[datetime | None]
    award: Mapped[str] = mapped_column(String(16))
    round: Mapped[int]
    reviewed: Mapped[int]
    version: Mapped[int]


class ReceiptYearRow(Base):
    """The last receipt of each year: a number is never given twice, whoever is forgotten."""

    __tablename__ = "receipt_years"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class PaperFileRow(Base):
    """One version of a paper's file; the file itself is Telegram's to keep."""

    __tablename__ = "paper_files"

    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    file_id: Mapped[str] = mapped_column(Text)
    unique_id: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))
    digest: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime]


class ReviewRow(Base):
    """What somebody says of a paper, or why they do not."""

    __tablename__ = "paper_reviews"
    __table_args__ = (
        UniqueConstraint("submission_id", "reviewer_id"),
        Index("ix_paper_reviews_reviewer_id", "reviewer_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(String(16))
    theme: Mapped[int | None]
    substance: Mapped[int | None]
    writing: Mapped[int | None]
    comment: Mapped[str] = mapped_column(Text)
    excuse: Mapped[str | None] = mapped_column(String(16))
    asked_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class ProposalRow(Base):
    """What is to become of a paper, and has when it is released; one a round."""

    __tablename__ = "paper_proposals"

    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True
    )
    round: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    verdict: Mapped[str] = mapped_column(String(16))
    award: Mapped[str] = mapped_column(String(16))
    words: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    released_at: Mapped[datetime | None]
