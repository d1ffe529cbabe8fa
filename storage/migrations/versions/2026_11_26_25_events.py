"""The log of events, append-only, and the keys by which it knows people."""

import secrets

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, Code, UtcDateTime

revision = "2026_11_26_25_events"
down_revision = "2026_11_26_24_paper_fields"
branch_labels = None
depends_on = None

_ON_SQLITE = """
CREATE TRIGGER events_no_{verb} BEFORE {verb} ON events
BEGIN SELECT RAISE(ABORT, 'events is append-only'); END
"""
_FUNCTION = """
CREATE FUNCTION refuse_change_of_events() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'events is append-only'; END $$
"""
_ON_POSTGRESQL = """
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_events()
"""


def upgrade() -> None:
    op.create_table(
        "events",
        sa.Column("id", BigId, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("kind", Code(32), nullable=False),
        sa.Column("who", Code(32), nullable=True),
        sa.Column("about", Code(64), nullable=False),
        sa.Column("path", Code(16), nullable=False),
        sa.Column("cohort", sa.BigInteger(), nullable=True),
        sa.Column("class_name", sa.Text(), nullable=True),
        sa.Column("topic", Code(32), nullable=True),
        sa.Column("stage", Code(24), nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_events_kind_at", "events", ["kind", "at"])
    op.create_index("ix_events_about", "events", ["about"])
    op.create_index("ix_events_who_kind", "events", ["who", "kind"])
    keys = op.create_table(
        "event_keys",
        sa.Column("person_id", BigId, nullable=False, autoincrement=False),
        sa.Column("key", Code(32), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id"),
        sa.UniqueConstraint("key"),
    )
    connection = op.get_bind()
    people = [row[0] for row in connection.execute(sa.text("SELECT id FROM people"))]
    if people:
        op.bulk_insert(keys, [{"person_id": each, "key": secrets.token_hex(16)} for each in people])
    if connection.dialect.name == "postgresql":
        op.execute(_FUNCTION)
        op.execute(_ON_POSTGRESQL)
    else:
        for verb in ("UPDATE", "DELETE"):
            op.execute(_ON_SQLITE.format(verb=verb))


def downgrade() -> None:
    op.drop_table("event_keys")
    op.drop_table("events")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change_of_events()")
