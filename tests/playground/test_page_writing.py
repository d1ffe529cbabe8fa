"""Tries writing on the page in a real browser: commands, files, stickers, replies, edits."""

import struct
import zlib
from typing import Any

from playwright.async_api import expect

from tests.browser import IN_CHROMIUM, Desk

pytestmark = IN_CHROMIUM


def picture(width: int, height: int) -> bytes:
    """A plain PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\x30\x90\xe0" * width) * height
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def upload(name: str, mime: str, data: bytes) -> list[Any]:
    return [{"name": name, "mimeType": mime, "buffer": data}]


async def test_commands_are_found_and_sent_by_keyboard(desk: Desk) -> None:
    await desk.bot(
        "setMyCommands",
        commands=[
            {"command": "help", "description": "能做什么"},
            {"command": "calendar", "description": "考试日历"},
            {"command": "cancel", "description": "取消"},
            {"command": "locate", "description": "考点在哪"},
        ],
    )
    await expect(desk.phone.get_by_role("button", name="命令菜单")).to_be_visible()
    await desk.composer().press_sequentially("/ca")
    await expect(desk.phone.get_by_role("option")).to_have_text(
        ["/calendar考试日历", "/cancel取消"]
    )

    await desk.composer().press("ArrowDown")
    await desk.composer().press("ArrowDown")
    await desk.composer().press("Enter")

    await expect(desk.phone.get_by_role("option")).to_have_count(0)
    await expect(desk.phone.locator(".row.mine")).to_have_count(2)
    assert desk.said()[-1] == "/cancel"


async def test_escape_closes_the_commands_and_keeps_the_text(desk: Desk) -> None:
    await desk.bot("setMyCommands", commands=[{"command": "help", "description": "能做什么"}])
    await expect(desk.phone.get_by_role("button", name="命令菜单")).to_be_visible()
    await desk.composer().press_sequentially("/")
    await expect(desk.phone.get_by_role("option")).to_have_count(1)

    await desk.composer().press("Escape")

    await expect(desk.phone.get_by_role("option")).to_have_count(0)
    await expect(desk.composer()).to_have_value("/")


async def test_a_photo_of_the_bot_is_shown_and_enlarged(desk: Desk) -> None:
    sent = desk.world.send_photo(desk.student, desk.student, picture(300, 200), "a.png", "日历")

    image = desk.message(sent).locator("img")
    await expect(image).to_have_js_property("naturalWidth", 300)
    await desk.message(sent).get_by_role("button", name="放大照片").click()
    await expect(desk.page.get_by_role("dialog").locator("img")).to_be_visible()
    await desk.page.keyboard.press("Escape")
    await expect(desk.page.locator("dialog")).to_have_count(0)


async def test_a_photo_is_uploaded_with_its_caption(desk: Desk) -> None:
    data = picture(64, 48)
    await desk.phone.get_by_test_id("photo-input").set_input_files(
        upload("b.png", "image/png", data)
    )
    await desk.composer().fill("这是准考证")
    await desk.composer().press("Enter")

    await expect(desk.phone.locator(".row.mine .photo img")).to_have_js_property("naturalWidth", 64)
    last = desk.world.history(desk.student)[-1]
    assert last.text == "这是准考证"
    assert last.photo is not None
    assert last.photo.data == data


async def test_a_document_is_uploaded_and_offered_for_download(desk: Desk) -> None:
    files = upload("成绩单.csv", "text/csv", b"a,b\n1,2\n")
    await desk.phone.get_by_test_id("document-input").set_input_files(files)
    await desk.phone.get_by_test_id("send").click()

    card = desk.phone.get_by_role("link", name="下载 成绩单.csv")
    async with desk.page.expect_download() as download:
        await card.click()
    saved = await (await download.value).path()
    assert saved.read_bytes() == b"a,b\n1,2\n"


async def test_stickers_and_voice_are_sent_from_their_menu(desk: Desk) -> None:
    for choice in ("📚", "语音 15 秒"):
        await desk.phone.get_by_role("button", name="贴纸和语音").click()
        await desk.page.get_by_role("menuitem", name=choice).click()

    await expect(desk.phone.locator(".row.mine .sticker")).to_have_text("📚")
    await expect(desk.phone.get_by_role("img", name="语音 15 秒")).to_be_visible()


async def test_a_person_replies_edits_and_deletes_from_the_bubbles_menu(desk: Desk) -> None:
    shown = await desk.bot_says("初试 12 月 19 日")
    await shown.locator(".bubble").click(button="right")
    await desk.page.get_by_role("menuitem", name="回复").click()
    await desk.type("几点开始")
    own = desk.phone.locator(".row.mine").last
    await expect(own.locator(".quoted")).to_contain_text("初试 12 月 19 日")

    await own.get_by_role("button", name="这条消息的菜单").click()
    await desk.page.get_by_role("menuitem", name="编辑").click()
    await expect(desk.composer()).to_have_value("几点开始")
    await desk.type("几点进场")
    await expect(own.locator(".text")).to_contain_text("几点进场")
    edited = desk.world.history(desk.student)[-1]
    assert (edited.text, edited.edited, edited.reply_to is not None) == ("几点进场", True, True)

    await own.locator(".bubble").click(button="right")
    await desk.page.get_by_role("menuitem", name="删除").click()
    await expect(desk.phone.locator(".row.mine")).to_have_count(1)
    assert desk.said() == ["/start", "初试 12 月 19 日"]


async def test_a_dropped_picture_waits_as_a_photo_and_can_be_put_back(desk: Desk) -> None:
    await desk.phone.evaluate(
        """column => {
            const carried = new DataTransfer();
            carried.items.add(new File(['x'], 'a.png', {type: 'image/png'}));
            carried.items.add(new File(['x'], 'b.pdf', {type: 'application/pdf'}));
            column.dispatchEvent(new DragEvent('drop', {dataTransfer: carried, cancelable: true}));
        }"""
    )
    staged = desk.phone.locator(".staged-file")
    await expect(staged).to_have_count(2)
    kinds = await staged.evaluate_all("files => files.map(file => file.dataset.kind)")
    assert kinds == ["photo", "document"]

    for _ in range(2):
        await desk.phone.get_by_role("button", name="不发这个文件").first.click()

    await expect(staged).to_have_count(0)
    assert desk.said() == ["/start"]
