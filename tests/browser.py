"""A real Chromium for tests, and the playground's page opened in it."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from msgspec import Struct
from playwright.async_api import Browser, Locator, Page, async_playwright

from playground.clock import MovableClock
from playground.server import PlaygroundServer
from playground.world import World

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NO_CHROMIUM = "there is no Chromium here to open the page in (Debian: apt-get install chromium)"
SUNDAY = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)

IN_CHROMIUM = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM),
    pytest.mark.asyncio(loop_scope="module"),
]
"""The marks of a module whose tests open the page."""


class Desk(Struct, frozen=True, kw_only=True):
    """A world, its server, a page that shows it, and the hand of the bot."""

    world: World
    page: Page
    api: str
    http: aiohttp.ClientSession
    student: int
    admin: int

    async def bot(self, method: str, **parameters: object) -> Any:
        async with self.http.post(f"{self.api}/{method}", json=parameters) as answer:
            body = await answer.json()
        assert body["ok"], body
        return body["result"]

    async def bot_says(self, text: str, **parameters: object) -> Locator:
        """The bot's message to the student, as it is shown."""
        sent = await self.bot("sendMessage", chat_id=self.student, text=text, **parameters)
        return self.message(sent["message_id"])

    def column(self, person_id: int) -> Locator:
        return self.page.get_by_test_id(f"column-{person_id}")

    @property
    def phone(self) -> Locator:
        return self.column(self.student)

    def composer(self, person_id: int | None = None) -> Locator:
        return self.column(person_id or self.student).get_by_test_id("composer")

    def message(self, message_id: int, person_id: int | None = None) -> Locator:
        return self.column(person_id or self.student).get_by_test_id(f"message-{message_id}")

    async def type(self, text: str) -> None:
        await self.composer().fill(text)
        await self.composer().press("Enter")

    def said(self) -> list[str]:
        return [message.text for message in self.world.history(self.student)]


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        await browser.close()


@asynccontextmanager
async def desk_in(browser: Browser, **context: Any) -> AsyncIterator[Desk]:
    """A student and an admin who have both pressed start, on a page of their own."""
    world = World(MovableClock(SUNDAY))
    student = world.add_person("林小满", hint="学生").id
    admin = world.add_person("周老师", hint="管理员").id
    for person in (student, admin):
        world.say(person, person, "/start")
    visit = await browser.new_context(**({"viewport": {"width": 1280, "height": 800}} | context))
    faults: list[str] = []
    async with PlaygroundServer(world) as server, aiohttp.ClientSession() as http:
        page = await visit.new_page()
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        await page.goto(server.page_url)
        # until the feed has brought the world, what happens comes with it and is not counted as new
        await page.get_by_test_id(f"column-{student}").wait_for(state="attached")
        api = f"{server.api_url}/bot{world.token}"
        yield Desk(world=world, page=page, api=api, http=http, student=student, admin=admin)
        await visit.close()
    assert faults == []
