"""Memory that was needed only to build something goes back to the system."""

import ctypes
import gc


def give_back() -> None:
    """Where the C library can: glibc keeps what is freed, scattered, for the process it served.

    Reading the content and learning from it needs half as much again as what stays.
    """
    gc.collect()
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):
        return
    trim(0)
