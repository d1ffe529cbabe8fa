"""The engine alone is there; where it cannot be had alone, the whole package is."""

import subprocess
import sys

from tests.stage import ROOT

_CREATE = (
    "from sqlalchemy.ext.asyncio import create_async_engine as make; make('sqlite+aiosqlite://')"
)
_LOADED = "import sys; print('sqlalchemy.orm' in sys.modules)"


def told(*lines: str) -> str:
    program = "\n".join(lines)
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.strip()


def test_the_engine_is_there_without_the_orm() -> None:
    assert told("import storage", _CREATE, _LOADED) == "False"


def test_what_is_loaded_already_stays() -> None:
    assert told("import sqlalchemy.ext.asyncio, storage", _CREATE, _LOADED) == "True"


def test_the_whole_package_serves_where_the_engine_cannot_be_had_alone() -> None:
    other = "import importlib.util; importlib.util.module_from_spec = None"
    assert told(other, "import storage", _CREATE, _LOADED) == "True"
