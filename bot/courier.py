"""Carries letters to Telegram, and says in the outbox's words what Telegram made of them."""

import logging
from datetime import timedelta
from typing import Final

from telegram import InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
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
from branch.outbox.model import (
    Buttons,
    Claim,
    Delivered,
    Lane,
    NobodyThere,
    NotYet,
    Outcome,
    Refused,
    Unclear,
)
from handlers.buttons import Keyboard

log = logging.getLogger(__name__)

_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_NEVER_CAME: Final = ("chat not found", "user not found", "peer_id_invalid")
_ADDRESSES: Final = ("https://", "tg://")
_TOKEN_PAUSE: Final = timedelta(minutes=5)


class TelegramCourier:
    """Knows no database: what became of a letter is its answer."""

    def __init__(self, bot: LinghangBot) -> None:
        self._bot = bot

    async def carry(self, claim: Claim, *, silently: bool) -> Outcome:
        letter = claim.letter
        # the reply lane sends again what may have arrived: only for letters that allow it
        prompt = letter.urgency.lane is Lane.PROMPT and letter.kind.sent_again
        try:
            sent = await self._bot.send_message(
                claim.address,
                letter.body,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                reply_markup=_keyboard(letter.buttons),
                disable_notification=silently,
                rate_limit_args=None if prompt else BULK,
            )
        except TelegramError as error:
            return _meaning(error)
        except Exception as error:
            # a fault of ours in one letter must not stop the others, nor be tried for ever
            log.exception("letter %s could not be sent", claim.id)
            return Unclear(type(error).__name__)
        return Delivered(sent.message_id)


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
        case BadRequest() | ChatMigrated():
            return Refused(error.message)
        case _:
            return Unclear(error.message)


def _keyboard(buttons: Buttons) -> InlineKeyboardMarkup | None:
    if not buttons:
        return None
    return Keyboard(
        [
            [
                {
                    "text": label,
                    "url" if meaning.startswith(_ADDRESSES) else "callback_data": meaning,
                }
                for label, meaning in row
            ]
            for row in buttons
        ]
    )
