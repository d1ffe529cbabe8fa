"""Tries the page over time in a real browser: the clock, broken lines, long histories."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from playwright.async_api import Browser, expect

from playground.clock import MovableClock
from playground.server import PlaygroundServer
from playground.world import World
from tests.browser import IN_CHROMIUM, SUNDAY, Desk, desk_in

GAP = "s => s.scrollHeight - s.scrollTop - s.clientHeight"

pytestmark = IN_CHROMIUM


async def test_the_clock_shows_the_branchs_time_and_goes_forward(desk: Desk) -> None:
    clock = desk.page.get_by_test_id("clock")
    await expect(clock).to_have_text("11 月 22 日（周日） 12:00")

    await desk.page.get_by_role("button", name="+1 天").click()
    await expect(clock).to_have_text("11 月 23 日（周一） 12:00")
    await desk.page.get_by_role("button", name="+30 天").click()
    await expect(clock).to_have_text("12 月 23 日（周三） 12:00")

    assert timedelta(days=31) <= desk.world.clock.now() - SUNDAY < timedelta(days=31, minutes=1)


async def test_the_clock_is_set_to_a_moment(desk: Desk) -> None:
    await desk.page.get_by_role("button", name="拨到…").click()
    await desk.page.get_by_label("只能往前拨").fill("2026-12-19T08:30")
    await desk.page.get_by_role("button", name="往前拨", exact=True).click()

    await expect(desk.page.get_by_test_id("clock")).to_have_text("12 月 19 日（周六） 08:30")
    assert desk.world.clock.now() >= datetime(2026, 12, 19, 0, 30, tzinfo=UTC)


async def test_the_clock_refuses_to_go_back(desk: Desk) -> None:
    await desk.page.get_by_role("button", name="拨到…").click()
    await desk.page.get_by_label("只能往前拨").fill("2026-11-01T08:00")
    await desk.page.get_by_role("button", name="往前拨", exact=True).click()

    await expect(desk.page.get_by_role("dialog")).to_be_visible()
    await expect(desk.page.get_by_test_id("clock")).to_have_text("11 月 22 日（周日） 12:00")
    assert desk.world.clock.now() < SUNDAY + timedelta(minutes=1)


async def test_a_new_day_gets_a_line_of_its_own(desk: Desk) -> None:
    await desk.world.clock.move_to(SUNDAY + timedelta(days=45))
    await desk.bot_says("新年好")

    days = desk.phone.locator(".day")
    await expect(days).to_have_text(["2026 年 11 月 22 日（周日）", "1 月 6 日（周三）"])


async def test_a_link_in_the_notes_is_sent_as_the_person_who_is_chosen(browser: Browser) -> None:
    async with desk_in(browser) as desk:
        link = f"https://t.me/{desk.world.bot['username']}?start=claim_7f3a"
        desk.world.notes.append(f"认领：{link}")
        await desk.page.reload()

        await desk.page.get_by_role("button", name=link).click()
        await desk.page.get_by_role("menuitem", name="周老师").click()

        await expect(desk.column(desk.admin).locator(".row.mine")).to_have_count(2)
        assert desk.world.history(desk.admin)[-1].text == "/start claim_7f3a"


async def test_a_broken_line_is_said_and_mended_on_the_same_port(browser: Browser) -> None:
    world = World(MovableClock(SUNDAY))
    student = world.add_person("林小满").id
    world.say(student, student, "/start")
    page = await browser.new_page()
    async with PlaygroundServer(world) as server:
        port = urlsplit(server.page_url).port or 0
        await page.goto(server.page_url)
        phone = page.get_by_test_id(f"column-{student}")
        await phone.get_by_test_id("composer").fill("写到一半")
    await expect(page.get_by_test_id("down")).to_contain_text("连接断开了")
    await phone.get_by_test_id("composer").press("Enter")
    await expect(page.get_by_text("消息还在输入框里")).to_be_visible()

    missed = world.say(student, student, "断开时说的")
    async with PlaygroundServer(world, port=port):
        await expect(page.get_by_test_id("down")).to_be_hidden(timeout=15_000)
        await expect(phone.get_by_test_id(f"message-{missed}")).to_be_visible()
        await expect(phone.get_by_test_id("composer")).to_have_value("写到一半")
        await phone.get_by_test_id("composer").press("Enter")
        await expect(phone.locator(".row.mine")).to_have_count(3)
    await page.close()
    assert world.history(student)[-1].text == "写到一半"


async def test_five_hundred_messages_scroll_from_the_last_to_the_first(browser: Browser) -> None:
    async with desk_in(browser) as desk:
        ids = [desk.world.say(desk.student, desk.student, f"第 {n} 条") for n in range(499)]
        await desk.page.reload()
        scroller = desk.phone.locator(".scroller")
        await expect(desk.message(ids[-1])).to_be_in_viewport()
        assert await scroller.evaluate(GAP) <= 1

        first = desk.message(ids[0])
        for _ in range(40):
            if await first.count():
                break
            await scroller.evaluate("s => { s.scrollTop = 0; }")
            await desk.page.wait_for_timeout(50)
        await scroller.evaluate("s => { s.scrollTop = 0; }")

        await expect(first).to_be_in_viewport()
        await expect(desk.phone.locator(".row")).to_have_count(500)


async def test_somebody_who_reads_above_is_not_moved_and_sees_how_many_came(desk: Desk) -> None:
    for number in range(60):
        desk.world.say(desk.student, desk.student, f"第 {number} 条")
    scroller = desk.phone.locator(".scroller")
    await expect(desk.phone.locator(".row")).to_have_count(61)
    await scroller.evaluate("s => { s.scrollTop = 300; }")
    down = desk.phone.get_by_role("button", name="回到最新消息")
    await expect(down).to_be_visible()

    await desk.bot_says("一")
    last = await desk.bot_says("二")

    await expect(down.locator(".badge")).to_have_text("2")
    assert await scroller.evaluate("s => s.scrollTop") == 300
    await down.click()
    await expect(last).to_be_in_viewport()
    await expect(down).to_be_hidden()


async def test_what_comes_while_reading_the_latest_stays_in_sight(desk: Desk) -> None:
    for number in range(60):
        desk.world.say(desk.student, desk.student, f"第 {number} 条")

    last = await desk.bot_says("很长\n" * 20)

    await expect(last).to_be_in_viewport()
    assert await desk.phone.locator(".scroller").evaluate(GAP) <= 1


async def test_a_chat_is_walked_through_by_keyboard(desk: Desk) -> None:
    first = await desk.bot_says("先说的")
    last = await desk.bot_says("后说的")
    await expect(last).to_be_visible()
    await desk.phone.locator(".scroller").focus()

    await desk.page.keyboard.press("ArrowUp")
    await expect(last.locator(".bubble")).to_be_focused()
    await desk.page.keyboard.press("ArrowUp")
    await expect(first.locator(".bubble")).to_be_focused()
    await desk.page.keyboard.press("Enter")
    await expect(desk.page.get_by_role("menuitem", name="回复")).to_be_focused()
    await desk.page.keyboard.press("Enter")

    await expect(desk.composer()).to_be_focused()
    await expect(desk.phone.locator(".context")).to_contain_text("先说的")


async def test_a_group_on_the_page_keeps_its_own_history(desk: Desk) -> None:
    group = desk.world.add_group("党员群", [desk.student, desk.admin])
    await desk.phone.get_by_role("tab", name="党员群").click()
    await desk.type("大家好")

    await expect(desk.phone.locator(".row.mine .text")).to_contain_text("大家好")
    unread = desk.column(desk.admin).get_by_role("tab", name="党员群").locator(".badge")
    await expect(unread).to_have_text("2")  # that the bot came, and this
    assert desk.world.history(group)[-1].text == "大家好"
