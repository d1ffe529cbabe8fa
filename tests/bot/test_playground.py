"""The whole of it: `python -m bot playground` in a real browser, as somebody tries it first."""

import asyncio
import re
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser import IN_CHROMIUM, chromium
from tests.stage import ROOT

pytestmark = IN_CHROMIUM


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """The page of a playground started as the README says."""
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "playground", "--port", "0", cwd=ROOT, stdout=PIPE
    )
    assert program.stdout is not None
    told = (await asyncio.wait_for(program.stdout.readline(), 30)).decode()
    address = re.search(r"http://127\.0\.0\.1:\d+/", told)
    assert address is not None, told
    visit = await browser.new_context(viewport={"width": 1280, "height": 900})
    opened = await visit.new_page()
    opened.set_default_timeout(10_000)
    await opened.goto(address[0])
    yield opened
    await visit.close()
    program.terminate()
    assert await asyncio.wait_for(program.wait(), 10) == 0


def column_of(page: Page, name: str) -> Locator:
    return page.get_by_role("region").filter(has=page.get_by_role("heading", name=name))


async def first_minute(column: Locator) -> None:
    await column.get_by_role("button", name="开始", exact=True).click()
    for label in ("同意，开始", "2027", "中文"):
        await column.get_by_role("button", name=label, exact=True).last.click()
    await expect(column.get_by_text("直接发问题给我就行").last).to_be_visible()


async def asks(column: Locator, question: str) -> None:
    composer = column.get_by_test_id("composer")
    await composer.fill(question)
    await composer.press("Enter")


async def test_a_student_asks_and_is_answered(page: Page) -> None:
    student = column_of(page, "林小雨")
    await first_minute(student)

    await asks(student, "今年考研哪天考")

    answer = student.get_by_text("2027 届初试在 12 月 19 日至 20 日").first
    await expect(answer).to_be_visible()
    await expect(student.get_by_text("来源：教育部").first).to_be_visible()


async def test_the_clock_moves_the_countdown(page: Page) -> None:
    student = column_of(page, "林小雨")
    await first_minute(student)
    await asks(student, "/calendar")
    before = await days_left(student)

    await page.get_by_role("button", name="+1 周").click()
    await asks(student, "/calendar")

    # a week of the timetable is rung first, which takes a slow machine a while
    after = student.get_by_text(f"还有 {before - 7} 天").last
    await expect(after).to_be_visible(timeout=30_000)


async def test_an_admin_invites_and_the_member_is_one_already(page: Page) -> None:
    admin = column_of(page, "陈老师")
    await first_minute(admin)
    await admin.get_by_role("button", name="邀请").last.click()
    for label in ("党员", "不设期限", "生成链接"):
        await admin.get_by_role("button", name=label, exact=True).last.click()

    await expect(admin.get_by_text("?start=join_").last).to_be_visible()


async def days_left(column: Locator) -> int:
    found = re.search(r"还有 (\d+) 天", await column.get_by_text("初试：").last.inner_text())
    assert found is not None
    return int(found[1])
