"""The command line: what it answers, and how every failure becomes one plain line."""

import os
import re
import resource
import shutil
import socket
import sqlite3
from pathlib import Path

import pytest

from bot.__main__ import main
from playground.server import PlaygroundServer
from playground.world import World
from tests.bot.program import Ended, SmallBase, run
from tests.stage import CACHE, ROOT

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


class Told:
    """Commands run in this process, and what they print."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, *arguments: str, **settings: str) -> Ended:
        for name, value in settings.items():
            self._monkeypatch.setenv(f"LINGHANG_{name}", value)
        try:
            status = main(list(arguments))
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = self._capsys.readouterr()
        return Ended(status=status, out=out, err=err)


@pytest.fixture
def bot(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, clean_environment: Path
) -> Told:
    assert clean_environment.is_dir()
    # what the content means was learnt once: to learn it anew takes each command a minute
    monkeypatch.setenv("LINGHANG_CACHE_DIR", str(CACHE))
    return Told(capsys, monkeypatch)


def test_help_names_every_command(bot: Told) -> None:
    told = bot("--help")
    assert told.status == 0
    for command in ("run", "playground", "check", "ask", "golden", "db"):
        assert re.search(rf"^    {command}\b", told.out, re.MULTILINE), command


@pytest.mark.parametrize(
    "arguments",
    [["fly"], ["ask"], ["db"], ["db", "drop"], ["--fast"], ["playground", "--port", "70000"]],
)
def test_what_is_wrongly_asked_is_told_with_the_usage(bot: Told, arguments: list[str]) -> None:
    told = bot(*arguments)
    assert told.status == 2
    assert told.err.startswith("usage: python -m bot")


def test_running_without_a_token_says_how_to_get_one(bot: Told) -> None:
    told = bot("run")
    assert (told.status, told.out) == (1, "")
    assert "@BotFather" in told.err
    assert "LINGHANG_TELEGRAM_TOKEN=" in told.err
    assert "python -m bot playground" in told.err


def test_a_question_is_answered_in_its_own_language(bot: Told) -> None:
    chinese = bot("ask", "今年考研哪天考")
    assert chinese.status == 0
    assert chinese.out.startswith("[answered · ")
    assert "来源：" in chinese.out

    english = bot("ask", "when", "is", "the", "exam", "this", "year")
    assert "Source:" in english.out

    assert "Source:" in bot("ask", "今年考研哪天考", "--language", "en").out


def test_what_is_not_covered_is_said(bot: Told) -> None:
    told = bot("ask", "出题老师是哪位")
    assert told.status == 0
    assert told.out.startswith("[not covered]")


def learning(said: str) -> list[str]:
    lines = said.replace("\r", "\n").split("\n")
    return [line for line in lines if line.startswith("learning what the answers mean: ")]


def test_the_golden_questions_are_replayed(bot: Told) -> None:
    told = bot("golden")
    assert told.status == 0
    # it says so where it has to learn something first
    assert set(told.err.replace("\r", "\n").split("\n")) <= {"", *learning(told.err)}
    assert len(told.out.splitlines()) > 3


def test_the_content_can_be_checked_alone(bot: Told) -> None:
    told = bot("check", "--content")
    assert told.status == 0
    assert told.out.startswith("Content: ")
    assert "2027" in told.out


def test_everything_can_be_checked(bot: Told, clean_environment: Path) -> None:
    told = bot("check", DATABASE_URL=f"sqlite:///{clean_environment / 'data' / 'a.db'}")
    assert told.status == 0
    assert told.out.splitlines()[1:] == [
        "Settings: fine.",
        "Database: fine (sqlite).",
        "Telegram: no token is set.",
    ]


def test_the_database_is_brought_up_to_date_as_often_as_asked(
    bot: Told, clean_environment: Path
) -> None:
    path = clean_environment / "new" / "folder" / "a.db"
    for _ in range(2):
        told = bot("db", "upgrade", DATABASE_URL=f"sqlite:///{path}")
        assert (told.status, told.err) == (0, "")
    assert path.stat().st_size > 0


def test_wrong_settings_are_told_together(bot: Told) -> None:
    told = bot("check", BULK_RATE="many", TIMEZONE="Mars", TELEGRAM_TOKN="x")
    assert (told.status, told.out) == (1, "")
    lines = told.err.splitlines()
    assert lines[0] == "These settings are wrong:"
    assert sorted(line.strip().partition(":")[0] for line in lines[1:]) == [
        "LINGHANG_BULK_RATE",
        "LINGHANG_TELEGRAM_TOKN",
        "LINGHANG_TIMEZONE",
    ]


def test_broken_content_is_told_file_by_file(bot: Told, clean_environment: Path) -> None:
    folder = clean_environment / "content"
    shutil.copytree(ROOT / "content", folder)
    calendar = folder / "calendar" / "2027.yaml"
    calendar.write_text(calendar.read_text(encoding="utf-8") + "\n  - [\n", encoding="utf-8")
    entry = min((folder / "guidance").rglob("*.md"))
    entry.write_text("no front matter at all\n", encoding="utf-8")
    for arguments in (["check", "--content"], ["run"], ["ask", "问"]):
        told = bot(*arguments, CONTENT_DIR=str(folder), TELEGRAM_TOKEN=TOKEN)
        assert (told.status, told.out) == (1, "")
        head, *faults = told.err.splitlines()
        assert head == "The content has faults:"
        assert all(re.fullmatch(r"  \S+\.(yaml|md):\d+: \S.+", each) for each in faults)
        # the bracket is missed where the file ends
        assert any(f"calendar/2027.yaml:{_lines(calendar) + 1}: " in each for each in faults)
        assert any(f"{entry.name}:1: " in each for each in faults)
        assert "Traceback" not in told.err


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def one_line(told: Ended) -> str:
    """The one line on standard error of a command that could not be done."""
    assert told.status == 1, told.err
    assert "Traceback" not in told.err
    (line,) = told.err.splitlines()
    return line


def test_a_database_of_a_later_version_is_told(bot: Told, clean_environment: Path) -> None:
    path = clean_environment / "a.db"
    bot("db", "upgrade", DATABASE_URL=f"sqlite:///{path}")
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '2999_01_01_flying'")
    connection.commit()
    connection.close()
    line = one_line(bot("db", "upgrade"))
    assert line.startswith("The database belongs to a later version (2999_01_01_flying)")


@pytest.mark.usefixtures("impatient_database")
def test_a_locked_database_is_told(
    bot: Told, clean_environment: Path, small_base: SmallBase
) -> None:
    path = clean_environment / "a.db"
    bot("db", "upgrade", DATABASE_URL=f"sqlite:///{path}")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert "locked" in one_line(bot("db", "upgrade"))
    assert "locked" in one_line(bot("run", TELEGRAM_TOKEN=TOKEN, **small_base))
    other.close()


@pytest.mark.parametrize("path", ["/dev/null/a.db", "/proc/a.db"])
def test_a_database_that_cannot_be_made_is_told(bot: Told, path: str) -> None:
    line = one_line(bot("db", "upgrade", DATABASE_URL=f"sqlite:///{path}"))
    assert line.startswith("The database cannot be used: ")


def test_a_folder_in_the_databases_place_is_told(bot: Told, clean_environment: Path) -> None:
    line = one_line(bot("db", "upgrade", DATABASE_URL=f"sqlite:///{clean_environment}"))
    assert "cannot be opened" in line


def test_a_file_that_is_no_database_is_told(bot: Told, clean_environment: Path) -> None:
    path = clean_environment / "a.db"
    path.write_text("dear diary, " * 1000)
    line = one_line(bot("db", "upgrade", DATABASE_URL=f"sqlite:///{path}"))
    assert line.startswith("The database cannot be used: ")


def test_a_server_that_is_not_there_is_told(bot: Told) -> None:
    line = one_line(bot("db", "upgrade", DATABASE_URL="postgresql://me:pw@127.0.0.1:9/name"))
    assert "cannot be opened or reached" in line
    assert "pw" not in line


def without_rights() -> list[str]:
    """What makes a read-only file read-only for the administrator of this machine too."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root may write everything here, and there is no setpriv to take that away")
    return ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]


