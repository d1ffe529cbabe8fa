"""Runs the assembled bot: starts in order, waits for the signal to stop, ends losing nothing."""

import asyncio
import logging
import signal
import time
from collections.abc import Callable

from telegram.error import InvalidToken, NetworkError, RetryAfter

from bot.assembly import Parts
from bot.nursery import Nursery
from bot.pauses import pause
from bot.settings import Settings
from bot.telegram_bot import UPDATE_KINDS
from bot.web import WEBHOOK_PATH, WebServer, health_routes, webhook_routes
from branch.people.model import TelegramId
from storage.errors import StorageUnavailable
from storage.migrate import migrate

log = logging.getLogger(__name__)

STOP_GRACE = 10.0
SILENT_TOO_LONG = 120.0


class TokenRefused(Exception):
    """Telegram does not accept the token."""


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

        Raises TokenRefused, StorageUnavailable, DatabaseTooNew, PortTaken, Stopped.
        """
        for each in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(each, self.stop)
        try:
            await self.start()
            await self._until_stopped()
        finally:
            await self.close()

    async def start(self) -> None:
        parts = self._parts
        await migrate(parts.engine)
        await self._serve_health()
        await self._meet_telegram()
        await self._offer_claim()
        await parts.intake.recover()
        if self._settings.webhook_url:
            await self._open_webhook()
        else:
            self._receiving = self._nursery.start(self._poll(), "polling")
        await parts.alarm_clock.start()
        self._nursery.start(self._publish_commands(), "publishing the commands")

    async def close(self) -> None:
        """Stop taking, finish what has begun; what is left waits in the database."""
        parts = self._parts
        parts.alarm_clock.stop()
        await self._nursery.close()
        for server in self._servers:
            await server.stop()
        await parts.lanes.close(STOP_GRACE)
        await parts.finished.close()
        await parts.application.shutdown()
        await parts.engine.dispose()

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

    async def _until_stopped(self) -> None:
        stopping = asyncio.ensure_future(self._stop.wait())
        waiting = {stopping}
        if not self._settings.webhook_url:
            waiting.add(self._receiving)
        done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        for task in done - {stopping}:
            task.result()

    async def _meet_telegram(self) -> None:
        """Learn who we are; however long Telegram cannot be reached."""
        attempt = 0
        while True:
            try:
                await self._parts.application.initialize()
            except InvalidToken as error:
                raise TokenRefused from error
            except RetryAfter as error:
                await self._wait(attempt, error.message)
            except NetworkError as error:
                await self._wait(attempt, error.message)
            else:
                return
            attempt += 1

    async def _wait(self, attempt: int, why: str) -> None:
        seconds = pause(attempt)
        log.warning("Telegram cannot be reached (%s); next try in %.0f s", why, seconds)
        waiting = asyncio.ensure_future(self._stop.wait())
        try:
            async with asyncio.timeout(seconds):
                await waiting
        except TimeoutError:
            return
        raise Stopped

    async def _offer_claim(self) -> None:
        code = await self._parts.role_book.open_claim(now=self._parts.now())
        if code is not None:
            self._say_claim(f"{self._parts.bot.link}?start=claim_{code}")

    async def _poll(self) -> None:
        try:
            # a webhook set before would take the updates away; what waits there is not dropped
            await self._parts.bot.delete_webhook(drop_pending_updates=False)
            await self._parts.polling.run()
        except InvalidToken as error:
            raise TokenRefused from error

    async def _open_webhook(self) -> None:
        settings, parts = self._settings, self._parts
        listen = settings.webhook_listen
        assert listen is not None
        routes = webhook_routes(parts.intake, settings.webhook_secret)
        if settings.health_listen in (None, listen):
            routes += health_routes(self.ready, parts.metrics.registry)
        await self._serve(WebServer(routes, *listen))
        await parts.bot.set_webhook(
            f"{settings.webhook_url}{WEBHOOK_PATH}",
            secret_token=settings.webhook_secret,
            allowed_updates=list(UPDATE_KINDS),
            drop_pending_updates=False,
        )

    async def _serve_health(self) -> None:
        listen = self._settings.health_listen
        if listen is None or (
            self._settings.webhook_url and listen == self._settings.webhook_listen
        ):
            return
        routes = health_routes(self.ready, self._parts.metrics.registry)
        await self._serve(WebServer(routes, *listen))

    async def _serve(self, server: WebServer) -> None:
        await server.start()
        self._servers.append(server)

    async def _publish_commands(self) -> None:
        try:
            await self._parts.command_menus.publish()
        except NetworkError as error:
            log.warning("the command lists were not published: %s", error.message)


class Stopped(Exception):
    """Asked to stop before it had started."""
