"""The settings: defaults, where they come from, and every fault told at once by name."""

from datetime import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import asdict

from bot.settings import Settings, SettingsWrong, read_settings

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"

pytestmark = pytest.mark.usefixtures("clean_environment")


def give(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"LINGHANG_{name}", value)


def faults() -> list[str]:
    with pytest.raises(SettingsWrong) as failure:
        read_settings()
    return failure.value.faults


def told(settings: Settings, *, but: set[str]) -> dict[str, Any]:
    return {name: value for name, value in asdict(settings).items() if name not in but}


def test_every_setting_of_the_contract_exists_and_no_other() -> None:
    assert set(Settings.__struct_fields__) == {
        "telegram_token",
        "telegram_api_url",
        "telegram_proxy",
        "webhook_url",
        "webhook_listen",
        "webhook_secret",
        "database_url",
        "admin_ids",
        "timezone",
        "content_dir",
        "cache_dir",
        "embedding",
        "bulk_rate",
        "reply_reserve",
        "quiet_hours",
        "approve_above",
        "event_link_years",
        "health_listen",
    }


def test_without_any_setting_the_defaults_hold(
    monkeypatch: pytest.MonkeyPatch, clean_environment: Path
) -> None:
    monkeypatch.delenv("LINGHANG_CONTENT_DIR")
    (clean_environment / "content").mkdir()
    settings = read_settings()

    assert told(settings, but={"webhook_secret"}) == {
        "telegram_token": None,
        "telegram_api_url": "https://api.telegram.org",
        "telegram_proxy": None,
        "webhook_url": None,
        "webhook_listen": ("127.0.0.1", 8443),
        "database_url": "sqlite:///data/linghang.db",
        "admin_ids": frozenset(),
        "timezone": ZoneInfo("Asia/Shanghai"),
        "content_dir": Path("content/"),
        "cache_dir": Path("data/cache"),
        "embedding": True,
        "bulk_rate": 25,
        "reply_reserve": 5,
        "quiet_hours": (time(22, 30), time(7, 30)),
        "approve_above": 200,
        "event_link_years": 6,
        "health_listen": None,
    }


def test_the_webhooks_secret_is_a_new_one_each_time() -> None:
    first, second = read_settings().webhook_secret, read_settings().webhook_secret
    assert first != second
    assert len(first) >= 32


def test_every_setting_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    give(
        monkeypatch,
        TELEGRAM_TOKEN=TOKEN,
        TELEGRAM_API_URL="http://127.0.0.1:8081/",
        TELEGRAM_PROXY="socks5://me:secret@127.0.0.1:1080",
        WEBHOOK_URL="https://example.org/bot/",
        WEBHOOK_LISTEN="[::1]:8443",
        WEBHOOK_SECRET="s-1_",
        DATABASE_URL="postgresql://me@host/name",
        ADMIN_IDS=" 1, 22 ,",
        TIMEZONE="Europe/Berlin",
        CACHE_DIR="/var/cache/linghang",
        EMBEDDING="false",
        BULK_RATE="30",
        REPLY_RESERVE="0",
        QUIET_HOURS="23:00 - 06:15",
        APPROVE_ABOVE="50",
        EVENT_LINK_YEARS="3",
        HEALTH_LISTEN="0.0.0.0:9000",
    )
    assert told(read_settings(), but={"content_dir"}) == {
        "telegram_token": TOKEN,
        "telegram_api_url": "http://127.0.0.1:8081",
        "telegram_proxy": "socks5://me:secret@127.0.0.1:1080",
        "webhook_url": "https://example.org/bot",
        "webhook_listen": ("::1", 8443),
        "webhook_secret": "s-1_",
        "database_url": "postgresql://me@host/name",
        "admin_ids": frozenset({1, 22}),
        "timezone": ZoneInfo("Europe/Berlin"),
        "cache_dir": Path("/var/cache/linghang"),
        "embedding": False,
        "bulk_rate": 30,
        "reply_reserve": 0,
        "quiet_hours": (time(23), time(6, 15)),
        "approve_above": 50,
        "event_link_years": 3,
        "health_listen": ("0.0.0.0", 9000),  # noqa: S104 -- an example of an address
    }


def test_a_file_gives_settings_and_the_environment_overrides_it(
    monkeypatch: pytest.MonkeyPatch, clean_environment: Path
) -> None:
    (clean_environment / ".env").write_text(
        f"# 领航\nLINGHANG_TELEGRAM_TOKEN={TOKEN}\nLINGHANG_BULK_RATE=10\nOTHER=1\n",
        encoding="utf-8",
    )
    give(monkeypatch, BULK_RATE="20")
    settings = read_settings()

    assert (settings.telegram_token, settings.bulk_rate) == (TOKEN, 20)


