"""The lane every call to Telegram goes through: replies first, bulk at a rate it accepts.

It is the library's rate limiter. A reply waits for nothing but a flood limit of its own chat; bulk
(`rate_limit_args=BULK`) keeps to a rate, gives way to replies, and slows down for as long as a 429
says, then finds its way back up.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from typing import Any, Final

from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.ext import BaseRateLimiter

from bot.pauses import asked_pause, pause
from bot.sent_lately import SentLately
from bot.transport import CONNECTIONS, NotSent

log = logging.getLogger(__name__)

BULK: Final = "bulk"
REPLY_TRIES: Final = 3
LONGEST_FLOOD_WAIT: Final = 60.0
SLOWED: Final = 0.5
RECOVERED: Final = 1.05
SLOWEST: Final = 1.0
CHATS_REMEMBERED: Final = 10_000
KEPT_FOR_REPLIES: Final = 16
CATCHES_UP: Final = 0.2
UNEVEN: Final = 1.25  # replies beyond the reserve come in gusts: so much is kept free for each


class SendLane(BaseRateLimiter[str]):
    """`bulk_rate`: bulk calls a second; `reply_reserve`: replies a second beside them.

    Replies are never held back for the sake of a rate; beyond the reserve, bulk gives way.
    """

    def __init__(self, *, bulk_rate: float = 25, reply_reserve: float = 5) -> None:
        self._full_rate = float(bulk_rate)
        self._reply_reserve = float(reply_reserve)
        self.bulk_rate = float(bulk_rate)
        self._replies = SentLately()
        self._bulk = SentLately()
        self._bulk_turn = asyncio.Lock()
        # the rest of the connections are for replies: at no rate do they wait for one
        self._bulk_on_the_way = asyncio.Semaphore(CONNECTIONS - KEPT_FOR_REPLIES)
        self._next_bulk = 0.0
        self._bulk_paused_until = 0.0
        self._chat_paused_until: OrderedDict[Any, float] = OrderedDict()

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> Any:
        if rate_limit_args == BULK:
            return await self._send_bulk(callback, args, kwargs)
        return await self._send_reply(callback, args, kwargs, endpoint, data.get("chat_id"))

    async def _send_reply(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        chat: Any,
    ) -> Any:
        """Send now; again after a flood limit, or where the line broke before it was sent."""
        for attempt in range(REPLY_TRIES):
            await self._wait_for(chat)
            last = attempt == REPLY_TRIES - 1
            try:
                with self._replies.counted():
                    return await callback(*args, **kwargs)
            except RetryAfter as error:
                seconds = asked_pause(error)
                self._slow_down(seconds)
                self._pause(chat, seconds)
                if last or seconds > LONGEST_FLOOD_WAIT:
                    raise
                log.warning("%s: Telegram asks to wait %.0f s", endpoint, seconds)
            except (NotSent, NetworkError) as error:
                # a reply that may have arrived is sent again: twice is better than never
                if last or not _worth_repeating(error):
                    raise
                log.warning("%s: %s; trying again", endpoint, error.message)
                await asyncio.sleep(pause(attempt))
        raise AssertionError("the last attempt returns or raises")

    async def _send_bulk(
        self, callback: Callable[..., Coroutine[Any, Any, Any]], args: Any, kwargs: dict[str, Any]
    ) -> Any:
        """Send in turn; what happened is the caller's to judge, a bulk call is never repeated."""
        async with self._bulk_on_the_way:
            async with self._bulk_turn:
                await self._bulk_place()
                begun = self._bulk.begin()
            try:
                sent = await callback(*args, **kwargs)
            except RetryAfter as error:
                self._slow_down(asked_pause(error))
                raise
            finally:
                self._bulk.end(begun)
        self.bulk_rate = min(self._full_rate, self.bulk_rate * RECOVERED)
        return sent

    async def _bulk_place(self) -> None:
        """Wait for a place in the even row, and until the last second has room for it."""
        loop = asyncio.get_running_loop()
        at = max(self._next_bulk, self._bulk_paused_until, loop.time() - CATCHES_UP)
        self._next_bulk = at + 1 / self.bulk_rate
        if (early := at - loop.time()) > 0:
            await asyncio.sleep(early)
        while self._bulk.count >= self._bulk_room() or self._bulk_paused_until > loop.time():
            paused = self._bulk_paused_until - loop.time()
            await asyncio.sleep(max(paused, self._bulk.wait))

    def _bulk_room(self) -> float:
        """Bulk calls that the present second holds: replies beyond their reserve take theirs."""
        beyond = max(0.0, self._replies.count - self._reply_reserve)
        return max(1.0, self.bulk_rate - beyond * UNEVEN)

    def _slow_down(self, seconds: float) -> None:
        now = asyncio.get_running_loop().time()
        self._bulk_paused_until = max(self._bulk_paused_until, now + seconds)
        self.bulk_rate = max(SLOWEST, self.bulk_rate * SLOWED)

    def _pause(self, chat: Any, seconds: float) -> None:
        if chat is None:
            return
        self._chat_paused_until[chat] = asyncio.get_running_loop().time() + seconds
        self._chat_paused_until.move_to_end(chat)
        while len(self._chat_paused_until) > CHATS_REMEMBERED:
            self._chat_paused_until.popitem(last=False)

    async def _wait_for(self, chat: Any) -> None:
        until = self._chat_paused_until.get(chat)
        if until is None:
            return
        left = until - asyncio.get_running_loop().time()
        if left > 0:
            await asyncio.sleep(left)
        self._chat_paused_until.pop(chat, None)


def _worth_repeating(error: NetworkError) -> bool:
    # BadRequest is a NetworkError in the library, and repeating it cannot help
    return type(error) in (NetworkError, NotSent, TimedOut)
