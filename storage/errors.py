"""What the database's own failures mean, so that the edges can act on them."""

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

FAULTS = (DBAPIError, OSError, PoolTimeout)
"""Everything that may come out of a database call and may mean that it is not to be had now."""


class StorageUnavailable(Exception):
    """The database cannot take this now; the same call may go through later.

    `reason` is one of: locked, read_only, full, unreachable.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


# by code and never by words: the words come in the server's language, and SQLAlchemy puts the
# values beside them, so that what a person typed could pass for a fault of the database
_SQLITE = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_PROTOCOL: "locked",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "unreachable",
    sqlite3.SQLITE_CANTOPEN: "unreachable",
    sqlite3.SQLITE_PERM: "unreachable",
    sqlite3.SQLITE_NOTADB: "unreachable",
    sqlite3.SQLITE_CORRUPT: "unreachable",
}
_SQLITE_NO_ROOM = (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE)
_PRIMARY_CODE = 0xFF  # the rest of an SQLite code says where it happened

_SQLSTATES = {
    "08": "unreachable",  # the connection failed or broke
    "25006": "read_only",
    "28": "unreachable",  # it does not let this user in
    "3D": "unreachable",  # there is no such database
    "40": "locked",  # a deadlock, or two transactions that exclude each other
    "53100": "full",
    "53": "unreachable",  # no memory, no free connection
    "55000": "unreachable",  # it takes no connections just now
    "55P03": "locked",
    "57014": "locked",  # it took longer than the server allows
    "57P": "unreachable",  # shutting down, starting up
    "58": "unreachable",  # the server's own disk or system fails
}

_ERRNOS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read_only",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
}


def unavailable(error: BaseException) -> StorageUnavailable | None:
    """What `error` says about the database's state; None if the fault is ours."""
    reason = _reason(error)
    return None if reason is None else StorageUnavailable(reason)


def _reason(error: BaseException) -> str | None:
    if isinstance(error, PoolTimeout):
        return "unreachable"
    if isinstance(error, OSError):
        return _ERRNOS.get(error.errno or 0, "unreachable")
    if not isinstance(error, DBAPIError):
        return None
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return next((why for sign, why in _SQLSTATES.items() if state.startswith(sign)), None)
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return "full" if code in _SQLITE_NO_ROOM else _SQLITE.get(code & _PRIMARY_CODE)
    return "unreachable" if error.connection_invalidated else None
