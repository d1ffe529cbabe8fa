"""Posting updates to the bot's webhook, in order, again and again until they are taken."""

import asyncio
import contextlib
import json
import logging
from typing import Final

import aiohttp

from playground.errors import CallRefused
from playground.methods.catalogue import carry_out
from playground.model import Json
from playground.params import Params
from playground.state import Webhook
from playground.update_queue import Waiting
from playground.world import World

_TAKEN: Final = range(200, 300)
_FIRST_PAUSE: Final = 0.1
_LONGEST_PAUSE: Final = 60.0
_LONGEST_RETRY_AFTER: Final = 10.0
_ANSWER_WITHIN: Final = aiohttp.ClientTimeout(total=60)
_SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- a header's name
_log = logging.getLogger(__name__)


class NotTaken(Exception):
    """The webhook did not accept an update; `retry_after` in seconds, when it said so."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class WebhookSender:
    def __init__(self, world: World) -> None:
        self._world = world
        self._news = asyncio.Event()
        self._changed = asyncio.Event()
        world.queue.on_arrival(self._news.set)
        world.on_webhook_changed(self._on_changed)

    def _on_changed(self) -> None:
        self._news.set()
        self._changed.set()

    async def run(self) -> None:
        """Deliver whatever waits while there is a webhook, without end."""
        async with aiohttp.ClientSession(timeout=_ANSWER_WITHIN) as session:
            while True:
                self._news.clear()
                webhook, waiting = self._world.webhook, self._world.queue.first()
                if webhook is None or waiting is None:
                    await self._news.wait()
                else:
                    await self._deliver(session, webhook, waiting)

    async def _deliver(
        self, session: aiohttp.ClientSession, webhook: Webhook, waiting: Waiting
    ) -> None:
        """Post the update until it is taken, or the webhook is another one."""
        pause = _FIRST_PAUSE
        while self._world.webhook == webhook:
            self._changed.clear()
            try:
                await self._post(session, webhook, waiting)
            except NotTaken as refusal:
                self._world.webhook_failure = (self._world.now(), str(refusal))
                await self._pause(refusal.retry_after or pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            else:
                self._world.queue.confirm_below(waiting.id + 1)
                return

    async def _pause(self, seconds: float) -> None:
        """Wait, but no longer than until the webhook changes."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), seconds)

    async def _post(
        self, session: aiohttp.ClientSession, webhook: Webhook, waiting: Waiting
    ) -> None:
        headers = {_SECRET_HEADER: webhook.secret_token} if webhook.secret_token else {}
        try:
            async with session.post(
                webhook.url, json=waiting.update, headers=headers, allow_redirects=False
            ) as response:
                if response.status not in _TAKEN:
                    raise NotTaken(
                        f"Wrong response from the webhook: {response.status} {response.reason}",
                        _retry_after(response),
                    )
                self._carry_out(await response.read())
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NotTaken(str(error) or "Connection timed out") from error

    def _carry_out(self, answer: bytes) -> None:
        """Do what the answer asks for: a webhook may reply with one call."""
        if not answer.lstrip().startswith(b"{"):
            return
        try:
            call: Json = json.loads(answer)
        except (ValueError, RecursionError):
            return
        method = call.pop("method", None)
        if isinstance(method, str):
            try:
                carry_out(self._world, method, Params(call))
            except CallRefused as refusal:
                _log.warning("a call in the webhook's answer was refused: %s", refusal)


def _retry_after(response: aiohttp.ClientResponse) -> float | None:
    told = response.headers.get("Retry-After", "")
    return min(float(told), _LONGEST_RETRY_AFTER) if told.isdigit() else None
