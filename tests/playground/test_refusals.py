"""What cannot be done is refused with the code and the words that Telegram uses."""

from datetime import timedelta
from typing import Any

import pytest

from playground.model import PersonAccount

BUTTON = {"text": "a", "callback_data": "1"}


def keyboard(*buttons: object) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({}, "message text is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n\u200b"}, "text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "字" * 12000}, "text is too long"),
        ({"text": "\ud83d"}, "strings must be encoded in UTF-8"),
        (
            {"text": "<x>", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "x" at byte offset 0',
        ),
        ({"text": "x", "parse_mode": "x"}, "unsupported parse_mode"),
        ({"text": "x", "entities": "{"}, "can't parse entities JSON object"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "chat_id": 42}, "chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
        ({"text": "x", "reply_to_message_id": 999}, "message to be replied not found"),
        (
            {"text": "x", "reply_parameters": {"message_id": 999}},
            "message to be replied not found",
        ),
        ({"text": "x", "reply_parameters": "{"}, "can't parse reply parameters JSON object"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": []}, "object expected as reply markup"),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [BUTTON]}},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (
            {"text": "x", "reply_markup": {"keyboard": ["a"]}},
            'field "keyboard" must be an Array of Arrays',
        ),
        (
            {"text": "x", "reply_markup": {"keyboard": [[" "]]}},
            "keyboard button text must be non-empty",
        ),
        (
            {"text": "x", "reply_markup": {"keyboard": [[1]]}},
            "can't parse keyboard button: KeyboardButton must be a String or an Object",
        ),
        (
            {"text": "x", "reply_markup": keyboard("a")},
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
        ),
        (
            {"text": "x", "reply_markup": keyboard({"callback_data": "1"})},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"text": "x", "reply_markup": keyboard({"text": "", "callback_data": "1"})},
            "inline keyboard button text must be non-empty",
        ),
        (
            {"text": "x", "reply_markup": keyboard({"text": "a", "callback_data": "考" * 22})},
            "BUTTON_DATA_INVALID",
        ),
        (
            {"text": "x", "reply_markup": keyboard({"text": "a", "callback_data": ""})},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "x", "reply_markup": keyboard({"text": "a", "url": "no link"})},
            "inline keyboard button URL 'no link' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[BUTTON]] * 101}},
            "reply markup is too long",
        ),
        ({"text": "x", "reply_markup": keyboard(*[BUTTON] * 9)}, "reply markup is too long"),
    ],
)
async def test_a_text_that_cannot_be_sent(
    bot: Any, student: PersonAccount, params: dict[str, Any], reason: str
) -> None:
    sent = {"chat_id": student.id, **params}
    assert await bot.refusal("sendMessage", **sent) == (400, f"Bad Request: {reason}")
    assert len(bot.world.history(student.id)) == 1


