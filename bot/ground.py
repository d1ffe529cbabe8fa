"""What every room is built on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from telegram.ext import ExtBot

from storage.work import Transactions
from texts.renderer import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    transactions: Transactions
    texts: Texts
    bot: ExtBot[Any]
    zone: ZoneInfo
    now: Callable[[], datetime]
