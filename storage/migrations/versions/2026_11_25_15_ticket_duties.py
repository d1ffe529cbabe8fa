"""What members take, and whether they are away."""

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, UtcDateTime

revision = "2026_11_25_15_ticket_duties"
down_revision = "2026_11_25_14_letters_to_groups"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ticket_duties",
        sa.Column("person_id", BigId, nullable=False, autoincrement=False),
        sa.Column("subjects", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("away_until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_ticket_duties_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_ticket_duties")),
    )


def downgrade() -> None:
    op.drop_table("ticket_duties")