def test_an_unknown_name_in_the_file_is_a_fault_too(clean_environment: Path) -> None:
    (clean_environment / ".env").write_text("LINGHANG_BULKRATE=10\n")
    assert faults() == ["LINGHANG_BULKRATE: no such setting; did you mean LINGHANG_BULK_RATE?"]


def test_all_faults_are_told_at_once_each_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "TELEGRAM_TOKEN": "abc",
        "TELEGRAM_API_URL": "ftp://x",
        "TELEGRAM_PROXY": "socks4://x",
        "WEBHOOK_URL": "example.org",
        "WEBHOOK_LISTEN": "8443",
        "WEBHOOK_SECRET": "mit Leerzeichen",
        "DATABASE_URL": "mysql://x/y",
        "ADMIN_IDS": "me",
        "TIMEZONE": "Asia/Peking",
        "CONTENT_DIR": "/no/such/folder",
        "BULK_RATE": "many",
        "REPLY_RESERVE": "-1",
        "QUIET_HOURS": "late",
        "HEALTH_LISTEN": "host:0",
        "TELEGRAM_TOKN": "x",
    }
    give(monkeypatch, **wrong)
    said = faults()

    assert sorted(fault.partition(":")[0] for fault in said) == sorted(
        f"LINGHANG_{name}" for name in wrong
    )
    assert all(len(fault.partition(": ")[2]) > 10 for fault in said)


def test_an_unknown_name_suggests_the_near_one(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, TELEGRAM_TOKN="x", COLOUR="red")
    assert faults() == [
        "LINGHANG_COLOUR: no such setting",
        "LINGHANG_TELEGRAM_TOKN: no such setting; did you mean LINGHANG_TELEGRAM_TOKEN?",
    ]


def test_a_fault_never_repeats_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    give(
        monkeypatch,
        TELEGRAM_TOKEN="123:geheim",
        TELEGRAM_PROXY="socks9://me:geheim@host",
        TELEGRAM_API_URL="gopher://me:geheim@host",
        WEBHOOK_SECRET="geheim!",
        WEBHOOK_URL="gopher://me:geheim@host",
        DATABASE_URL="oracle://me:geheim@host/name",
    )
    said = faults()
    assert len(said) == 6
    assert [fault for fault in said if "geheim" in fault] == []


def test_an_empty_setting_means_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Container files often hand on an empty value for what is not set."""
    plain = told(read_settings(), but={"webhook_secret", "content_dir", "quiet_hours"})
    give(monkeypatch, **{name.upper(): "" for name in plain}, WEBHOOK_SECRET="")

    empty = read_settings()
    assert told(empty, but={"webhook_secret", "content_dir", "quiet_hours"}) == plain
    assert len(empty.webhook_secret) >= 32


def test_empty_quiet_hours_mean_none(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, QUIET_HOURS="")
    assert read_settings().quiet_hours is None


def test_an_empty_token_hides_that_of_the_file(
    monkeypatch: pytest.MonkeyPatch, clean_environment: Path
) -> None:
    (clean_environment / ".env").write_text(f"LINGHANG_TELEGRAM_TOKEN={TOKEN}\n")
    give(monkeypatch, TELEGRAM_TOKEN="")
    assert read_settings().telegram_token is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_PROXY", "socks5://host"),
        ("TELEGRAM_PROXY", "http://host:port"),
        ("TELEGRAM_PROXY", "http://host:99999"),
        ("TELEGRAM_API_URL", "http://:8081"),
        ("WEBHOOK_LISTEN", "host:65536"),
        ("QUIET_HOURS", "22:30"),
        ("QUIET_HOURS", "25:00-07:00"),
        ("TIMEZONE", "../etc/passwd"),
        ("TIMEZONE", "Asia"),
        ("ADMIN_IDS", "1;2"),
        ("ADMIN_IDS", "-1"),
        ("BULK_RATE", "0"),
        ("BULK_RATE", "2.5"),
        ("EVENT_LINK_YEARS", "101"),
        ("EMBEDDING", "maybe"),
        ("WEBHOOK_SECRET", "a" * 257),
        ("DATABASE_URL", "not an address"),
    ],
)
def test_what_cannot_work_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    give(monkeypatch, **{name: value})
    assert [fault.partition(":")[0] for fault in faults()] == [f"LINGHANG_{name}"]
