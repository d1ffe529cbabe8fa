"""Whether a transaction has changed a row; one that found nothing to do has not."""

from typing import Any, Final

from sqlalchemy import Connection, event
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_CHANGED: Final = "linghang_changed"
_CHANGES_NOTHING: Final = ("SELECT", "SET ", "BEGIN", "PRAGMA")


def watch_changes(engine: AsyncEngine) -> None:
    """Have the engine's connections take note; more than once does no harm."""
    if not event.contains(engine.sync_engine, "after_cursor_execute", _note):
        event.listen(engine.sync_engine, "begin", _forget)
        event.listen(engine.sync_engine, "after_cursor_execute", _note)


def has_changed(connection: AsyncConnection) -> bool:
    """Asked inside of the transaction."""
    return bool(connection.info.get(_CHANGED))


def _forget(connection: Connection) -> None:
    connection.info.pop(_CHANGED, None)


def _note(connection: Connection, cursor: Any, statement: str, *more: Any, **_named: Any) -> None:
    context: DefaultExecutionContext = more[1]
    if context.is_crud:
        changed = cursor.rowcount != 0  # -1 where the driver does not know
    else:
        changed = context.compiled is None and not statement.startswith(_CHANGES_NOTHING)
    if changed:
        connection.info[_CHANGED] = True
