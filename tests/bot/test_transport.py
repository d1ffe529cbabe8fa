"""Requests carried over aiohttp: they arrive as the stock transport's do, and fail as we say."""

import asyncio
import json
import logging
import socket
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import HTTPXRequest

from bot.telegram_bot import LinghangBot
from bot.transport import AiohttpRequest, NotSent
from playground.faults import Delay, DropAfter, DropBefore, Fault, FaultKind, Hang
from playground.server import PlaygroundServer
from playground.world import World
from tests.bot.carrying import TOKEN, carrying, get_me
from tests.bot.wires import free_port, listening

MESSAGE = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}}


@asynccontextmanager
async def recorder(seen: list[Any], result: object) -> AsyncIterator[str]:
    """A server that writes down what arrives, however it was encoded, and is content with it."""

    async def take(request: web.Request) -> web.Response:
        fields: dict[str, Any] = {}
        if request.content_type == "application/json":
            fields = {name: _read(str(value)) for name, value in (await request.json()).items()}
        else:
            for name, value in (await request.post()).items():
                fields[name] = (
                    (value.filename, value.content_type, value.file.read())
                    if isinstance(value, web.FileField)
                    else _read(str(value))
                )
        seen.append((request.method, request.path, fields))
        return web.json_response({"ok": True, "result": result})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


def _read(text: str) -> Any:
    """What was JSON within a field is read back: how it was spaced does not matter."""
    try:
        return json.loads(text)
    except ValueError:
        return text


async def say_hello(bot: Bot) -> None:
    await bot.send_message(
        7,
        "你好 <b>&amp;</b> 😀\n\u202eabc",
        parse_mode="HTML",
        disable_notification=True,
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("好", callback_data="a:1")]]),
    )


async def send_a_file(bot: Bot) -> None:
    await bot.send_document(
        7, b"\x00\xff\r\n--boundary", filename="成绩 2027's.csv", caption="一份表 & more"
    )


async def send_an_album(bot: Bot) -> None:
    await bot.send_media_group(7, [InputMediaPhoto(b"one", filename="1.jpg") for _ in range(2)])


@pytest.mark.parametrize(
    ("deed", "result"),
    [(say_hello, MESSAGE), (send_a_file, MESSAGE), (send_an_album, [MESSAGE, MESSAGE])],
)
async def test_a_call_arrives_as_the_stock_transports_would(
    deed: Callable[[Bot], Any], result: object
) -> None:
    seen: list[Any] = []
    async with recorder(seen, result) as address:
        for transport in (HTTPXRequest(), AiohttpRequest()):
            bot = Bot(TOKEN, base_url=f"{address}/bot", request=transport)
            await transport.initialize()
            await deed(bot)
            await transport.shutdown()

    stock, ours = map(_without_random_names, seen)
    assert ours == stock
    assert ours[1].startswith(f"/bot{TOKEN}/send")


def _without_random_names(call: Any) -> Any:
    """The library names attached files at random; here they are numbered."""
    method, path, fields = call
    names = [name for name, value in fields.items() if name.startswith("attached")]
    written = repr(sorted(fields.items(), key=lambda item: str(item[1])))
    for number, name in enumerate(names):
        written = written.replace(name, f"file{number}")
    return method, path, written


async def test_an_answer_comes_with_its_status_and_body(
    world: World, server: PlaygroundServer
) -> None:
    async with carrying() as transport:
        assert await get_me(transport, server.api_url, world.token) == (
            200,
            {"ok": True, "result": world.bot},
        )
        refused = await get_me(transport, server.api_url, TOKEN)
        assert refused == (401, {"ok": False, "error_code": 401, "description": "Unauthorized"})


@pytest.mark.parametrize(
    ("fault", "meaning"),
    [(Hang(), TimedOut), (DropBefore(), NetworkError), (DropAfter(), NetworkError)],
)
async def test_a_broken_call_says_what_is_known_of_it(
    world: World, server: PlaygroundServer, fault: FaultKind, meaning: type[Exception]
) -> None:
    world.faults.add(Fault(kind=fault))
    async with carrying() as transport:
        with pytest.raises(NetworkError) as failure:
            await get_me(transport, server.api_url, world.token, read_timeout=0.2)

        assert type(failure.value) is meaning
        assert (await get_me(transport, server.api_url, world.token))[0] == 200


async def test_a_refused_connection_means_that_nothing_was_sent(world: World) -> None:
    async with carrying() as transport:
        with pytest.raises(NotSent):
            await get_me(transport, f"http://127.0.0.1:{free_port()}", world.token)


