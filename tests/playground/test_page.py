"""Tries the playground's page in a real browser: writing, reading, people side by side."""

from playwright.async_api import Browser, expect

from tests.browser import IN_CHROMIUM, Desk, desk_in

pytestmark = IN_CHROMIUM


async def test_page_says_that_it_is_not_telegram(desk: Desk) -> None:
    await expect(desk.page.get_by_text("试用场：只在这台电脑上，没有连接 Telegram")).to_be_visible()


async def test_two_people_are_open_side_by_side(desk: Desk) -> None:
    await expect(desk.phone.get_by_role("heading", level=2)).to_have_text("林小满学生")
    await expect(desk.column(desk.admin).get_by_role("heading", level=2)).to_have_text(
        "周老师管理员"
    )
    left, right = await desk.phone.bounding_box(), await desk.column(desk.admin).bounding_box()
    assert left is not None
    assert right is not None
    assert left["x"] + left["width"] <= right["x"]


async def test_what_is_typed_reaches_the_bot_with_enter(desk: Desk) -> None:
    await desk.composer().fill("今年考研")
    await desk.composer().press("Shift+Enter")
    await desk.composer().press_sequentially("哪天考")
    await desk.composer().press("Enter")

    await expect(desk.phone.locator(".row.mine").last).to_contain_text("哪天考")
    await expect(desk.composer()).to_have_value("")
    assert desk.said() == ["/start", "今年考研\n哪天考"]


async def test_what_is_typed_reaches_the_bot_with_the_button(desk: Desk) -> None:
    await desk.composer().fill("你好")
    await desk.phone.get_by_test_id("send").click()

    await expect(desk.composer()).to_have_value("")
    await expect(desk.phone.locator(".row.mine")).to_have_count(2)
    assert desk.said() == ["/start", "你好"]


async def test_enter_that_ends_a_chinese_word_sends_nothing(desk: Desk) -> None:
    await desk.composer().fill("kaoyan")
    await desk.composer().evaluate(
        "box => box.dispatchEvent(new KeyboardEvent('keydown', "
        "{key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
    )

    await expect(desk.composer()).to_have_value("kaoyan")
    assert desk.said() == ["/start"]


async def test_a_text_over_the_limit_goes_out_in_pieces_and_says_so(desk: Desk) -> None:
    await desk.composer().fill("考" * 5000)
    await expect(desk.phone.get_by_text("会分成 2 条发送")).to_be_visible()
    await desk.composer().press("Enter")

    await expect(desk.phone.locator(".row.mine")).to_have_count(3)
    assert [len(text) for text in desk.said()] == [6, 4096, 904]


async def test_ticks_tell_when_the_bot_has_received_a_message(desk: Desk) -> None:
    await desk.type("在吗")
    ticks = desk.phone.locator(".row.mine .ticks").last
    await expect(ticks).to_have_text("✓")

    updates = await desk.bot("getUpdates", timeout=0)
    await desk.bot("getUpdates", offset=updates[-1]["update_id"] + 1, timeout=0)

    await expect(ticks).to_have_text("✓✓")


async def test_updates_that_the_bot_leaves_waiting_are_counted(desk: Desk) -> None:
    await desk.type("有人吗")

    await expect(desk.page.get_by_test_id("pending")).to_have_text("机器人还有 3 条没处理")


async def test_typing_is_shown_until_the_bot_speaks(desk: Desk) -> None:
    await desk.bot("sendChatAction", chat_id=desk.student, action="typing")
    await expect(desk.phone.get_by_text("领航 正在输入…")).to_be_visible()

    await desk.bot_says("你好")

    await expect(desk.phone.get_by_text("领航 正在输入…")).to_have_count(0)


async def test_a_draft_stays_in_its_chat(desk: Desk) -> None:
    desk.world.add_group("党员群", [desk.student, desk.admin])
    await desk.composer().fill("还没写完")

    await desk.phone.get_by_role("tab", name="党员群").click()
    await expect(desk.composer()).to_have_value("")
    await desk.phone.get_by_role("tab", name="领航").click()

    await expect(desk.composer()).to_have_value("还没写完")


