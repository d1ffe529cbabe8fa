"""The log holds no secret, not even in a traceback."""

import logging
from collections.abc import Iterator

import pytest

from bot.log import Discreet, secrets_of, set_up_log
from tests.stage import Person

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


@pytest.fixture(autouse=True)
def restored_log() -> Iterator[None]:
    """The program sets up the log of the whole process; afterwards it is the tests' again."""
    root = logging.getLogger()
    names = ("", "httpx", "apscheduler", "alembic", "aiohttp.access", "uvicorn")
    handlers, levels = root.handlers[:], {each: logging.getLogger(each).level for each in names}
    yield
    root.handlers[:] = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def test_the_token_and_passwords_are_blotted_out(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_log(
        secrets_of(TOKEN, "socks5://me:ge%40heim@host", None, "postgresql://me:pass-word@host/x")
    )
    log = logging.getLogger("somebody")
    log.warning("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    log.warning("half of it: %s", TOKEN.partition(":")[2])
    log.warning("the proxy's: ge%40heim, as typed ge@heim; the database's: pass-word")

    lines = [line.partition("somebody: ")[2] for line in capsys.readouterr().err.splitlines()]
    assert lines == [
        "POST https://api.telegram.org/bot•••/getMe",
        "half of it: •••",
        "the proxy's: •••, as typed •••; the database's: •••",
    ]


def test_tracebacks_are_blotted_out_too(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_log(secrets_of(TOKEN))
    try:
        _fail_twice()
    except RuntimeError:
        logging.getLogger("somebody").exception("broken")

    told = capsys.readouterr().err
    assert TOKEN.partition(":")[2] not in told
    assert "RuntimeError: token ••• refused" in told
    assert "ValueError: no answer from /bot•••/getMe" in told


def _fail_twice() -> None:
    cause = ValueError(f"no answer from /bot{TOKEN}/getMe")
    raise RuntimeError(f"token {TOKEN} refused") from cause


def test_the_longer_secret_is_blotted_out_before_the_shorter() -> None:
    line = Discreet(["abc", "abcdef"]).format(
        logging.LogRecord("n", logging.INFO, "p", 1, "it is abcdef, abc", None, None)
    )
    assert line.endswith("it is •••, •••")


def test_without_secrets_lines_stay_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_log(secrets_of(None, None, "sqlite:///data/linghang.db"))
    logging.getLogger("somebody").info("all is well")
    assert capsys.readouterr().err.endswith("INFO    somebody: all is well\n")


def test_libraries_that_chatter_are_kept_short(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_log()
    logging.getLogger("httpx").info("POST https://…")
    logging.getLogger("apscheduler.scheduler").info("Added job")
    assert capsys.readouterr().err == ""


async def test_nothing_personal_is_logged(
    student: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """A whole conversation leaves no name, no question and no id in the log."""
    caplog.set_level(logging.INFO)
    await student.types("我叫林小雨，今年考研哪天考")
    await student.types("/profile")
    await student.types("/nonsense 秘密")

    told = caplog.text
    assert "林小雨" not in told
    assert "秘密" not in told
    assert str(student.id) not in told
