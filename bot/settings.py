"""The settings: read once from the environment or `.env`, all faults reported together by name."""

import difflib
import os
import re
import secrets
from collections.abc import Callable, Mapping
from datetime import time
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from msgspec import Struct, field

from branch.people.model import TelegramId
from storage.engine import DatabaseUrlUnknown, database_url

PREFIX = "LINGHANG_"
TELEGRAM_API = "https://api.telegram.org"


class SettingsWrong(Exception):
    """One line a fault; each names the setting and says what was expected."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Settings(Struct, frozen=True, kw_only=True):
    """What an administrator may set; `LINGHANG_` before each name."""

    telegram_token: str | None = None
    telegram_api_url: str = TELEGRAM_API
    telegram_proxy: str | None = None
    webhook_url: str | None = None
    webhook_listen: tuple[str, int] = ("127.0.0.1", 8443)
    webhook_secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    database_url: str = "sqlite:///data/linghang.db"
    admin_ids: frozenset[TelegramId] = frozenset()
    timezone: ZoneInfo = ZoneInfo("Asia/Shanghai")
    content_dir: Path = Path("content/")
    cache_dir: Path = Path("data/cache")
    embedding: bool = True
    bulk_rate: int = 25
    reply_reserve: int = 5
    quiet_hours: tuple[time, time] | None = (time(22, 30), time(7, 30))
    approve_above: int = 200
    event_link_years: int = 6
    health_listen: tuple[str, int] | None = None


def _token(value: str) -> str:
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]{30,}", value):
        raise ValueError("a token looks like 123456789:AbC… (ask @BotFather for one)")
    return value


def _web_address(*schemes: str, port_needed: bool = False) -> Callable[[str], str]:
    expected = f"expected an address beginning with {' or '.join(f'{each}://' for each in schemes)}"
    if port_needed:
        expected += " and ending with a port, such as 127.0.0.1:1080"

    def read(value: str) -> str:
        try:
            parts = urlsplit(value)
            complete = bool(parts.hostname and (parts.port or not port_needed))
            known = parts.scheme in schemes
        except ValueError:
            raise ValueError(expected) from None
        if not complete or not known or re.search(r"\s", value):
            raise ValueError(expected)
        return value.rstrip("/")

    return read


def _secret(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value):
        raise ValueError("expected 1 to 256 of A–Z a–z 0–9 _ -")
    return value


def _database(value: str) -> str:
    try:
        database_url(value)
    except DatabaseUrlUnknown:
        raise ValueError("expected sqlite:///path/to/file or postgresql://user@host/name") from None
    return value


def _ids(value: str) -> frozenset[TelegramId]:
    parts = [part.strip() for part in value.split(",") if part.strip()]
    if not all(part.isdecimal() for part in parts):
        raise ValueError("expected Telegram ids (numbers), separated by commas")
    return frozenset(TelegramId(int(part)) for part in parts)


def _zone(value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (LookupError, ValueError, OSError):
        raise ValueError("expected a time zone such as Asia/Shanghai") from None


def _listen(value: str) -> tuple[str, int]:
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) <= 65535:  # noqa: PLR2004 -- the last port there is
        raise ValueError("expected host:port, such as 127.0.0.1:8443")
    return host.strip("[]"), int(port)


def _hours(value: str) -> tuple[time, time] | None:
    if not value.strip():
        return None
    try:
        start, end = (time.fromisoformat(part.strip()) for part in value.split("-"))
    except ValueError:
        raise ValueError("expected hours such as 22:30-07:30, or nothing for none") from None
    return start, end


def _folder(value: str) -> Path:
    if not Path(value).is_dir():
        raise ValueError(f"there is no folder {value}")
    return Path(value)


def _yes_or_no(value: str) -> bool:
    said = {"true": True, "yes": True, "on": True, "1": True}
    said |= {"false": False, "no": False, "off": False, "0": False}
    if value.strip().lower() not in said:
        raise ValueError("expected true or false")
    return said[value.strip().lower()]


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        given = value.strip()
        if not given.isdecimal() or not least <= int(given) <= most:
            raise ValueError(f"expected a whole number from {least} to {most}")
        return int(given)

    return read


_READ: Final[Mapping[str, Callable[[str], Any]]] = MappingProxyType(
    {
        "telegram_token": _token,
        "telegram_api_url": _web_address("https", "http"),
        "telegram_proxy": _web_address("http", "socks5", port_needed=True),
        "webhook_url": _web_address("https", "http"),
        "webhook_listen": _listen,
        "webhook_secret": _secret,
        "database_url": _database,
        "admin_ids": _ids,
        "timezone": _zone,
        "content_dir": _folder,
        "cache_dir": Path,
        "embedding": _yes_or_no,
        "bulk_rate": _number(1, 100_000),
        "reply_reserve": _number(0, 1000),
        "quiet_hours": _hours,
        "approve_above": _number(0, 1_000_000_000),
        "event_link_years": _number(1, 100),
        "health_listen": _listen,
    }
)
_EMPTY_IS_NONE: Final = frozenset(
    {"telegram_token", "telegram_proxy", "webhook_url", "health_listen", "quiet_hours"}
)
"""Given as nothing they are off, whatever the file says; of others nothing means "not set"."""


def read_settings(**overrides: Any) -> Settings:
    """The settings as they stand. Raises SettingsWrong with every fault, unknown names included."""
    given = _given()
    faults, values = _unknown_names(given), dict(overrides)
    # the folder that is meant unless another is named has to be there too
    texts = {"content_dir": str(Settings().content_dir)} | _texts(given)
    for name, text in texts.items():
        if name in overrides:
            continue
        try:
            values[name] = _READ[name](text) if text else None
        except ValueError as error:
            faults.append(_sentence(name, text, error))
    if faults:
        raise SettingsWrong(faults)
    return Settings(**values)


def _texts(given: Mapping[str, str]) -> dict[str, str]:
    """What is given for each setting, by its name."""
    named = {name: given.get(f"{PREFIX}{name.upper()}") for name in _READ}
    return {
        name: text
        for name, text in named.items()
        if text or (text is not None and name in _EMPTY_IS_NONE)
    }


def _given() -> dict[str, str]:
    """By names in capitals. The environment is before the file, but for what it leaves empty."""
    given = {name.upper(): value or "" for name, value in dotenv_values(".env").items()}
    for name, value in os.environ.items():
        bare = name.upper().removeprefix(PREFIX).lower()
        if value or bare in _EMPTY_IS_NONE or name.upper() not in given:
            given[name.upper()] = value
    return given


def _unknown_names(given: Mapping[str, str]) -> list[str]:
    known = [name.upper() for name in _READ]
    faults = []
    for name in sorted(given):
        bare = name.removeprefix(PREFIX)
        if name != bare and bare not in known:
            near = difflib.get_close_matches(bare, known, n=1)
            hint = f"; did you mean {PREFIX}{near[0]}?" if near else ""
            faults.append(f"{name}: no such setting{hint}")
    return faults


def _sentence(name: str, given: str, error: ValueError) -> str:
    full = f"{PREFIX}{name.upper()}"
    # what was given may be a secret, or an address that holds one
    secret = any(word in full for word in ("TOKEN", "SECRET", "PROXY", "URL"))
    return f"{full}: {error}" + ("" if secret else f" (given: {given!r})")
