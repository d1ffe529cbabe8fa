"""The server is open to this machine only, ends quickly, and serves the page's files."""

import asyncio
import json
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from playground.errors import OnlyLoopback, PortTaken
from playground.model import PersonAccount
from playground.server import PlaygroundServer
from playground.world import World

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "example.com", "", "::"])  # noqa: S104 -- refused
def test_no_other_machine_can_reach_it(world: World, host: str) -> None:
    with pytest.raises(OnlyLoopback):
        PlaygroundServer(world, host=host)


async def test_a_taken_port_is_named(world: World) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken) as taken:
            async with PlaygroundServer(world, port=port):
                pytest.fail("the port was taken")
    assert taken.value.port == port


async def test_it_says_where_it_is(server: PlaygroundServer) -> None:
    assert server.api_url.startswith("http://127.0.0.1:")
    assert server.page_url == f"{server.api_url}/"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "playground.example.com"},
        {"Host": "example.com:80"},
        {"Origin": "https://example.com"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1.example.com"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/bot{token}/getMe", "/playground/feed"])
async def test_a_page_from_elsewhere_cannot_drive_it(
    bot: Any, headers: dict[str, str], path: str
) -> None:
    url = bot.server.api_url + path.format(token=bot.world.token)
    async with bot.http.get(url, headers=headers) as answer:
        assert answer.status == 403


@pytest.mark.parametrize(
    "headers",
    [{"Host": "localhost:1234"}, {"Host": "[::1]"}, {"Origin": "http://localhost:8080"}],
)
async def test_a_page_from_here_may(bot: Any, headers: dict[str, str]) -> None:
    async with bot.http.get(f"{bot.url}/getMe", headers=headers) as answer:
        assert answer.status == 200


async def test_it_ends_at_once_while_bots_poll_and_pages_listen(world: World) -> None:
    async with aiohttp.ClientSession() as http:
        async with PlaygroundServer(world) as server:
            page = await http.ws_connect(f"{server.api_url}/playground/feed")
            url = f"{server.api_url}/bot{world.token}/getUpdates"
            poll = asyncio.ensure_future(http.post(url, json={"timeout": 50}))
            await asyncio.sleep(0.1)
            ending = time.perf_counter()
        assert time.perf_counter() - ending < 1
        answer = await poll
        assert await answer.json() == {"ok": True, "result": []}
        await page.close()


async def test_the_page_and_its_parts_are_served(bot: Any) -> None:
    async with bot.http.get(bot.server.page_url) as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")
    async with bot.http.get(f"{bot.server.api_url}/page.css") as answer:
        assert (answer.status, answer.content_type) == (200, "text/css")


@pytest.mark.parametrize(
    "path",
    [
        "/nothing.js",
        "/../server.py",
        "/%2e%2e/server.py",
        "/..%2fserver.py",
        "//etc/passwd",
        "/.git",
        "/%00",
        "/playground/file/x",
        "/playground/nothing",
    ],
)
async def test_nothing_else_is_served(bot: Any, path: str) -> None:
    reader, writer = await asyncio.open_connection(*bot.server.api_url[7:].split(":"))
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    assert answer.split(b"\r\n", 1)[0] == b"HTTP/1.1 404 Not Found"


async def test_other_methods_are_not_allowed(bot: Any) -> None:
    async with bot.http.delete(bot.server.page_url) as answer:
        assert answer.status == 405


@pytest.mark.parametrize(
    ("kind", "name", "disposition"),
    [("photo", "a.png", None), ("document", "a.html", "attachment")],
)
async def test_a_file_put_on_the_page_arrives_and_is_shown_safely(
    bot: Any, student: PersonAccount, kind: str, name: str, disposition: str | None
) -> None:
    where = {"person_id": str(student.id), "chat_id": str(student.id)}
    form = aiohttp.FormData()
    form.add_field("file", b"data", filename=name)
    url = f"{bot.server.api_url}/playground/upload"
    asked = {**where, "kind": kind, "caption": "看这个"}
    async with bot.http.post(url, params=asked, data=form) as answer:
        told = await answer.json()
    view = bot.world.history(student.id)[-1]
    assert told == {"ok": True, "message_id": view.id}
    assert view.text == "看这个"
    [update] = await bot.updates()
    assert update["message"]["message_id"] == view.id
    file = view.photo or view.document
    async with bot.http.get(f"{bot.server.api_url}/playground/file/{file.id}") as answer:
        assert await answer.read() == b"data"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers.get("Content-Disposition") == disposition


@pytest.mark.parametrize(
    ("person_id", "field", "reason"),
    [("42", "file", "there is no person 42"), ("", "other", "there is no file")],
)
async def test_a_file_that_cannot_be_put_there_is_refused(
    bot: Any, person_id: str, field: str, reason: str
) -> None:
    form = aiohttp.FormData()
    form.add_field(field, b"data", filename="a.txt")
    url = f"{bot.server.api_url}/playground/upload"
    asked = {"person_id": person_id, "chat_id": person_id}
    async with bot.http.post(url, params=asked, data=form) as answer:
        assert (answer.status, await answer.json()) == (400, {"ok": False, "reason": reason})


async def test_the_server_alone_starts_says_where_and_ends_on_sigterm() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "playground",
        "--people",
        "3",
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    where = json.loads(await asyncio.wait_for(process.stdout.readline(), 20))
    api = f"{where['api_url']}/bot{where['token']}"
    async with aiohttp.ClientSession() as http:
        message = {"chat_id": where["people"][2], "text": "x"}
        async with http.post(f"{api}/sendMessage", json=message) as answer:
            assert answer.status == 200
    process.send_signal(signal.SIGTERM)
    _, trouble = await asyncio.wait_for(process.communicate(), 10)
    assert (process.returncode, trouble) == (0, b"")


async def test_the_server_alone_names_what_it_cannot_do() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "playground",
        "--host",
        "0.0.0.0",  # noqa: S104 -- refused
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    _, trouble = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 1
    assert trouble.decode() == (
        "the playground opens only on this machine itself, not on 0.0.0.0\n"
    )
