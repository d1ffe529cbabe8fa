"""Everybody sees the command menu that is meant for them, and the bot's own words about itself."""

from typing import Any

import pytest

from playground.model import PersonAccount


def menu(name: str) -> list[dict[str, str]]:
    return [{"command": name, "description": "说明"}]


async def test_the_narrowest_menu_in_the_own_language_wins(
    bot: Any, student: PersonAccount
) -> None:
    chat = {"type": "chat", "chat_id": student.id}
    private = {"type": "all_private_chats"}
    for scope, language, name in (
        (None, "", "default"),
        (None, "zh", "default_zh"),
        (private, "", "private"),
        (private, "zh", "private_zh"),
        (chat, "", "chat"),
    ):
        params: dict[str, object] = {"commands": menu(name), "language_code": language}
        if scope is not None:
            params["scope"] = scope
        await bot.call("setMyCommands", **params)

    def seen() -> str:
        [command] = bot.world.commands_for(student.id, student.id)
        return str(command["command"])

    assert seen() == "chat"
    assert await bot.call("getMyCommands", scope=chat) == menu("chat")
    await bot.call("deleteMyCommands", scope=chat)
    assert seen() == "private_zh"
    await bot.call("deleteMyCommands", scope=private, language_code="zh")
    assert seen() == "private"
    await bot.call("setMyCommands", scope=private, commands=[])
    assert seen() == "default_zh"


@pytest.mark.parametrize(
    ("scopes", "leader", "other"),
    [
        ([{"type": "all_group_chats"}], "0", "0"),
        ([{"type": "all_group_chats"}, {"type": "all_chat_administrators"}], "1", "0"),
        ([{"type": "all_chat_administrators"}, {"type": "chat"}], "1", "1"),
        ([{"type": "chat"}, {"type": "chat_administrators"}], "1", "0"),
        ([{"type": "chat_administrators"}, {"type": "chat_member"}], "0", "1"),
    ],
)
async def test_in_a_group_leaders_and_single_members_have_their_own(
    bot: Any,
    student: PersonAccount,
    scopes: list[dict[str, object]],
    leader: str,
    other: str,
) -> None:
    member = bot.world.add_person("小红")
    group = bot.world.add_group("党员群", [student.id, member.id])
    for number, scope in enumerate(scopes):
        if scope["type"] in ("chat", "chat_administrators", "chat_member"):
            scope = {**scope, "chat_id": group, "user_id": member.id}  # noqa: PLW2901 -- completed
        await bot.call("setMyCommands", scope=scope, commands=menu(str(number)))

    def seen(person_id: int) -> list[str]:
        return [command["command"] for command in bot.world.commands_for(person_id, group)]

    assert seen(student.id) == [leader]
    assert seen(member.id) == ([other] if other else [])


async def test_the_bot_tells_of_itself_in_each_language(bot: Any) -> None:
    await bot.call("setMyDescription", description="考研助手")
    await bot.call("setMyDescription", description="A guide", language_code="en")
    await bot.call("setMyShortDescription", short_description="领航")
    await bot.call("setMyName", name="领航二号")
    assert await bot.call("getMyDescription", language_code="en") == {"description": "A guide"}
    assert await bot.call("getMyDescription", language_code="fr") == {"description": "考研助手"}
    assert await bot.call("getMyShortDescription") == {"short_description": "领航"}
    assert (await bot.call("getMe"))["first_name"] == "领航二号"


async def test_the_menu_button_is_kept_for_a_chat_and_for_all(
    bot: Any, student: PersonAccount
) -> None:
    await bot.call("setChatMenuButton", menu_button={"type": "default"})
    await bot.call("setChatMenuButton", chat_id=student.id, menu_button={"type": "commands"})
    assert await bot.call("getChatMenuButton") == {"type": "default"}
    assert await bot.call("getChatMenuButton", chat_id=student.id) == {"type": "commands"}
