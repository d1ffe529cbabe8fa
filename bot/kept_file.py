"""A file that is there whole or as it was before, and never half."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO


def put(file: Path, write: Callable[[BinaryIO], None]) -> None:
    """Written beside the file, then put in its place. Raises OSError where that cannot be."""
    written = file.with_name(f"{file.name}.{os.getpid()}.{threading.get_ident()}")
    file.parent.mkdir(parents=True, exist_ok=True)
    with written.open("wb") as out:
        write(out)
    written.replace(file)
