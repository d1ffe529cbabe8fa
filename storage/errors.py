"""What the database's own failures mean, so that the edges can act on them."""

from sqlalchemy.exc import DBAPIError


class StorageUnavailable(Exception):
    """The database cannot take this now; the same call may go through later.

    `reason` is one of: locked, read_only, full, unreachable.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


_SIGNS = {
    "locked": ("database is locked", "database table is locked", "could not obtain lock"),
    "read_only": ("readonly database", "read-only", "attempt to write a readonly"),
    "full": ("database or disk is full", "no space left", "disk i/o error"),
    "unreachable": (
        "unable to open database",
        "connection refused",
        "connection was closed",
        "connection is closed",
        "connection does not exist",
        "server closed the connection",
        "terminating connection",
        "the database system is",
        "too many clients",
        "cannot connect",
    ),
}


def unavailable(error: BaseException) -> StorageUnavailable | None:
    """What `error` says about the database's state; None if the fault is ours."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return StorageUnavailable("unreachable")
    if isinstance(error, ConnectionError | TimeoutError):
        return StorageUnavailable("unreachable")
    if not isinstance(error, DBAPIError | OSError):
        return None
    words = str(error).lower()
    for reason, signs in _SIGNS.items():
        if any(sign in words for sign in signs):
            return StorageUnavailable(reason)
    return StorageUnavailable("unreachable") if isinstance(error, OSError) else None
