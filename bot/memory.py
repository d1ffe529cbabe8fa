"""Memory that is not needed any more goes back to the system, where the C library can do that."""

import ctypes
import gc
from typing import Any

# of glibc's malloc.h
_TRIM_THRESHOLD, _ARENA_MAX = -1, -8
_FREE_AT_THE_END = 128 * 1024


def keep_little() -> None:
    """One heap for all threads, of whose end no more than this stays free.

    glibc gives each thread a heap of its own, and lets the free end grow with what was once large.
    Our threads wait for the database and for Python's lock: they do not need heaps of their own.
    """
    mallopt = _of_glibc("mallopt")
    if mallopt is not None:
        mallopt(_ARENA_MAX, 1)
        mallopt(_TRIM_THRESHOLD, _FREE_AT_THE_END)


def give_back() -> None:
    """Glibc keeps what is freed, scattered, for the process it served.

    Reading the content and learning from it needs half as much again as what stays.
    """
    gc.collect()
    trim = _of_glibc("malloc_trim")
    if trim is not None:
        trim(0)


def _of_glibc(name: str) -> Any:
    try:
        return getattr(ctypes.CDLL(None), name)
    except (OSError, AttributeError):
        return None
