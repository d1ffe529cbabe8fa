"""Tries asking the bot inline on the page in a real browser."""

import asyncio
from typing import Any

from playwright.async_api import Locator, expect

from tests.browser import IN_CHROMIUM, Desk

pytestmark = IN_CHROMIUM


def article(id_: str, title: str, text: str) -> dict[str, Any]:
    content = {"message_text": text, "parse_mode": "HTML"}
    return {
        "type": "article",
        "id": id_,
        "title": title,
        "description": "12 月 19 日",
        "input_message_content": content,
    }


OFFERS = [
    article("dates", "初试几号", "📌 <b>初试</b>在 12 月 19 日"),
    article("ticket", "准考证", "📌 准考证"),
]


async def asked(desk: Desk) -> dict[str, Any]:
    """The newest inline query, once the page has sent it."""
    for _ in range(200):
        updates = await desk.bot("getUpdates")
        queries = [each["inline_query"] for each in updates if "inline_query" in each]
        if queries:
            await desk.bot("getUpdates", offset=updates[-1]["update_id"] + 1)
            return dict(queries[-1])
        await asyncio.sleep(0.02)
    raise AssertionError("the page has not asked")


async def types_in_group(desk: Desk, words: str) -> int:
    group = desk.world.add_group("班群", [desk.student], with_bot=False)
    await desk.phone.get_by_role("tab", name="班群").click()
    await desk.composer().fill(f"@{desk.world.bot_username} {words}")
    return group


def options(desk: Desk) -> Locator:
    return desk.phone.get_by_role("option")


async def test_a_result_is_dropped_into_a_group(desk: Desk) -> None:
    group = await types_in_group(desk, "几号考")
    query = await asked(desk)
    assert (query["query"], query["chat_type"]) == ("几号考", "group")
    await desk.bot("answerInlineQuery", inline_query_id=query["id"], results=OFFERS)
    await expect(options(desk)).to_have_text(["初试几号12 月 19 日", "准考证12 月 19 日"])

    await options(desk).first.click()

    await expect(desk.phone.locator(".row.mine .bubble b")).to_have_text("初试")
    via = f"通过 @{desk.world.bot_username}"
    await expect(desk.phone.locator(".row.mine .via")).to_have_text(via)
    await expect(options(desk)).to_have_count(0)
    await expect(desk.composer()).to_have_value("")
    [dropped] = desk.world.history(group)
    assert (dropped.from_id, dropped.via_bot) == (desk.student, True)


async def test_results_are_walked_by_keyboard_and_gone_with_the_name(desk: Desk) -> None:
    group = await types_in_group(desk, "考")
    query = await asked(desk)
    await desk.bot("answerInlineQuery", inline_query_id=query["id"], results=OFFERS)
    await expect(options(desk)).to_have_count(2)

    await desk.composer().fill("大家好")
    await expect(options(desk)).to_have_count(0)

    await desk.composer().fill(f"@{desk.world.bot_username} 准考证")
    query = await asked(desk)
    await desk.bot("answerInlineQuery", inline_query_id=query["id"], results=OFFERS)
    await expect(options(desk)).to_have_count(2)
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        await desk.composer().press(key)
    await expect(desk.phone.locator(".row.mine")).to_have_count(1)
    assert [message.text for message in desk.world.history(group)] == ["📌 准考证"]


async def test_where_there_is_no_result_the_bot_leads_into_private(desk: Desk) -> None:
    await types_in_group(desk, "写诗")
    query = await asked(desk)
    button = {"text": "私聊我", "start_parameter": "start"}
    await desk.bot("answerInlineQuery", inline_query_id=query["id"], results=[], button=button)

    await options(desk).filter(has_text="私聊我").click()

    await expect(desk.phone.get_by_role("tab", selected=True)).to_contain_text("领航")
    await expect(desk.phone.locator(".row.mine").last).to_contain_text("/start start")