@pytest.mark.parametrize(
    ("method", "params", "reason"),
    [
        ("editMessageText", {"text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"text": "x", "message_id": 999}, "message to edit not found"),
        ("editMessageText", {"text": "x", "message_id": 1}, "message can't be edited"),
        ("editMessageText", {"text": "", "message_id": 1}, "message text is empty"),
        ("editMessageReplyMarkup", {"message_id": 1}, "message can't be edited"),
        ("editMessageCaption", {"message_id": 999}, "message to edit not found"),
        (
            "editMessageMedia",
            {"message_id": 1, "media": {"type": "x"}},
            "can't parse InputMedia: invalid InputMedia type specified",
        ),
        ("deleteMessage", {"message_id": 999}, "message to delete not found"),
        ("deleteMessage", {}, "message identifier is not specified"),
        ("deleteMessages", {}, "message identifiers are not specified"),
        (
            "deleteMessages",
            {"message_ids": [1] * 101},
            "too many message identifiers specified",
        ),
        ("deleteMessages", {"message_ids": ["1"]}, "message identifier must be a Number"),
        ("setWebhook", {"url": "https://["}, "bad webhook: Wrong port number specified in the URL"),
        ("setMyCommands", {"commands": "[" * 90_000}, "can't parse commands JSON object"),
        ("deleteMessages", {"message_ids": 1}, "expected an Array of message identifiers"),
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendPhoto", {"photo": "x"}, "wrong file identifier/HTTP URL specified"),
        ("sendDocument", {"document": "https://a.cn/b"}, "failed to get HTTP URL content"),
        ("sendDocument", {"caption": "x" * 1025}, "message caption is too long"),
        ("sendMediaGroup", {}, "expected an Array of InputMedia"),
        ("sendMediaGroup", {"media": []}, "there are no messages to send"),
        ("sendMediaGroup", {"media": [{}] * 11}, "too many messages to send as an album"),
        ("sendMediaGroup", {"media": ["x"]}, "can't parse InputMedia: expected an Object"),
        ("sendChatAction", {"action": "sing"}, "wrong parameter action in request"),
        (
            "forwardMessage",
            {"from_chat_id": 42, "message_id": 1},
            "chat not found",
        ),
        ("getFile", {}, "file_id not specified"),
        ("getFile", {"file_id": "x"}, "invalid file_id"),
        (
            "answerCallbackQuery",
            {"callback_query_id": "42"},
            "query is too old and response timeout expired or query ID is invalid",
        ),
        ("getChatMember", {"user_id": 42}, "PARTICIPANT_ID_INVALID"),
        ("getChatMember", {}, "invalid user_id specified"),
        ("getChatAdministrators", {}, "there are no administrators in the private chat"),
        ("leaveChat", {}, "chat member status can't be changed in private chats"),
        ("pinChatMessage", {"message_id": 999}, "message to pin not found"),
        ("unpinChatMessage", {}, "message to unpin not found"),
        ("setMessageReaction", {"message_id": 999}, "message to react not found"),
        (
            "setMessageReaction",
            {"message_id": 1, "reaction": 1},
            "expected an Array of ReactionType",
        ),
        ("setMyCommands", {"commands": "["}, "can't parse commands JSON object"),
        ("setMyCommands", {"commands": "{}x"}, "can't parse commands JSON object"),
        ("setMyCommands", {"commands": {"a": 1}}, "expected an Array of BotCommand"),
        ("setMyCommands", {"commands": [1]}, "can't parse BotCommand: expected an Object"),
        (
            "setMyCommands",
            {"commands": [{"command": "a"}]},
            "can't parse BotCommand: Can't find field \"description\"",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "/", "description": "x"}]},
            "command must be non-empty",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "x" * 33, "description": "x"}]},
            "command length must not exceed 32",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": " "}]},
            "command description must be non-empty",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": "x" * 257}]},
            "command description length must not exceed 256",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "Ask", "description": "x"}]},
            "BOT_COMMAND_INVALID",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": "x"}] * 101},
            "BOT_COMMANDS_TOO_MUCH",
        ),
        (
            "setMyCommands",
            {"language_code": "chinese"},
            "invalid language code specified",
        ),
        (
            "setMyCommands",
            {"scope": {"type": "x"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        ("setMyCommands", {"scope": {"type": "chat", "chat_id": 42}}, "chat not found"),
        (
            "setChatMenuButton",
            {"menu_button": {"type": "x"}},
            "can't parse menu button: MenuButton has unsupported type",
        ),
        ("setMyName", {"name": "x" * 65}, "NAME_TOO_LONG"),
        (
            "setWebhook",
            {"url": "http://example.com/x"},
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            "setWebhook",
            {"url": "https://example.com:81/x"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        (
            "setWebhook",
            {"url": "https://example.com/x", "secret_token": "a b"},
            "secret token contains unallowed characters",
        ),
    ],
)
async def test_a_call_that_cannot_be_carried_out(
    bot: Any, student: PersonAccount, method: str, params: dict[str, Any], reason: str
) -> None:
    sent = {"chat_id": student.id, **params}
    assert await bot.refusal(method, **sent) == (400, f"Bad Request: {reason}")


async def test_nobody_is_written_to_who_has_not_started(bot: Any) -> None:
    stranger = bot.world.add_person("陌生人")
    assert await bot.refusal("sendMessage", chat_id=stranger.id, text="x") == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )


async def test_who_blocked_the_bot_is_not_written_to(bot: Any, student: PersonAccount) -> None:
    bot.world.block(student.id)
    assert await bot.refusal("sendMessage", chat_id=student.id, text="x") == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    bot.world.unblock(student.id)
    await bot.call("sendMessage", chat_id=student.id, text="x")


async def test_a_deleted_account_is_not_written_to(bot: Any, student: PersonAccount) -> None:
    bot.world.deactivate(student.id)
    for method in ("sendMessage", "editMessageText"):
        assert await bot.refusal(method, chat_id=student.id, text="x", message_id=1) == (
            403,
            "Forbidden: user is deactivated",
        )


async def test_a_group_the_bot_was_put_out_of_refuses_it(bot: Any, student: PersonAccount) -> None:
    group = bot.world.add_group("党员群", [student.id])
    bot.world.kick_bot(group, by=student.id)
    assert await bot.refusal("sendMessage", chat_id=group, text="x") == (
        403,
        "Forbidden: bot was kicked from the group chat",
    )


async def test_a_group_the_bot_left_refuses_it(bot: Any, student: PersonAccount) -> None:
    group = bot.world.add_group("党员群", [student.id], supergroup=True)
    await bot.call("leaveChat", chat_id=group)
    assert await bot.refusal("sendMessage", chat_id=group, text="x") == (
        403,
        "Forbidden: bot is not a member of the supergroup chat",
    )


async def test_a_group_that_became_a_supergroup_names_its_new_id(
    bot: Any, student: PersonAccount
) -> None:
    group = bot.world.add_group("党员群", [student.id])
    new = bot.world.migrate(group)
    assert await bot.answer("sendMessage", chat_id=group, text="x") == (
        400,
        {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": new},
        },
    )
    sent = await bot.call("sendMessage", chat_id=new, text="x")
    assert sent["chat"] == {"id": new, "type": "supergroup", "title": "党员群"}


async def test_an_edit_that_changes_nothing_is_refused(bot: Any, student: PersonAccount) -> None:
    message = {"chat_id": student.id, "text": "x", "reply_markup": keyboard(BUTTON)}
    sent = await bot.call("sendMessage", **message)
    message_id = sent["message_id"]
    refused = (
        400,
        (
            "Bad Request: message is not modified: specified new message content and reply markup"
            " are exactly the same as a current content and reply markup of the message"
        ),
    )
    assert await bot.refusal("editMessageText", message_id=message_id, **message) == refused
    markup = {"chat_id": student.id, "message_id": message_id, "reply_markup": keyboard(BUTTON)}
    assert await bot.refusal("editMessageReplyMarkup", **markup) == refused
    await bot.call("editMessageText", message_id=message_id, chat_id=student.id, text="x")


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(
    bot: Any, student: PersonAccount
) -> None:
    sent = await bot.call(
        "sendMessage", chat_id=student.id, text="x", reply_markup={"keyboard": [["a"]]}
    )
    message = {"chat_id": student.id, "message_id": sent["message_id"], "text": "y"}
    assert await bot.refusal("editMessageText", **message) == (
        400,
        "Bad Request: message can't be edited",
    )


async def test_a_reply_keyboard_cannot_come_with_an_edit(bot: Any, student: PersonAccount) -> None:
    sent = await bot.call("sendMessage", chat_id=student.id, text="x")
    assert await bot.refusal(
        "editMessageText",
        chat_id=student.id,
        message_id=sent["message_id"],
        text="y",
        reply_markup={"keyboard": [["a"]]},
    ) == (400, "Bad Request: inline keyboard expected")


async def test_a_message_of_two_days_ago_cannot_be_deleted(
    bot: Any, student: PersonAccount
) -> None:
    sent = await bot.call("sendMessage", chat_id=student.id, text="x")
    message = {"chat_id": student.id, "message_id": sent["message_id"]}
    await bot.world.clock.move_to(bot.world.clock.now() + timedelta(hours=49))
    assert await bot.refusal("deleteMessage", **message) == (
        400,
        "Bad Request: message can't be deleted for everyone",
    )


async def test_in_a_group_the_bot_deletes_only_its_own(bot: Any, student: PersonAccount) -> None:
    group = bot.world.add_group("党员群", [student.id])
    message_id = bot.world.say(student.id, group, "x")
    message = {"chat_id": group, "message_id": message_id}
    assert await bot.refusal("deleteMessage", **message) == (
        400,
        "Bad Request: message can't be deleted",
    )
    bot.world.add_bot(group, by=student.id, as_admin=True)
    assert await bot.call("deleteMessage", **message) is True


async def test_in_a_group_only_an_administrator_pins(bot: Any, student: PersonAccount) -> None:
    group = bot.world.add_group("党员群", [student.id])
    message_id = bot.world.say(student.id, group, "x")
    assert await bot.refusal("pinChatMessage", chat_id=group, message_id=message_id) == (
        400,
        "Bad Request: not enough rights to manage pinned messages in the chat",
    )


async def test_a_wrong_token_is_unauthorized_and_a_malformed_one_not_found(bot: Any) -> None:
    wrong = f"{bot.server.api_url}/bot123456789:{'A' * 35}/getMe"
    malformed = f"{bot.server.api_url}/bot123/getMe"
    for url, status, description in ((wrong, 401, "Unauthorized"), (malformed, 404, "Not Found")):
        async with bot.http.get(url) as answer:
            body = {"ok": False, "error_code": status, "description": description}
            assert (answer.status, await answer.json()) == (status, body)


@pytest.mark.parametrize("method", ["sendSong", "", "sendMessage/x"])
async def test_an_unknown_method_is_not_found(bot: Any, method: str) -> None:
    assert await bot.refusal(method) == (404, "Not Found")


async def test_a_body_that_is_no_json_is_refused(bot: Any) -> None:
    for body, reason in ((b"{", "can't parse JSON object"), (b"[]", "object expected")):
        async with bot.http.post(
            f"{bot.url}/getMe", data=body, headers={"Content-Type": "application/json"}
        ) as answer:
            told = await answer.json()
        assert told["description"] == f"Bad Request: {reason}"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b"no form"),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n"),
        ("application/json", b"\xff"),
        ("application/json", b"[" * 100_000),
        ("text/plain", b"x"),
    ],
)
async def test_a_body_of_any_kind_is_answered(bot: Any, kind: str, body: bytes) -> None:
    headers = {"Content-Type": kind}
    async with bot.http.post(f"{bot.url}/sendMessage", data=body, headers=headers) as answer:
        told = await answer.json()
    assert (answer.status, told["ok"]) == (400, False)
