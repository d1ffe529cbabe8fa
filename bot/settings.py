"""The settings: read once from the environment or `.env`, all faults reported together by name."""

import difflib
import os
import re
import secrets
from datetime import time
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from branch.people.model import TelegramId
from storage.engine import DatabaseUrlUnknown, database_url

PREFIX = "LINGHANG_"
TELEGRAM_API = "https://api.telegram.org"


class SettingsWrong(Exception):
    """One line a fault; each names the setting and says what was expected."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def _token(value: str) -> str:
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]{30,}", value):
        raise ValueError("a token looks like 123456789:AbC… (ask @BotFather for one)")
    return value


def _web_address(*schemes: str, port_needed: bool = False) -> Any:
    expected = f"expected an address beginning with {' or '.join(f'{each}://' for each in schemes)}"
    if port_needed:
        expected += " and ending with a port, such as 127.0.0.1:1080"

    def check(value: str) -> str:
        try:
            parts = urlsplit(value)
            complete = bool(parts.hostname and (parts.port or not port_needed))
            known = parts.scheme in schemes
        except ValueError:
            raise ValueError(expected) from None
        if not complete or not known or re.search(r"\s", value):
            raise ValueError(expected)
        return value.rstrip("/")

    return AfterValidator(check)


def _database(value: str) -> str:
    try:
        database_url(value)
    except DatabaseUrlUnknown:
        raise ValueError("expected sqlite:///path/to/file or postgresql://user@host/name") from None
    return value


def _ids(value: object) -> object:
    if not isinstance(value, str):
        return value
    parts = [part.strip() for part in value.split(",") if part.strip()]
    if not all(part.isdecimal() for part in parts):
        raise ValueError("expected Telegram ids (numbers), separated by commas")
    return [int(part) for part in parts]


def _zone(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return ZoneInfo(value)
    except (LookupError, ValueError, OSError):
        raise ValueError("expected a time zone such as Asia/Shanghai") from None


def _listen(value: object) -> object:
    if not isinstance(value, str):
        return value
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) <= 65535:  # noqa: PLR2004 -- the last port there is
        raise ValueError("expected host:port, such as 127.0.0.1:8443")
    return host.strip("[]"), int(port)


def _hours(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not value.strip():
        return None
    try:
        start, end = (time.fromisoformat(part.strip()) for part in value.split("-"))
    except ValueError:
        raise ValueError("expected hours such as 22:30-07:30, or nothing for none") from None
    return start, end


def _folder(value: Path) -> Path:
    if not value.is_dir():
        raise ValueError(f"there is no folder {value}")
    return value


Listen = Annotated[tuple[str, int] | None, NoDecode, BeforeValidator(_listen)]


class Settings(BaseSettings):
    """What an administrator may set; `LINGHANG_` before each name."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    telegram_token: Annotated[str, AfterValidator(_token)] | None = None
    telegram_api_url: Annotated[str, _web_address("https", "http")] = TELEGRAM_API
    telegram_proxy: Annotated[str, _web_address("http", "socks5", port_needed=True)] | None = None
    webhook_url: Annotated[str, _web_address("https", "http")] | None = None
    webhook_listen: Listen = ("127.0.0.1", 8443)
    webhook_secret: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,256}$")] = Field(
        default_factory=lambda: secrets.token_urlsafe(32)
    )
    database_url: Annotated[str, AfterValidator(_database)] = "sqlite:///data/linghang.db"
    admin_ids: Annotated[frozenset[TelegramId], NoDecode, BeforeValidator(_ids)] = frozenset()
    timezone: Annotated[ZoneInfo, BeforeValidator(_zone)] = ZoneInfo("Asia/Shanghai")
    content_dir: Annotated[Path, AfterValidator(_folder)] = Field(
        default=Path("content/"), validate_default=True
    )
    cache_dir: Path = Path("data/cache")
    embedding: bool = True
    bulk_rate: Annotated[int, Field(ge=1, le=100_000)] = 25
    reply_reserve: Annotated[int, Field(ge=0, le=1000)] = 5
    quiet_hours: Annotated[tuple[time, time] | None, NoDecode, BeforeValidator(_hours)] = (
        time(22, 30),
        time(7, 30),
    )
    approve_above: Annotated[int, Field(ge=0)] = 200
    event_link_years: Annotated[int, Field(ge=1, le=100)] = 6
    health_listen: Listen = None


def read_settings(**overrides: Any) -> Settings:
    """The settings as they stand. Raises SettingsWrong with every fault, unknown names included."""
    faults = _unknown_names()
    try:
        settings = Settings(**_meant_empty(), **overrides)
    except ValidationError as error:
        faults += [_sentence(fault) for fault in error.errors()]
        raise SettingsWrong(faults) from None
    if faults:
        raise SettingsWrong(faults)
    return settings


def _meant_empty() -> dict[str, Any]:
    """An empty setting means "not set"; but no quiet hours, and nothing from the file instead."""
    names = ("telegram_token", "telegram_proxy", "webhook_url", "health_listen", "quiet_hours")
    given = _given()
    return {name: None for name in names if given.get(f"{PREFIX}{name.upper()}") == ""}


def _given() -> dict[str, str | None]:
    from_file = {name.upper(): value for name, value in dotenv_values(".env").items()}
    return from_file | {name.upper(): value for name, value in os.environ.items()}


def _unknown_names() -> list[str]:
    known = [name.upper() for name in Settings.model_fields]
    faults = []
    for name in sorted(_given()):
        bare = name.removeprefix(PREFIX)
        if name != bare and bare not in known:
            near = difflib.get_close_matches(bare, known, n=1)
            hint = f"; did you mean {PREFIX}{near[0]}?" if near else ""
            faults.append(f"{name}: no such setting{hint}")
    return faults


def _sentence(fault: Any) -> str:
    name = f"{PREFIX}{str(fault['loc'][0]).upper()}" if fault["loc"] else PREFIX
    reason = str(fault["msg"]).removeprefix("Value error, ")
    # what was given may be a secret, or an address that holds one
    secret = any(word in name for word in ("TOKEN", "SECRET", "PROXY", "URL"))
    given = "" if secret else f" (given: {fault['input']!r})"
    return f"{name}: {reason}{given}"
