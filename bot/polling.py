"""Fetches updates by long polling, and rebuilds the connection when it silently stalls."""

import asyncio
import logging
from collections.abc import Callable

from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter

from bot.intake import Intake, RawUpdate
from bot.lanes import Lanes
from bot.pauses import asked_pause, pause
from bot.telegram_bot import LinghangBot
from storage.errors import StorageUnavailable

log = logging.getLogger(__name__)

POLL_SECONDS = 30.0
STALL_GRACE = 20.0
CROWDED = 32
GATHER_SECONDS = 0.05
FAILURES_BEFORE_REBUILD = 3


class Polling:
    """Runs until cancelled. Raises InvalidToken when Telegram no longer accepts the token."""

    def __init__(
        self,
        bot: LinghangBot,
        intake: Intake,
        lanes: Lanes,
        *,
        poll_seconds: float = POLL_SECONDS,
        stall_grace: float = STALL_GRACE,
        on_poll: Callable[[], None] = lambda: None,
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._lanes = lanes
        self._poll_seconds = poll_seconds
        self._stall_grace = stall_grace
        self._on_poll = on_poll
        self._offset: int | None = None
        self._failures = 0
        self._told = ""

    async def run(self) -> None:
        while True:
            await self._lanes.room()
            updates = await self._fetch()
            if updates:
                await self._keep(updates)
                self._offset = int(updates[-1]["update_id"]) + 1
            if self._lanes.count >= CROWDED:
                # what comes meanwhile is fetched and committed together: each of both has its price
                await asyncio.sleep(GATHER_SECONDS)

    async def _fetch(self) -> list[RawUpdate]:
        """What Telegram has for us; nothing after a failure, which has been waited out."""
        try:
            self._on_poll()
            async with asyncio.timeout(self._poll_seconds + self._stall_grace):
                updates = await self._bot.fetch_updates(
                    offset=self._offset, wait=self._poll_seconds
                )
        except InvalidToken:
            raise
        except RetryAfter as error:
            seconds = asked_pause(error)
            await self._after_failure(f"Telegram asks to wait {seconds:.0f} s", at_least=seconds)
        except Conflict:
            await self._after_failure(
                "another program polls with this token (or a webhook is set); stop it, or get a"
                " token of its own for each"
            )
        except TimeoutError:
            await self._after_failure("polling stalled", rebuild=True)
        except NetworkError as error:
            await self._after_failure(f"Telegram cannot be reached: {error.message}")
        else:
            if self._failures:
                log.info("polling works again")
            self._failures, self._told = 0, ""
            return updates
        return []

    async def _keep(self, updates: list[RawUpdate]) -> None:
        """Commit the updates, however long the database is away: the offset waits for that."""
        attempt = 0
        while True:
            try:
                await self._intake.accept(updates)
            except StorageUnavailable as error:
                log.warning("updates wait: the database is %s", error.reason)
                await asyncio.sleep(pause(attempt))
                attempt += 1
            else:
                return

    async def _after_failure(
        self, what: str, *, rebuild: bool = False, at_least: float = 0.0
    ) -> None:
        # said when it begins and when it ends, not with every attempt in between
        log.log(logging.DEBUG if what == self._told else logging.WARNING, "%s", what)
        self._told = what
        self._failures += 1
        if rebuild or self._failures % FAILURES_BEFORE_REBUILD == 0:
            await self._bot.rebuild_polling()
        await asyncio.sleep(max(at_least, pause(self._failures - 1)))
