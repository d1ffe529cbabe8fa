"""Carries letters to Telegram, and says in the outbox's words what Telegram made of them."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from msgspec.structs import replace
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.pauses import asked_pause
from bot.send_lane import BULK
from bot.telegram_bot import LinghangBot
from bot.transport import NotSent
from branch.outbox.enclosures import Packet, packets
from branch.outbox.kinds import Act, Lane
from branch.outbox.model import (
    Claim,
    Delivered,
    Letter,
    Moved,
    NobodyThere,
    NotYet,
    Outcome,
    Refused,
    Unclear,
)
from handlers.packing import Way, buttons_of, edit, send, take_back

log = logging.getLogger(__name__)

_NEVER_CAME: Final = ("chat not found", "user not found", "peer_id_invalid")
_NO_THREAD: Final = "thread not found"
_TOKEN_PAUSE: Final = timedelta(minutes=5)
_THREAD_PAUSE: Final = timedelta(seconds=2)
_MOST_WAITS: Final = 30
_LONGEST_TOPIC: Final = 128


class TelegramCourier:
    """Knows no database: what became of a letter is its answer."""

    def __init__(self, bot: LinghangBot) -> None:
        self._bot = bot

    async def carry(self, claim: Claim, *, silently: bool) -> Outcome:
        if _too_early(claim):
            return NotYet(_THREAD_PAUSE, "its thread has not begun")
        letter = claim.letter
        # the reply lane sends again what may have arrived: only for letters that allow it
        prompt = letter.urgency.lane is Lane.PROMPT and letter.kind.sent_again
        way = Way(chat=claim.address, silently=silently, lane=None if prompt else BULK)
        try:
            return await self._carry(claim, way)
        except ChatMigrated as error:
            return Moved(error.new_chat_id)
        except TelegramError as error:
            return _meaning(error)
        except Exception as error:
            # a fault of ours in one letter must not stop the others, nor be tried for ever
            log.exception("letter %s could not be sent", claim.id)
            return Unclear(type(error).__name__)

    async def _carry(self, claim: Claim, way: Way) -> Outcome:
        letter = claim.letter
        if letter.act is Act.DELETE:
            await take_back(self._bot, way, letter.target)
            return Delivered(letter.target[0])
        first, *more = packets(letter.body, letter.enclosures)
        if letter.act is Act.EDIT:
            return await self._edit(letter, way, first)
        way = await self._into_thread(claim, way)
        try:
            [message] = await send(self._bot, way, first, buttons_of(letter.buttons))
        except BadRequest as error:
            if way.thread is None or _NO_THREAD not in error.message.lower():
                raise
            # somebody has deleted the topic: it begins anew
            way = replace(way, thread=await self._begin_topic(claim))
            [message] = await send(self._bot, way, first, buttons_of(letter.buttons))
        numbers, lacking = await self._send_more(replace(way, reply_to=message), more)
        return Delivered(message, numbers, way.thread, lacking)

    async def _edit(self, letter: Letter, way: Way, packet: Packet) -> Outcome:
        """Where Telegram does not let us, it is said anew."""
        keyboard = buttons_of(letter.buttons)
        [message] = letter.target
        if await edit(self._bot, way, message, packet, keyboard):
            return Delivered(message)
        reply = replace(way, reply_to=message)
        [anew] = await send(self._bot, reply, Packet(letter.instead), keyboard)
        return Delivered(anew)

    async def _send_more(
        self, way: Way, packets_left: Sequence[Packet]
    ) -> tuple[tuple[int, ...], str | None]:
        """What the first message had no room for; a file that is refused holds up nothing."""
        numbers: list[int] = []
        lacking = None
        for packet in packets_left:
            try:
                numbers += await send(self._bot, way, packet, None)
            except BadRequest as error:
                lacking = error.message
        return tuple(numbers), lacking

    async def _into_thread(self, claim: Claim, way: Way) -> Way:
        place, letter = claim.place, claim.letter
        if place is None:
            return replace(way, reply_to=letter.reply_to)
        if not place.has_topics:
            return replace(way, reply_to=place.first)
        thread = place.thread
        if thread is None and letter.topic:
            thread = await self._begin_topic(claim)
        return replace(way, thread=thread)

    async def _begin_topic(self, claim: Claim) -> int:
        name = (claim.letter.topic or claim.letter.about)[:_LONGEST_TOPIC]
        topic = await self._bot.create_forum_topic(claim.address, name)
        return topic.message_thread_id


def _too_early(claim: Claim) -> bool:
    """Whether what opens its thread in the group is still on its way."""
    place = claim.place
    waits = place is not None and not place.begun and not claim.letter.opens
    return waits and claim.attempt < _MOST_WAITS


def _meaning(error: TelegramError) -> Outcome:
    words = error.message.lower()
    if isinstance(error, Forbidden) or any(sign in words for sign in _NEVER_CAME):
        return NobodyThere()
    match error:
        case RetryAfter():
            return NotYet(timedelta(seconds=asked_pause(error)), "asked to wait")
        case NotSent():
            return NotYet(None, error.message)
        case InvalidToken():
            return NotYet(_TOKEN_PAUSE, "the token is refused")
        case BadRequest():
            return Refused(error.message)
        case _:
            return Unclear(error.message)
