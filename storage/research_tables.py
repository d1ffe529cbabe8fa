"""The tables of research: topics, the problems they make, votes, achievements and imports."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, Text

from storage.columns import BigId, Code, UtcDateTime
from storage.tables import METADATA

RESEARCH_PROBLEMS = Table(
    "research_problems",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("key", Code(128), unique=True, nullable=False),
    Column("name", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("solution", Text, nullable=False),
    Column("author_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("theme_day", BigInteger),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_research_problems_state", "state"),
    Index("ix_research_problems_theme_day", "theme_day"),
)
"""`theme_day` is the number of a day of another area: no key, for the areas stand alone."""


RESEARCH_TOPICS = Table(
    "research_topics",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("key", Code(128), unique=True, nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("kind", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("problem_id", ForeignKey("research_problems.id", ondelete="SET NULL")),
    Index("ix_research_topics_problem_id", "problem_id"),
    Index("ix_research_topics_person_id", "person_id"),
)
"""The sentence stays when its author goes: it is a part of the problem."""


RESEARCH_VOTES = Table(
    "research_votes",
    METADATA,
    Column("problem_id", ForeignKey("research_problems.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_research_votes_person_id", "person_id"),
)


RESEARCH_IMPORTS = Table(
    "research_imports",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("key", Code(128), unique=True, nullable=False),
    Column("importer_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("file_name", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)


ACHIEVEMENTS = Table(
    "achievements",
    METADATA,
    Column("id", BigId, primary_key=True),
    Column("key", Code(128), unique=True, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("authors", Text, nullable=False),
    Column("venue", Text, nullable=False),
    Column("year", BigInteger, nullable=False),
    Column("level", String(16), nullable=False),
    Column("doi", Text),
    Column("number", Text, nullable=False),
    Column("evidence_kind", String(16)),
    Column("evidence_file", Text),
    Column("evidence_name", Text),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("reporter_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("judge_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("at", UtcDateTime, nullable=False),
    Column("judged_at", UtcDateTime),
    Column("batch_id", ForeignKey("research_imports.id", ondelete="SET NULL")),
    Column("doi_key", Code(256), unique=True),
    Column("title_key", Code(400), unique=True),
    Index("ix_achievements_state", "state"),
    Index("ix_achievements_batch_id", "batch_id"),
    Index("ix_achievements_reporter_id", "reporter_id"),
)
"""`doi_key` and `title_key` are empty when it is refused: so it can be recorded anew."""
