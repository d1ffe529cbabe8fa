"""Tries the page's bubbles in a real browser: markup, buttons, answers to taps, edits."""

from playwright.async_api import expect

from tests.browser import IN_CHROMIUM, Desk

SCRIPTS = "<img src=x onerror='window.hurt=1'><script>window.hurt=1</script>"

pytestmark = IN_CHROMIUM


def buttons(*rows: list[dict[str, str]]) -> dict[str, list[list[dict[str, str]]]]:
    return {"inline_keyboard": list(rows)}


async def test_telegrams_html_is_shown(desk: Desk) -> None:
    shown = await desk.bot_says(
        '<b>12 月 19 日</b> <i>早</i> <a href="https://yz.chsi.com.cn/">研招网</a> '
        "<code>x&lt;y</code>",
        parse_mode="HTML",
    )

    await expect(shown.locator("b")).to_have_text("12 月 19 日")
    await expect(shown.locator("i")).to_have_text("早")
    await expect(shown.locator("code")).to_have_text("x<y")
    link = shown.get_by_role("link", name="研招网")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await expect(link).to_have_attribute("target", "_blank")


async def test_a_spoiler_is_revealed_by_a_click(desk: Desk) -> None:
    shown = await desk.bot_says("答案是 <tg-spoiler>四十二</tg-spoiler>", parse_mode="HTML")

    await shown.locator(".spoiler").click()

    await expect(shown.locator(".spoiler")).to_contain_class("revealed")


async def test_a_long_quote_folds_and_opens(desk: Desk) -> None:
    lines = "\n".join(f"第 {number} 行" for number in range(1, 11))
    shown = await desk.bot_says(f"<blockquote expandable>{lines}</blockquote>完", parse_mode="HTML")
    folded = await shown.locator("blockquote").bounding_box()

    await shown.get_by_role("button", name="展开").click()

    opened = await shown.locator("blockquote").bounding_box()
    assert folded is not None
    assert opened is not None
    assert folded["height"] < 110
    assert opened["height"] > 220


async def test_a_command_in_a_text_is_sent_by_a_click(desk: Desk) -> None:
    shown = await desk.bot_says("随时可以 /privacy")

    await shown.get_by_role("button", name="/privacy").click()

    await expect(desk.phone.locator(".row.mine")).to_have_count(2)
    assert desk.said()[-1] == "/privacy"


async def test_a_link_that_starts_the_bot_is_followed_here(desk: Desk) -> None:
    username = desk.world.bot["username"]
    shown = await desk.bot_says(
        f'<a href="https://t.me/{username}?start=theme_7">签到</a>', parse_mode="HTML"
    )

    await shown.get_by_role("link", name="签到").click()

    await expect(desk.phone.locator(".row.mine")).to_have_count(2)
    assert desk.said()[-1] == "/start theme_7"


async def test_scripts_in_names_texts_and_labels_are_only_words(desk: Desk) -> None:
    name = desk.world.add_person(SCRIPTS).first_name
    await desk.page.locator("#stage").get_by_role("button", name="添加一个人").click()
    await desk.page.get_by_role("menuitem", name=name).click()
    shown = await desk.bot_says(
        SCRIPTS, reply_markup=buttons([{"text": SCRIPTS, "callback_data": "x"}])
    )
    await desk.type(SCRIPTS)

    await expect(shown.locator(".text")).to_contain_text(SCRIPTS)
    await expect(desk.page.get_by_role("region", name=name)).to_be_visible()
    await expect(desk.phone.locator(".row.mine").last).to_contain_text(SCRIPTS)
    assert await desk.page.evaluate("window.hurt") is None


async def test_hostile_html_from_a_server_loses_its_sting(desk: Desk) -> None:
    hostile = (
        SCRIPTS + '<a href="javascript:hurt=1">a</a><a href="data:text/html,x">d</a>'
        '<b onclick="hurt=1" style="position:fixed">b</b><iframe src="/"></iframe>'
        '<svg onload="hurt=1"><text>t</text></svg><i>i</i>'
    )
    kept = await desk.page.evaluate(
        """html => import('./markup.js').then(({safeFragment}) => {
            const box = document.createElement('div');
            box.append(safeFragment(html, {link: () => false, command: () => {}}));
            document.body.append(box);
            const markup = box.innerHTML;
            box.remove();
            return markup;
        })""",
        hostile,
    )

    assert kept == "<span>a</span><span>d</span><b>b</b><i>i</i>"
    assert await desk.page.evaluate("window.hurt") is None


