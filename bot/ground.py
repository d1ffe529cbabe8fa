"""What every room is built on."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from telegram.ext import ExtBot

from storage.work import Transactions
from texts.renderer import Texts


class Ground(Struct, frozen=True, kw_only=True):
    transactions: Transactions
    texts: Texts
    bot: ExtBot[Any]
    zone: ZoneInfo
    now: Callable[[], datetime]
