"""Two processes that share a database, of either kind."""

from collections.abc import AsyncIterator

import pytest

from storage.engine import close_engine, open_engine
from storage.work import Transactions
from tests.branch.tickets.desks import Office, office_of


@pytest.fixture
async def office(either_url: str) -> AsyncIterator[Office]:
    engine = open_engine(either_url)
    yield office_of(Transactions(engine))
    await close_engine(engine)


@pytest.fixture
async def branch_office(either_url: str) -> AsyncIterator[Office]:
    """The other process."""
    engine = open_engine(either_url)
    yield office_of(Transactions(engine))
    await close_engine(engine)


@pytest.fixture
def offices(office: Office, branch_office: Office) -> list[Office]:
    return [office, branch_office]
