"""How much somebody had done until a day is found without reading what others did."""

from alembic import op

revision = "2026_11_26_26_event_indexes"
down_revision = "2026_11_26_25_events"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_events_who_kind_at", "events", ["who", "kind", "at"])
    op.drop_index("ix_events_who_kind", "events")


def downgrade() -> None:
    op.create_index("ix_events_who_kind", "events", ["who", "kind"])
    op.drop_index("ix_events_who_kind_at", "events")
