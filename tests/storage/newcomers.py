"""People for the tests of storage: somebody who has just joined."""

from datetime import UTC, datetime

from branch.people.model import Person, Sender, TelegramId
from storage.work import Transactions
from texts.language import Language

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
"""Twelve o'clock in Shanghai."""


async def newcomer(
    transactions: Transactions, telegram_id: int = 5_001, name: str = "林小雨"
) -> Person:
    async with transactions.begin() as work:
        sender = Sender(telegram_id=TelegramId(telegram_id), name=name)
        added = await work.people.add(sender, language=Language.ZH, now=NOON)
        assert added is not None, "the test asks for the same person twice"
        person = await work.people.by_id(added, now=NOON)
    assert person is not None
    return person
