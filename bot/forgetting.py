"""What the clock forgets by itself, in transactions that are as short as they can be."""

from datetime import datetime

from storage.work import Transactions


class Forgetting:
    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def updates(self, before: datetime) -> int:
        """Handled before the moment; how many there were."""
        async with self._transactions.begin() as work:
            return await work.updates.prune(before=before)

    async def links(self, since: datetime) -> int:
        """From events to people who have done nothing since the moment; of how many people.

        Looked for first, for it takes a while, and mostly there is nobody.
        """
        async with self._transactions.look() as work:
            if not await work.event_links.unseen(since=since):
                return 0
        async with self._transactions.begin() as work:
            people = await work.event_links.unseen(since=since)
            await work.event_links.cut(people)
            return len(people)