async def test_a_tap_waits_until_the_bot_answers_with_a_toast(desk: Desk) -> None:
    shown = await desk.bot_says(
        "要提醒吗？", reply_markup=buttons([{"text": "提醒我", "callback_data": "remind:7"}])
    )
    key = shown.get_by_role("button", name="提醒我")
    await key.click()
    await expect(key).to_have_attribute("aria-busy", "true")

    updates = await desk.bot("getUpdates", timeout=0)
    query = updates[-1]["callback_query"]
    await desk.bot("answerCallbackQuery", callback_query_id=query["id"], text="设好了")

    assert query["data"] == "remind:7"
    await expect(key).to_have_attribute("aria-busy", "false")
    await expect(desk.phone.get_by_test_id("toast")).to_have_text("设好了")
    await expect(desk.column(desk.admin).get_by_test_id("toast")).to_have_count(0)


async def test_an_alert_stays_until_it_is_closed(desk: Desk) -> None:
    shown = await desk.bot_says(
        "报名", reply_markup=buttons([{"text": "看截止", "callback_data": "due"}])
    )
    await shown.get_by_role("button", name="看截止").click()
    await expect(shown.locator(".key.busy")).to_have_count(1)
    query = (await desk.bot("getUpdates", timeout=0))[-1]["callback_query"]
    await desk.bot(
        "answerCallbackQuery", callback_query_id=query["id"], text="10 月 27 日", show_alert=True
    )

    alert = desk.phone.get_by_role("alertdialog")
    await expect(alert).to_contain_text("10 月 27 日")
    await desk.page.keyboard.press("Enter")
    await expect(alert).to_have_count(0)


async def test_a_reply_keyboard_sends_its_label_and_can_be_hidden(desk: Desk) -> None:
    await desk.bot_says(
        "选一个", reply_markup={"keyboard": [[{"text": "考试日历"}, {"text": "提问"}]]}
    )
    key = desk.phone.get_by_role("button", name="考试日历")
    await key.click()
    await expect(desk.phone.locator(".row.mine")).to_have_count(2)
    assert desk.said()[-1] == "考试日历"

    await desk.phone.get_by_role("button", name="显示或隐藏按键").click()
    await expect(key).to_be_hidden()

    await desk.bot_says("好了", reply_markup={"remove_keyboard": True})
    await expect(desk.phone.get_by_role("button", name="显示或隐藏按键")).to_be_hidden()


async def test_the_bots_edit_and_deletion_are_shown(desk: Desk) -> None:
    shown = await desk.bot_says("一会儿改")
    other = await desk.bot_says("一会儿删")
    changed = int(await shown.get_attribute("data-id") or 0)
    removed = int(await other.get_attribute("data-id") or 0)

    await desk.bot("editMessageText", chat_id=desk.student, message_id=changed, text="改好了")
    await desk.bot("deleteMessage", chat_id=desk.student, message_id=removed)

    await expect(shown.locator(".text")).to_contain_text("改好了")
    await expect(shown.locator(".edited-mark")).to_have_text("已编辑")
    await expect(other).to_have_count(0)


async def test_a_long_press_opens_the_bubbles_menu(desk: Desk) -> None:
    shown = await desk.bot_says("按住我")
    touch = {"pointerType": "touch", "bubbles": True, "clientX": 300, "clientY": 400}
    await shown.locator(".bubble").dispatch_event("pointerdown", touch)

    await expect(desk.page.get_by_role("menuitem")).to_have_text(["回复", "复制文字", "删除"])


async def test_what_the_bot_says_is_announced_to_those_who_listen(desk: Desk) -> None:
    await desk.bot_says("<b>初试</b>在 12 月 19 日", parse_mode="HTML")

    announced = desk.phone.locator("[aria-live=polite].unseen")
    await expect(announced).to_have_text("领航: 初试在 12 月 19 日")


async def test_a_start_link_in_a_group_turns_to_the_bots_own_chat(desk: Desk) -> None:
    group = desk.world.add_group("班群", [desk.student])
    await desk.phone.get_by_role("tab", name="班群").click()
    link = f"https://t.me/{desk.world.bot['username']}?start=entry_5"
    sent = await desk.bot(
        "sendMessage",
        chat_id=group,
        text="报名",
        reply_markup=buttons([{"text": "打开", "url": link}]),
    )

    await desk.message(sent["message_id"]).get_by_role("link", name="打开").click()

    await expect(desk.phone.get_by_role("tab", selected=True)).to_contain_text("领航")
    await expect(desk.phone.locator(".row.mine").last).to_contain_text("/start entry_5")


async def test_a_tap_answered_with_a_link_to_the_bot_is_followed(desk: Desk) -> None:
    shown = await desk.bot_says(
        "新的咨询", reply_markup=buttons([{"text": "私聊里看", "callback_data": "open:1"}])
    )
    await shown.get_by_role("button", name="私聊里看").click()
    await expect(shown.locator(".key.busy")).to_have_count(1)
    query = (await desk.bot("getUpdates", timeout=0))[-1]["callback_query"]
    url = f"https://t.me/{desk.world.bot_username}?start=ticket_1"
    await desk.bot("answerCallbackQuery", callback_query_id=query["id"], url=url)

    await expect(desk.phone.get_by_text("/start ticket_1")).to_be_visible()
    assert desk.said()[-1] == "/start ticket_1"
