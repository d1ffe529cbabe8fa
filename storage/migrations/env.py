"""Where Alembic meets our tables; run by storage.migrate with a connection of its own."""

from alembic import context

from storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    compare_type=True,
    # SQLite alters a table by building it anew
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
