"""Questions of a call's own, and their answers."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_24_paper_fields"
down_revision = "2026_11_26_23_outcomes"
branch_labels = None
depends_on = None

ANSWERS = ("own1", "own2", "own3")


def upgrade() -> None:
    with op.batch_alter_table("paper_calls") as calls:
        calls.add_column(sa.Column("own", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("paper_calls") as calls:
        calls.alter_column("own", server_default=None)
    with op.batch_alter_table("submissions") as submissions:
        for name in ANSWERS:
            submissions.add_column(sa.Column(name, sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("submissions") as submissions:
        for name in ANSWERS:
            submissions.drop_column(name)
    with op.batch_alter_table("paper_calls") as calls:
        calls.drop_column("own")
