"""Runs the assembled bot: starts in order, waits for the signal to stop, ends losing nothing."""

import asyncio
import gc
import logging
import signal
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from telegram.error import (
    BadRequest,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.assembly import Parts
from bot.nursery import Nursery
from bot.pauses import asked_pause, pause
from bot.settings import Settings
from bot.telegram_bot import UPDATE_KINDS
from branch.outbox.kinds import Lane
from branch.people.model import TelegramId
from storage.engine import close_engine
from storage.errors import StorageUnavailable
from storage.migrate import migrate

if TYPE_CHECKING:
    from bot.web import WebServer

log = logging.getLogger(__name__)

STOP_GRACE = 10.0
LETTERS_GRACE = 5.0
SILENT_TOO_LONG = 120.0
FOLLOW_EVERY = 0.5


class TokenRefused(Exception):
    """Telegram does not accept the token."""


class WebhookRefused(Exception):
    """Telegram does not want to send updates to the address."""


class Stopped(Exception):
    """Asked to stop before it had started."""


class Runtime:
    def __init__(
        self, parts: Parts, settings: Settings, *, say_claim: Callable[[str], None]
    ) -> None:
        self._parts = parts
        self._settings = settings
        self._say_claim = say_claim
        self._nursery = Nursery()
        self._stop = asyncio.Event()
        self._servers: list[WebServer] = []

    def stop(self) -> None:
        """Ask it to end; `run` returns when everything is put away."""
        self._stop.set()

    async def run(self) -> None:
        """From first to last.

        Raises TokenRefused, WebhookRefused, StorageUnavailable, DatabaseTooNew, PortTaken,
        CannotListen, Stopped.
        """
        for each in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(each, self.stop)
        try:
            await self._start_unless_stopped()
            # what is loaded by now stays: looking through it again and again costs every reply
            gc.freeze()
            gc.enable()
            await self._until_stopped()
        finally:
            await self.close()

    async def start(self) -> None:
        parts, services = self._parts, self._parts.services
        await migrate(parts.engine)
        await self._serve_health()
        await self._reach(parts.application.initialize)
        await self._offer_claim()
        await services.guidance.shelf.catch_up()
        await services.calendar.live.catch_up()
        await parts.intake.recover()
        for lane in Lane:
            self._nursery.start(parts.delivery.run(lane), f"delivering {lane} letters")
        self._nursery.start(services.notices.watch.run(), "looking after notices")
        self._nursery.start(services.theme_days.watch.run(), "looking after doors")
        if self._settings.webhook_url:
            await self._open_webhook()
        else:
            self._receiving = self._nursery.start(self._poll(), "polling", watched=True)
        await parts.alarm_clock.start()
        self._nursery.start(self._publish_commands(), "publishing the commands")
        self._nursery.start(self._follow_shelf(), "following what members write")
        trying = services.guidance.publishing.try_ahead()
        self._nursery.start(trying, "trying what members look at")
        self._nursery.start(asyncio.to_thread(parts.learning.run), "learning what the answers mean")

    async def close(self) -> None:
        """Stop taking, finish what has begun; what is left waits in the database."""
        parts = self._parts
        parts.alarm_clock.stop()
        parts.learning.stop()
        parts.services.notices.watch.stop()
        parts.services.theme_days.watch.stop()
        await parts.delivery.close(LETTERS_GRACE)
        await self._nursery.close()
        for server in self._servers:
            await server.stop()
        await parts.lanes.close(STOP_GRACE)
        await parts.finished.close()
        await parts.application.shutdown()
        # the library leaves this to us where the start did not get far enough
        await parts.bot.shutdown()
        await parts.transactions.close()
        await close_engine(parts.engine)

    async def ready(self) -> str | None:
        """Why the bot cannot work now; None if it can."""
        try:
            async with self._parts.transactions.look() as work:
                await work.people.by_telegram(TelegramId(0), now=self._parts.now())
        except StorageUnavailable as error:
            return f"the database is {error.reason}"
        silent = time.monotonic() - self._parts.metrics.last_poll
        if not self._settings.webhook_url and silent > SILENT_TOO_LONG:
            return f"Telegram was last polled {silent:.0f} s ago"
        return None

    async def _start_unless_stopped(self) -> None:
        """Telegram may not answer for long: whoever stops us does not wait for it."""
        starting = asyncio.ensure_future(self.start())
        stopping = asyncio.ensure_future(self._stop.wait())
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not starting.done():
            starting.cancel()
            await asyncio.gather(starting, return_exceptions=True)
            raise Stopped
        starting.result()

    async def _until_stopped(self) -> None:
        stopping = asyncio.ensure_future(self._stop.wait())
        waiting = {stopping}
        if not self._settings.webhook_url:
            waiting.add(self._receiving)
        done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        for task in done - {stopping}:
            task.result()

    async def _reach(self, call: Callable[[], Awaitable[Any]]) -> None:
        """Make the call, again and again as long as Telegram cannot be reached."""
        attempt = 0
        while True:
            try:
                await call()
            except InvalidToken as error:
                raise TokenRefused from error
            except BadRequest:
                raise
            except RetryAfter as error:
                await _wait(max(asked_pause(error), pause(attempt)), error.message)
            except NetworkError as error:
                await _wait(pause(attempt), error.message)
            else:
                return
            attempt += 1

    async def _offer_claim(self) -> None:
        role_book = self._parts.services.people.role_book
        code = await role_book.open_claim(now=self._parts.now())
        if code is not None:
            self._say_claim(f"{self._parts.bot.link}?start=claim_{code}")

    async def _poll(self) -> None:
        try:
            # a webhook set before would take the updates away; what waits there is not dropped
            await self._reach(self._parts.bot.delete_webhook)
        except TelegramError as error:
            # if one is really in the way, polling says so and goes on asking
            log.warning("whether a webhook is set is not known: %s", error.message)
        try:
            await self._parts.polling.run()
        except InvalidToken as error:
            raise TokenRefused from error

    async def _open_webhook(self) -> None:
        from bot.web import (  # noqa: PLC0415 -- a bot that polls serves nothing, and it takes a while to load
            WEBHOOK_PATH,
            WebServer,
            health_routes,
            webhook_routes,
        )

        settings, parts = self._settings, self._parts
        listen = settings.webhook_listen
        assert listen is not None
        routes = webhook_routes(parts.intake, settings.webhook_secret)
        if settings.health_listen in (None, listen):
            routes += health_routes(self.ready, parts.metrics.registry)
        await self._serve(WebServer(routes, *listen))
        set_webhook = partial(
            parts.bot.set_webhook,
            f"{settings.webhook_url}{WEBHOOK_PATH}",
            secret_token=settings.webhook_secret,
            allowed_updates=list(UPDATE_KINDS),
        )
        try:
            await self._reach(set_webhook)
        except BadRequest as error:
            raise WebhookRefused(error.message) from error

    async def _serve_health(self) -> None:
        listen = self._settings.health_listen
        if listen is None or (
            self._settings.webhook_url and listen == self._settings.webhook_listen
        ):
            return
        from bot.web import WebServer, health_routes  # noqa: PLC0415 -- as for the webhook

        routes = health_routes(self.ready, self._parts.metrics.registry)
        await self._serve(WebServer(routes, *listen))

    async def _serve(self, server: "WebServer") -> None:
        await server.start()
        self._servers.append(server)

    async def _follow_shelf(self) -> None:
        """What another process wrote is up here within a second; a database away is waited out."""
        services, attempt = self._parts.services, 0
        while True:
            await asyncio.sleep(FOLLOW_EVERY if not attempt else pause(attempt))
            try:
                await services.guidance.shelf.catch_up()
                await services.calendar.live.catch_up()
            except StorageUnavailable as error:
                log.warning("what members write is not followed: the database is %s", error.reason)
                attempt += 1
            except Exception:
                log.exception("what members write cannot be followed")
                attempt += 1
            else:
                attempt = 0

    async def _publish_commands(self) -> None:
        try:
            await self._parts.command_menus.publish()
        except TelegramError as error:
            log.warning("the command lists were not published: %s", error.message)


async def _wait(seconds: float, why: str) -> None:
    log.warning("Telegram cannot be reached (%s); next try in %.1f s", why, seconds)
    await asyncio.sleep(seconds)