async def test_a_read_only_database_is_told(tmp_path: Path, small_base: SmallBase) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    url = f"sqlite:///{folder / 'a.db'}"
    made = await run("db", "upgrade", folder=tmp_path, DATABASE_URL=url)
    (folder / "a.db").chmod(0o444)
    folder.chmod(0o555)
    try:
        told = await run(
            "run",
            folder=tmp_path,
            before=without_rights(),
            DATABASE_URL=url,
            TELEGRAM_TOKEN=TOKEN,
            **small_base,
        )
    finally:
        folder.chmod(0o755)

    assert made.status == 0
    assert "it can only be read" in one_line(told)


async def test_a_full_disk_is_told(tmp_path: Path, small_base: SmallBase) -> None:
    """A limit on the size of files stands for a disk with no room."""
    if shutil.which("prlimit") is None:
        pytest.skip("there is no prlimit to make a disk look full")
    url = f"sqlite:///{tmp_path / 'a.db'}"
    told = await run(
        "run",
        folder=tmp_path,
        before=["prlimit", f"--fsize={resource.getpagesize()}"],
        DATABASE_URL=url,
        TELEGRAM_TOKEN=TOKEN,
        **small_base,
    )
    assert "the disk is full" in one_line(told)


async def test_a_refused_token_is_told(
    server: PlaygroundServer, tmp_path: Path, small_base: SmallBase
) -> None:
    for command in ("run", "check"):
        told = await run(
            command,
            folder=tmp_path,
            TELEGRAM_TOKEN=TOKEN,
            TELEGRAM_API_URL=server.api_url,
            DATABASE_URL=f"sqlite:///{tmp_path / 'a.db'}",
            **small_base,
        )
        assert "refuses the token" in one_line(told)
        assert TOKEN not in told.err + told.out


async def test_a_taken_port_is_told(
    world: World, server: PlaygroundServer, tmp_path: Path, small_base: SmallBase
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        told = await run(
            "run",
            folder=tmp_path,
            HEALTH_LISTEN=taken,
            TELEGRAM_TOKEN=world.token,
            TELEGRAM_API_URL=server.api_url,
            DATABASE_URL=f"sqlite:///{tmp_path / 'a.db'}",
            **small_base,
        )
    assert one_line(told) == (
        f"Another program listens on {taken}; stop it or choose another port."
    )


async def test_telegram_can_be_checked(
    world: World, server: PlaygroundServer, tmp_path: Path
) -> None:
    told = await run(
        "check",
        folder=tmp_path,
        TELEGRAM_TOKEN=world.token,
        TELEGRAM_API_URL=server.api_url,
        DATABASE_URL=f"sqlite:///{tmp_path / 'a.db'}",
    )
    assert (told.status, told.err) == (0, "")
    assert told.out.splitlines()[-1] == f"Telegram: fine, this is @{world.bot_username}."
