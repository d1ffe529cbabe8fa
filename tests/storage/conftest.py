"""The repositories' stage: a migrated database of each kind, and transactions on it."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import close_engine, open_engine
from storage.work import Transactions


@pytest.fixture
async def engine(either_url: str) -> AsyncIterator[AsyncEngine]:
    engine = open_engine(either_url)
    yield engine
    await close_engine(engine)


@pytest.fixture
def transactions(engine: AsyncEngine) -> Transactions:
    return Transactions(engine)


@pytest.fixture
async def replica(either_url: str) -> AsyncIterator[Transactions]:
    """A second process's door to the same database: nothing is shared but the data."""
    engine = open_engine(either_url)
    yield Transactions(engine)
    await close_engine(engine)
