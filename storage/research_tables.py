"""The tables of research: topics, the problems they make, votes, achievements and imports."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import BigId, Code
from storage.tables import Base


class ProblemRow(Base):
    """`theme_day` is the number of a day of another area: no key, for the areas stand alone."""

    __tablename__ = "research_problems"
    __table_args__ = (
        Index("ix_research_problems_state", "state"),
        Index("ix_research_problems_theme_day", "theme_day"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(Code(128), unique=True)
    name: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    solution: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    theme_day: Mapped[int | None]
    created_at: Mapped[datetime]


class TopicRow(Base):
    """The sentence stays when its author goes: it is a part of the problem."""

    __tablename__ = "research_topics"
    __table_args__ = (
        Index("ix_research_topics_problem_id", "problem_id"),
        Index("ix_research_topics_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(Code(128), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    problem_id: Mapped[int | None] = mapped_column(
        ForeignKey("research_problems.id", ondelete="SET NULL")
    )


class ProblemVoteRow(Base):
    __tablename__ = "research_votes"
    __table_args__ = (Index("ix_research_votes_person_id", "person_id"),)

    problem_id: Mapped[int] = mapped_column(
        ForeignKey("research_problems.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[datetime]


class ImportRow(Base):
    __tablename__ = "research_imports"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(Code(128), unique=True)
    importer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    file_name: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class AchievementRow(Base):
    """`doi_key` and `title_key` are empty when it is refused: so it can be recorded anew."""

    __tablename__ = "achievements"
    __table_args__ = (
        Index("ix_achievements_state", "state"),
        Index("ix_achievements_batch_id", "batch_id"),
        Index("ix_achievements_reporter_id", "reporter_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(Code(128), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(Text)
    authors: Mapped[str] = mapped_column(Text)
    venue: Mapped[str] = mapped_column(Text)
    year: Mapped[int]
    level: Mapped[str] = mapped_column(String(16))
    doi: Mapped[str | None] = mapped_column(Text)
    number: Mapped[str] = mapped_column(Text)
    evidence_kind: Mapped[str | None] = mapped_column(String(16))
    evidence_file: Mapped[str | None] = mapped_column(Text)
    evidence_name: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    judge_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    judged_at: Mapped[datetime | None]
    batch_id: Mapped[int | None] = mapped_column(
        ForeignKey("research_imports.id", ondelete="SET NULL")
    )
    doi_key: Mapped[str | None] = mapped_column(Code(256), unique=True)
    title_key: Mapped[str | None] = mapped_column(Code(400), unique=True)