async def test_a_connection_that_nobody_takes_up_means_that_nothing_was_sent() -> None:
    full = socket.socket()
    full.bind(("127.0.0.1", 0))
    full.listen(0)
    address = full.getsockname()
    crowd = [socket.socket() for _ in range(4)]
    for each in crowd:
        each.setblocking(False)
        each.connect_ex(address)
    try:
        async with carrying() as transport:
            with pytest.raises(NotSent):
                await get_me(
                    transport, f"http://127.0.0.1:{address[1]}", TOKEN, connect_timeout=0.2
                )
    finally:
        for each in (full, *crowd):
            each.close()


async def test_a_name_that_does_not_exist_means_that_nothing_was_sent() -> None:
    async with carrying() as transport:
        with pytest.raises(NotSent):
            await get_me(transport, "http://no-such-host.invalid", TOKEN)


async def test_an_answer_that_breaks_off_is_a_network_error() -> None:
    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"ok":')
        await writer.drain()

    async with listening(half) as port, carrying() as transport:
        with pytest.raises(NetworkError) as failure:
            await get_me(transport, f"http://127.0.0.1:{port}", TOKEN)
        assert type(failure.value) is NetworkError


@pytest.mark.parametrize("status", [b"200 OK", b"502 Bad Gateway"])
async def test_a_page_where_json_should_be_is_a_network_error_without_a_traceback(
    status: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """Networks that want a login first answer everything with their page."""

    async def page(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 " + status + b"\r\nConnection: close\r\n\r\n<html>Log in</html>")
        await writer.drain()

    async with listening(page) as port, carrying() as transport:
        bot = Bot(TOKEN, base_url=f"http://127.0.0.1:{port}/bot", request=transport)
        with pytest.raises(NetworkError):
            await bot.get_me()
    assert caplog.text == ""


async def test_a_long_poll_waits_as_long_as_it_was_told_to(
    world: World, server: PlaygroundServer
) -> None:
    """The usual time-out is for short calls; a poll's own is longer."""
    world.faults.add(Fault(kind=Delay(seconds=0.5), method="getUpdates", times=2))
    url = f"{server.api_url}/bot{world.token}/getUpdates"
    async with carrying() as transport:
        with pytest.raises(TimedOut):
            await transport.do_request(url, "POST", read_timeout=0.2)
        assert (await transport.do_request(url, "POST", read_timeout=5))[0] == 200


async def test_a_file_is_fetched(world: World, server: PlaygroundServer) -> None:
    person = world.add_person("林小雨").id
    world.send_document(person, person, b"name,score\n" * 1000, "scores.csv")
    base = server.api_url
    bot = LinghangBot(
        world.token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    async with bot:
        (update,) = await bot.fetch_updates(offset=None, wait=1)
        file = await bot.get_file(update["message"]["document"]["file_id"])
        assert bytes(await file.download_as_bytearray()) == b"name,score\n" * 1000


async def test_it_can_be_closed_and_opened_again(world: World, server: PlaygroundServer) -> None:
    transport = AiohttpRequest()
    with pytest.raises(NotSent):
        await get_me(transport, server.api_url, world.token)
    for _ in range(2):
        await transport.initialize()
        await transport.initialize()
        assert (await get_me(transport, server.api_url, world.token))[0] == 200
        await transport.shutdown()
        await transport.shutdown()
        with pytest.raises(NotSent):
            await get_me(transport, server.api_url, world.token)


async def test_the_settings_of_the_surroundings_are_not_used(
    world: World, server: PlaygroundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    async with carrying() as transport:
        assert (await get_me(transport, server.api_url, world.token))[0] == 200


async def test_no_failure_names_the_token(
    world: World, server: PlaygroundServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    token = world.token
    nowhere = f"http://127.0.0.1:{free_port()}"
    cases: list[tuple[str, str | None, FaultKind | None]] = [
        (server.api_url, None, Hang()),
        (server.api_url, None, DropBefore()),
        (server.api_url, None, DropAfter()),
        (nowhere, None, None),
        ("http://no-such-host.invalid", None, None),
        ("http://", None, None),
        (server.api_url, nowhere, None),
        (server.api_url, nowhere.replace("http", "socks5"), None),
    ]
    for address, proxy, fault in cases:
        if fault is not None:
            world.faults.add(Fault(kind=fault))
        async with carrying(proxy=proxy) as transport:
            bot = Bot(token, base_url=f"{address}/bot", request=transport)
            with pytest.raises(TelegramError) as failure:
                await bot.get_me(read_timeout=0.2)
        told = "".join(traceback.format_exception(failure.value)) + repr(failure.value)
        assert token.partition(":")[2] not in told
    assert token not in caplog.text
