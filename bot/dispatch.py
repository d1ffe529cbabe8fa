"""Handles one kept update: reads who is there, lets the handlers speak, writes what has changed."""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import Application

from bot.finished import Finished
from bot.metrics import Metrics
from bot.pauses import pause
from branch.outbox.service import PostOffice
from branch.people.talks import Talk, TalkMovedOn
from handlers.incoming import sender_of_user
from handlers.visit import OpenTalk, Visit, visiting
from storage.errors import StorageUnavailable
from storage.updates import StoredUpdate
from storage.work import Transactions

log = logging.getLogger(__name__)

MOVED_ON_TRIES = 5
TRY_AGAIN = (StorageUnavailable, TalkMovedOn)
"""What handling the update once more may cure."""


class Dispatch:
    """Until an update is marked as handled it will be handled again: nothing is lost by a crash."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        transactions: Transactions,
        post_office: PostOffice,
        finished: Finished,
        now: Callable[[], datetime],
        metrics: Metrics,
    ) -> None:
        self._metrics = metrics
        self._application = application
        self._transactions = transactions
        self._post_office = post_office
        self._finished = finished
        self._now = now

    async def handle(self, stored: StoredUpdate) -> None:
        """Handle it to the end, waiting out a database that is away."""
        with self._metrics.handling.time():
            await self._handle_to_the_end(stored)
        self._metrics.handled.inc()

    async def _handle_to_the_end(self, stored: StoredUpdate) -> None:
        attempt = moved_on = 0
        while True:
            try:
                await self._handle_once(stored)
            except StorageUnavailable as error:
                log.warning("update %s waits: the database is %s", stored.update_id, error.reason)
                await asyncio.sleep(pause(attempt))
                attempt += 1
            except TalkMovedOn:
                moved_on += 1
                if moved_on == MOVED_ON_TRIES:
                    log.exception("update %s: its conversation never held still", stored.update_id)
                    self._finished.add(stored.update_id)
                    return
            except Exception:
                # a fault outside the handlers: said once, and not repeated for ever
                log.exception("update %s could not be handled", stored.update_id)
                self._finished.add(stored.update_id)
                return
            else:
                return

    async def _handle_once(self, stored: StoredUpdate) -> None:
        update = Update.de_json(json.loads(stored.payload), self._application.bot)
        if update.effective_user is None:
            self._finished.add(stored.update_id)
            return
        visit, talks = await self._visit(update)
        visit.received = stored.received_at
        with visiting(visit):
            await self._application.process_update(update)
        if visit.failure is not None:
            raise visit.failure
        await self._write(stored.update_id, visit, talks)

    async def _visit(self, update: Update) -> tuple[Visit, Sequence[Talk]]:
        user, chat, now = update.effective_user, update.effective_chat, self._now()
        assert user is not None
        sender = sender_of_user(user)
        async with self._transactions.glance() as work:
            person, talks = await work.visits.of(sender.telegram_id, now=now)
        if person is not None and person.unreachable_since and _is_to_us(update):
            await self._post_office.welcome_back(person.id, now=now)
        return Visit(
            update_id=update.update_id,
            sender=sender,
            chat_id=chat.id if chat else user.id,
            private=chat is None or chat.type == ChatType.PRIVATE,
            moment=now,
            person=person,
            talks=[
                OpenTalk(row=talk, scene=talk.scene, prompt_id=talk.prompt_id) for talk in talks
            ],
        ), talks

    async def _write(self, update_id: int, visit: Visit, talks: Sequence[Talk]) -> None:
        """The conversation's new state and the update's end are one commit."""
        save, close = visit.written(talks)
        if not save and not close:
            self._finished.add(update_id)
            return
        async with self._transactions.begin() as work:
            for talk in close:
                await work.talks.close(talk)
            for talk in save:
                await work.talks.save(talk)
            await work.updates.finish([update_id], now=self._now())


def _is_to_us(update: Update) -> bool:
    """Whether only somebody who lets us write to them could send this.

    In groups and inline speaks also who has blocked us.
    """
    chat = update.effective_chat
    in_private = chat is not None and chat.type == ChatType.PRIVATE
    return in_private and update.my_chat_member is None
