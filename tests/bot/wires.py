"""Small servers on loopback that stand between a bot and Telegram: proxies, and ports that fail."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Wire:
    """Where it listens and to whom it was asked to connect."""

    port: int = 0
    asked_for: list[tuple[str, int]] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def listening(talk: Talk) -> AsyncIterator[int]:
    """Serve every connection with `talk` and close it after; the port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await talk(reader, writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@asynccontextmanager
async def http_proxy() -> AsyncIterator[Wire]:
    wire = Wire()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        verb, address, rest = head.split(b" ", 2)
        target = urlsplit(address.decode())
        host, port = str(target.hostname), target.port or 80
        wire.asked_for.append((host, port))
        await _join(reader, writer, host, port, b" ".join((verb, target.path.encode(), rest)))

    async with listening(talk) as wire.port:
        yield wire


@asynccontextmanager
async def socks_proxy(*, refuse: bool = False) -> AsyncIterator[Wire]:
    """SOCKS 5; takes any name and password, and refuses to connect if told so."""
    wire = Wire()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, count = await reader.readexactly(2)
        ways = await reader.readexactly(count)
        writer.write(b"\x05\x02" if 2 in ways else b"\x05\x00")
        if 2 in ways:
            await reader.readexactly(1)
            name, password = await _counted(reader), await _counted(reader)
            wire.logins.append((name, password))
            writer.write(b"\x01\x00")
        *_, kind = await reader.readexactly(4)
        if kind == 1:
            host = socket.inet_ntoa(await reader.readexactly(4))
        else:
            host = await _counted(reader)
        port = int.from_bytes(await reader.readexactly(2), "big")
        wire.asked_for.append((host, port))
        if refuse:
            writer.write(b"\x05\x02\x00\x01" + b"\x00" * 6)
            return
        writer.write(b"\x05\x00\x00\x01" + b"\x00" * 6)
        await _join(reader, writer, host, port, b"")

    async with listening(talk) as wire.port:
        yield wire


async def _counted(reader: asyncio.StreamReader) -> str:
    (length,) = await reader.readexactly(1)
    return (await reader.readexactly(length)).decode()


async def _join(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, port: int, first: bytes
) -> None:
    """Carry bytes both ways until either side is done."""
    far_reader, far_writer = await asyncio.open_connection(host, port)
    far_writer.write(first)

    async def carry(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()

    ways = [
        asyncio.ensure_future(carry(reader, far_writer)),
        asyncio.ensure_future(carry(far_reader, writer)),
    ]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        far_writer.close()