async def test_a_group_shows_who_speaks(desk: Desk) -> None:
    group = desk.world.add_group("党员群", [desk.student, desk.admin])
    await desk.phone.get_by_role("tab", name="党员群").click()

    said = desk.world.say(desk.admin, group, "明天开会")

    await expect(desk.message(said).locator(".sender")).to_have_text("周老师")
    await expect(desk.message(said)).to_contain_class("theirs")


async def test_a_new_person_gets_a_column_and_starts_the_bot(desk: Desk) -> None:
    await desk.page.locator("#stage").get_by_role("button", name="添加一个人").click()
    await desk.page.get_by_role("menuitem", name="新的人…").click()
    await desk.page.get_by_label("名字").fill("Anna")
    await desk.page.get_by_label("Telegram 语言").select_option("en")
    await desk.page.get_by_role("button", name="添加", exact=True).click()
    await desk.page.get_by_role("region", name="Anna").get_by_role("button", name="开始").click()

    await expect(desk.page.get_by_role("region", name="Anna").locator(".row")).to_have_count(1)
    anna = next(person for person in desk.world.people.values() if person.first_name == "Anna")
    assert anna.language_code == "en"
    assert [message.text for message in desk.world.history(anna.id)] == ["/start"]


async def test_a_column_can_be_closed_and_opened_again(desk: Desk) -> None:
    await desk.column(desk.admin).get_by_role("button", name="关闭这一列").click()
    await expect(desk.column(desk.admin)).to_have_count(0)

    await desk.page.locator("#stage").get_by_role("button", name="添加一个人").click()
    await desk.page.get_by_role("menuitem", name="周老师 · 管理员").click()

    await expect(desk.column(desk.admin)).to_be_visible()


async def test_a_person_blocks_the_bot_and_starts_again(desk: Desk) -> None:
    await desk.phone.get_by_role("button", name="这个人的菜单").click()
    await expect(desk.page.get_by_text("语言：zh-hans")).to_be_visible()
    await desk.page.get_by_role("menuitem", name="停用机器人").click()
    await expect(desk.composer()).to_be_hidden()
    assert desk.world.people[desk.student].has_blocked

    await desk.phone.get_by_role("button", name="解除停用，重新开始").click()

    await expect(desk.composer()).to_be_visible()
    assert desk.said() == ["/start", "/start"]


async def test_a_narrow_window_shows_one_person_at_a_time(browser: Browser) -> None:
    async with desk_in(browser, viewport={"width": 390, "height": 800}) as desk:
        await expect(desk.phone).to_be_visible()
        await expect(desk.column(desk.admin)).to_be_hidden()

        tab = desk.page.locator("#tabs").get_by_role("button", name="周老师")
        await desk.bot("sendMessage", chat_id=desk.admin, text="有一条咨询")
        await expect(tab.locator(".badge")).to_have_text("1")
        await tab.click()

        await expect(tab.locator(".badge")).to_have_count(0)
        await expect(desk.column(desk.admin)).to_be_visible()
        await expect(desk.phone).to_be_hidden()
        width = await desk.page.evaluate("document.documentElement.scrollWidth")
        assert width == 390


async def test_the_pages_own_words_turn_english_and_are_complete(desk: Desk) -> None:
    await desk.page.get_by_role("button", name="Switch to English").click()

    await expect(desk.page.get_by_text("on this computer only, not connected")).to_be_visible()
    await expect(desk.composer()).to_have_attribute("placeholder", "Message")
    keys = await desk.page.evaluate(
        "import('./words.js').then(({WORDS}) => "
        "[Object.keys(WORDS.zh), Object.keys(WORDS.en)].map(list => list.sort()))"
    )
    assert keys[0] == keys[1]
