"""The log: one line an event on standard error, with whatever is secret taken out."""

import logging
import sys
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


class Discreet(logging.Formatter):
    """Formats as usual, tracebacks included, and then blots out every secret."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__(FORMAT)
        self._secrets = sorted({each for each in secrets if each}, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "•••")
        return line


def set_up_log(secrets: Iterable[str] = (), *, level: int = logging.INFO) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Discreet(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for chatty in ("httpx", "apscheduler", "alembic", "aiohttp.access", "uvicorn"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def secrets_of(token: str | None, *addresses: str | None) -> list[str]:
    """The token, its secret half, and the passwords inside addresses."""
    passwords = [urlsplit(address).password or "" for address in addresses if address]
    return [token or "", (token or "").partition(":")[2], *passwords, *map(unquote, passwords)]
