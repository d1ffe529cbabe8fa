"""A running playground for every test, and a bot's hand to call it over real HTTP."""

import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from hypothesis import settings
from msgspec import Struct
from playwright.async_api import Browser

from playground.clock import MovableClock
from playground.model import PersonAccount
from playground.server import PlaygroundServer
from playground.world import World
from tests.browser import Desk, chromium, desk_in

# A busy machine is no fault of what is tested.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

SUNDAY = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


class BotsHand(Struct, frozen=True, kw_only=True):
    """Calls the server as a bot does."""

    server: PlaygroundServer
    world: World
    http: aiohttp.ClientSession

    @property
    def url(self) -> str:
        return f"{self.server.api_url}/bot{self.world.token}"

    async def answer(self, method: str, **params: object) -> tuple[int, Any]:
        """The status and the whole body of the answer."""
        async with self.http.post(f"{self.url}/{method}", json=params) as response:
            return response.status, await response.json()

    async def call(self, method: str, **params: object) -> Any:
        """The result; the call must be carried out."""
        status, body = await self.answer(method, **params)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]

    async def refusal(self, method: str, **params: object) -> tuple[int, str]:
        """The error code and description; the call must be refused."""
        status, body = await self.answer(method, **params)
        assert (body["ok"], body["error_code"]) == (False, status), body
        return status, body["description"]

    async def upload(self, method: str, files: dict[str, bytes], **fields: str) -> Any:
        """The whole body of the answer to a form with files."""
        form = aiohttp.FormData(fields)
        for name, data in files.items():
            form.add_field(name, io.BytesIO(data), filename=f"{name}.bin")
        async with self.http.post(f"{self.url}/{method}", data=form) as response:
            return await response.json()

    async def updates(self, **params: object) -> list[Any]:
        result = await self.call("getUpdates", **params)
        assert isinstance(result, list)
        return result


@pytest.fixture
def world() -> World:
    return World(MovableClock(SUNDAY))


@pytest.fixture
def student(world: World) -> PersonAccount:
    """Somebody who has started the bot; the update of it is already fetched."""
    person = world.add_person("小明", username="xiaoming", hint="学生")
    world.say(person.id, person.id, "/start")
    world.queue.clear()
    return world.people[person.id]


@pytest.fixture
async def server(world: World) -> AsyncIterator[PlaygroundServer]:
    async with PlaygroundServer(world) as server:
        yield server


@pytest.fixture
async def bot(world: World, server: PlaygroundServer) -> AsyncIterator[BotsHand]:
    async with aiohttp.ClientSession() as http:
        yield BotsHand(server=server, world=world, http=http)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def desk(browser: Browser) -> AsyncIterator[Desk]:
    async with desk_in(browser) as laid:
        yield laid
