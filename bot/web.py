"""One ASGI app for what comes from outside: Telegram's webhook, health, metrics."""

import asyncio
import contextlib
import errno
import hmac
import json
import logging
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.intake import Intake
from bot.listening import CannotListen, PortTaken
from storage.errors import StorageUnavailable

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- the header's name
WEBHOOK_PATH = "/telegram"
LARGEST_UPDATE = 1_000_000


def webhook_routes(intake: Intake, secret: str) -> list[BaseRoute]:
    async def take(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return PlainTextResponse("wrong secret\n", 403)
        if int(request.headers.get("Content-Length", 0)) > LARGEST_UPDATE:
            return PlainTextResponse("too large\n", 413)
        body = await request.body()
        try:
            update = json.loads(body)
            int(update["update_id"])
        except (ValueError, KeyError, TypeError):
            return PlainTextResponse("not an update\n", 400)
        try:
            await intake.accept([update])
        except StorageUnavailable as error:
            # Telegram keeps the update and tries again
            return PlainTextResponse(f"the database is {error.reason}\n", 503)
        return Response(status_code=200)

    return [Route(WEBHOOK_PATH, take, methods=["POST"])]


def health_routes(
    ready: Callable[[], Awaitable[str | None]], registry: CollectorRegistry
) -> list[BaseRoute]:
    """`ready` gives the reason why the bot cannot work now, or None."""

    async def healthz(_: Request) -> Response:
        return PlainTextResponse("alive\n")

    async def readyz(_: Request) -> Response:
        reason = await ready()
        return PlainTextResponse(
            "ready\n" if reason is None else f"{reason}\n", 200 if reason is None else 503
        )

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]


class WebServer:
    """Serves routes at one address, in this process's event loop."""

    def __init__(self, routes: Sequence[BaseRoute], host: str, port: int) -> None:
        self._host, self._port = host, port
        self._server = _QuietServer(
            uvicorn.Config(
                Starlette(routes=list(routes)),
                host=host,
                port=port,
                log_config=None,
                access_log=False,
                lifespan="off",
                timeout_graceful_shutdown=5,
            )
        )

    async def start(self) -> None:
        """Returns when it listens. Raises PortTaken, CannotListen."""
        listening = _listen(self._host, self._port)
        serving = self._server.serve(sockets=[listening])
        self._serving = asyncio.get_running_loop().create_task(serving)
        while not self._server.started and not self._serving.done():  # noqa: ASYNC110 -- uvicorn has no event for it
            await asyncio.sleep(0.01)

    async def stop(self) -> None:
        self._server.should_exit = True
        await self._serving


def _listen(host: str, port: int) -> socket.socket:
    # done here, since uvicorn ends the whole process where it cannot
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(host, port) from error
        raise CannotListen(host, port, error.strerror or type(error).__name__) from error


class _QuietServer(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are the runtime's: it stops everything in order."""
        yield
