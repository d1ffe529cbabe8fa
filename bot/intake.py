"""Takes updates in: kept in the database first, then handed to the lanes, each once."""

import json
import logging
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from telegram import Update

from bot.lanes import Lanes
from storage.updates import StoredUpdate
from storage.work import Transactions

log = logging.getLogger(__name__)

RawUpdate = dict[str, Any]

# an even number of backslashes before it: else somebody has written these six characters
_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


class Intake:
    """When `accept` returns, the updates are committed: Telegram's offset may move past them."""

    def __init__(
        self, transactions: Transactions, lanes: Lanes, now: Callable[[], datetime]
    ) -> None:
        self._transactions = transactions
        self._lanes = lanes
        self._now = now

    async def accept(self, raw: Sequence[RawUpdate]) -> None:
        """Keep and hand on what is new; an update that came before is passed over.

        What somebody is typing is never kept: after a restart nobody waits for an answer to it.

        Raises StorageUnavailable, and then nothing was taken.
        """
        each_once = {int(each["update_id"]): each for each in raw}.values()
        now = self._now()
        updates = [_stored(each, now) for each in each_once if not _is_fleeting(each)]
        async with self._transactions.begin() as work:
            new = await work.updates.store(updates, now=now)
        for update in updates:
            if update.update_id in new:
                self._lanes.put(update)
        for each in filter(_is_fleeting, each_once):
            self._lanes.put(_stored(each, now), newest_only=True)

    async def recover(self) -> None:
        """Hand on what was kept and not handled when the program last ended."""
        async with self._transactions.look() as work:
            left = await work.updates.unfinished()
        if left:
            log.info("%d updates were waiting from before", len(left))
        for update in left:
            self._lanes.put(update)


def _is_fleeting(raw: RawUpdate) -> bool:
    return Update.INLINE_QUERY in raw


def _stored(raw: RawUpdate, now: datetime) -> StoredUpdate:
    return StoredUpdate(
        update_id=int(raw["update_id"]), lane=_lane(raw), payload=_payload(raw), received_at=now
    )


def _lane(raw: RawUpdate) -> int:
    """The person the update comes from; where there is none, the chat."""
    for part in raw.values():
        if isinstance(part, dict):
            owner = part.get("from") or part.get("user") or part.get("chat")
            if isinstance(owner, dict) and "id" in owner:
                return int(owner["id"])
    return 0


def _payload(raw: RawUpdate) -> str:
    """The update as JSON that every database can hold: no lone surrogates, no NUL."""
    written = json.dumps(raw, ensure_ascii=False)
    if "\\u0000" in written:
        written = _NUL.sub(r"\1", written)
    return written.encode("utf-8", "replace").decode()
