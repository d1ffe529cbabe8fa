"""Running by webhook: only Telegram is heard, and what cannot be kept is sent again."""

import asyncio
import json
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from bot.listening import CannotListen, PortTaken
from bot.runtime import WebhookRefused
from bot.web import WebServer
from playground.clock import MovableClock
from playground.faults import DropBefore, Fault, Status
from playground.world import World
from tests.bot.wires import free_port
from tests.stage import NOW, Stage, performance

SECRET = "a-secret_1"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@asynccontextmanager
async def by_webhook(url: str, **settings: Any) -> AsyncIterator[tuple[Stage, str]]:
    port = free_port()
    here = f"http://127.0.0.1:{port}"
    given = {"webhook_url": here, "webhook_secret": SECRET, **settings}
    async with performance(url, webhook_listen=("127.0.0.1", port), **given) as stage:
        yield stage, here


async def post(address: str, body: bytes, secret: str | None = SECRET) -> int:
    headers = {HEADER: secret} if secret is not None else {}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{address}/telegram", data=body, headers=headers) as answer,
    ):
        return answer.status


async def get(address: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.text()


async def test_a_conversation_goes_on_by_webhook(sqlite_url: str) -> None:
    async with by_webhook(sqlite_url) as (stage, here):
        student = stage.person()
        await student.joins()
        assert "考试日历" in "".join(student.buttons)

        webhook = stage.world.webhook
        assert webhook is not None
        assert (webhook.url, webhook.secret_token) == (f"{here}/telegram", SECRET)
        assert stage.world.calls["getUpdates"] == 0


@pytest.mark.parametrize("secret", [None, "", "a-secret_2", "a-secret", "秘密"])
async def test_who_does_not_know_the_secret_is_turned_away(
    sqlite_url: str, secret: str | None
) -> None:
    async with by_webhook(sqlite_url) as (stage, here):
        update = {"update_id": 1, "message": {"from": {"id": 7}}}
        raw = None if secret is None else secret.encode().decode("latin-1")
        assert await post(here, json.dumps(update).encode(), raw) == 403
        async with stage.parts.transactions.look() as work:
            assert await work.updates.unfinished() == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"1", b"null", b'{"message": {}}', b'{"update_id": "x"}', b"\xff"]
)
async def test_what_is_not_an_update_is_refused(sqlite_url: str, body: bytes) -> None:
    async with by_webhook(sqlite_url) as (_, here):
        assert await post(here, body) == 400


async def test_what_is_larger_than_any_update_is_refused(sqlite_url: str) -> None:
    async with by_webhook(sqlite_url) as (_, here):
        too_much = b'{"update_id": 1, "a": "' + b"a" * 1_000_000 + b'"}'
        assert await post(here, too_much) == 413


@pytest.mark.usefixtures("impatient_database")
async def test_while_the_database_is_away_telegram_keeps_the_update(sqlite_url: str) -> None:
    async with by_webhook(sqlite_url) as (stage, here):
        student = stage.person()
        other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        stage.world.say(student.id, student.id, "/start")
        body = json.dumps({"update_id": 1, "message": {"from": {"id": 7}}}).encode()
        refused = await post(here, body)
        held = stage.world.pending_updates()
        other.execute("ROLLBACK")
        other.close()
        await stage.settle()

        assert (refused, held) == (503, 1)
        assert student.hears.startswith("你好，林小雨")
        assert len(student.heard) == 1


@pytest.mark.usefixtures("short_pauses")
async def test_an_unreachable_telegram_gets_the_webhook_later(sqlite_url: str) -> None:
    world = World(MovableClock(NOW))
    world.faults.add(Fault(kind=DropBefore(), method="setWebhook", times=5))
    async with by_webhook(sqlite_url, world=world) as (stage, _):
        assert stage.world.webhook is not None


async def test_an_address_that_telegram_refuses_is_told(sqlite_url: str) -> None:
    with pytest.raises(WebhookRefused, match="https url must be provided"):
        async with by_webhook(sqlite_url, webhook_url="http://example.org"):
            pass


@pytest.mark.usefixtures("impatient_database")
async def test_health_is_told_beside_the_webhook(sqlite_url: str) -> None:
    async with by_webhook(sqlite_url) as (_, here):
        assert await get(f"{here}/healthz") == (200, "alive\n")
        assert await get(f"{here}/readyz") == (200, "ready\n")
        status, metrics = await get(f"{here}/metrics")
        assert status == 200
        assert "linghang_updates_handled_total 0.0" in metrics.splitlines()
        assert (await get(f"{here}/telegram"))[0] == 405
        assert (await get(f"{here}/"))[0] == 404


async def test_health_has_its_own_address_while_polling(sqlite_url: str) -> None:
    port = free_port()
    async with performance(sqlite_url, health_listen=("127.0.0.1", port)) as stage:
        here = f"http://127.0.0.1:{port}"
        assert await get(f"{here}/readyz") == (200, "ready\n")
        stage.parts.metrics.last_poll -= 1000
        status, reason = await get(f"{here}/readyz")
        assert (status, reason.startswith("Telegram was last polled 100")) == (503, True)
        assert await get(f"{here}/healthz") == (200, "alive\n")
        assert await post(here, b"{}") == 404


async def test_a_taken_port_is_told(sqlite_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        listen = ("127.0.0.1", other.getsockname()[1])
        with pytest.raises(PortTaken, match=f"127.0.0.1:{listen[1]}"):
            async with performance(sqlite_url, health_listen=listen):
                pass


async def test_an_address_that_is_not_ours_is_told() -> None:
    with pytest.raises(CannotListen, match=r"192\.0\.2\.1:8443"):
        await WebServer([], "192.0.2.1", 8443).start()


async def test_a_stopped_server_lets_go_of_its_port() -> None:
    port = free_port()
    for _ in range(2):
        serving = WebServer([], "127.0.0.1", port)
        await serving.start()
        assert (await get(f"http://127.0.0.1:{port}/"))[0] == 404
        async with asyncio.timeout(2):
            await serving.stop()


async def test_a_refused_call_is_no_reason_to_end(sqlite_url: str) -> None:
    """The command lists are a nicety; their failure is."""
    world = World(MovableClock(NOW))
    broken = Status(code=500, description="Internal Server Error")
    world.faults.add(Fault(kind=broken, method="setMyCommands", times=50))
    async with by_webhook(sqlite_url, world=world) as (stage, _):
        student = stage.person()
        await student.types("/start")
        assert student.hears.startswith("你好")
