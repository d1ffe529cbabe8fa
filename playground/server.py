"""The playground on a port of this machine: the Bot API, the page and its feed."""

import asyncio
import contextlib
import errno
import ipaddress
from types import TracebackType
from typing import Final, Self
from urllib.parse import urlsplit

from aiohttp import hdrs, web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http_parser import RawRequestMessage
from aiohttp.streams import StreamReader
from aiohttp.web_protocol import RequestHandler

from playground.bot_api import BotApi, HungUp
from playground.errors import OnlyLoopback, PortTaken
from playground.feed import Feed
from playground.incoming import LARGEST_BODY
from playground.site import Site
from playground.webhook import WebhookSender
from playground.world import World

_BOT: Final = "/bot"
_FILE: Final = "/file/bot"
_CLOSE_WITHIN: Final = 0.5


class PlaygroundServer:
    """Use as `async with`; inside, `api_url` and `page_url` say where it is."""

    def __init__(
        self,
        world: World,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        timezone: str = "Asia/Shanghai",
    ) -> None:
        if not is_loopback(host):
            raise OnlyLoopback(host)
        self._world = world
        self._host = host
        self._port = port
        self._closing = asyncio.Event()
        self._api = BotApi(world, self._closing)
        self._feed = Feed(world, timezone=timezone)
        self._site = Site(world, self._feed)
        self._trusted: set[str] = set()
        self._open = contextlib.AsyncExitStack()

    @property
    def api_url(self) -> str:
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    @property
    def page_url(self) -> str:
        return f"{self.api_url}/"

    async def __aenter__(self) -> Self:
        """Open the port; raises PortTaken."""
        async with contextlib.AsyncExitStack() as opening:
            await self._listen(opening)
            tasks = await opening.enter_async_context(asyncio.TaskGroup())
            sending = tasks.create_task(WebhookSender(self._world).run())
            opening.callback(sending.cancel)
            opening.push_async_callback(self._let_everybody_go)
            self._open = opening.pop_all()
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        await self._open.aclose()

    async def _listen(self, opening: contextlib.AsyncExitStack) -> None:
        server = web.Server(self._answer, request_factory=_request, access_log=None)
        runner = web.ServerRunner(server, shutdown_timeout=_CLOSE_WITHIN)
        await runner.setup()
        opening.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, self._host, self._port, backlog=1024)
        try:
            await site.start()
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortTaken(self._port) from error
            raise
        self._port = runner.addresses[0][1]

    async def _let_everybody_go(self) -> None:
        self._closing.set()
        self._world.polling.wake()
        await self._feed.close()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        if not self._is_local(request):
            return web.Response(status=403, text="The playground answers this machine only.")
        path = request.path
        try:
            if path.startswith(_BOT):
                token, _, method = path[len(_BOT) :].partition("/")
                return await self._api.answer(request, token, method)
            if path.startswith(_FILE):
                token, _, name = path[len(_FILE) :].partition("/")
                return self._api.file(token, name)
            return await self._site.answer(request)
        except HungUp:
            return web.Response()

    def _is_local(self, request: web.BaseRequest) -> bool:
        """Whether the call is for this machine and not made by a page from elsewhere."""
        host = request.headers.get(hdrs.HOST, "")
        origin = request.headers.get(hdrs.ORIGIN)
        if host not in self._trusted:
            if not is_loopback(_name(f"//{host}")):
                return False
            self._trusted.add(host)
        return origin is None or is_loopback(_name(origin))


def _name(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself, by name or number."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _request(
    message: RawRequestMessage,
    payload: StreamReader,
    protocol: RequestHandler,
    writer: AbstractStreamWriter,
    task: "asyncio.Task[None]",
) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(
        message, payload, protocol, writer, task, loop, client_max_size=LARGEST_BODY
    )
