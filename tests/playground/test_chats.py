"""The bot can look up chats and who is in them."""

from typing import Any

from playground.model import PersonAccount


async def test_the_bot_knows_itself(bot: Any) -> None:
    me = await bot.call("getMe")
    assert (me["is_bot"], me["first_name"], me["username"]) == (
        True,
        "领航",
        "linghang_playground_bot",
    )
    assert bot.world.token.startswith(f"{me['id']}:")
    assert await bot.call("close") is True
    assert await bot.call("logOut") is True


async def test_a_chat_is_shown_with_what_it_is(bot: Any, student: PersonAccount) -> None:
    private = await bot.call("getChat", chat_id=student.id)
    assert (private["type"], private["first_name"]) == ("private", "小明")
    group = bot.world.add_group("党员群", [student.id])
    shown = await bot.call("getChat", chat_id=group)
    assert (shown["type"], shown["title"]) == ("group", "党员群")


async def test_members_are_told_with_their_standing(bot: Any, student: PersonAccount) -> None:
    member, stranger = bot.world.add_person("小红"), bot.world.add_person("小刚")
    group = bot.world.add_group("党员群", [student.id, member.id])

    async def standing(user_id: int) -> object:
        return (await bot.call("getChatMember", chat_id=group, user_id=user_id))["status"]

    assert await standing(student.id) == "creator"
    assert await standing(member.id) == "member"
    assert await standing(stranger.id) == "left"
    assert await standing(bot.world.bot["id"]) == "member"
    assert await bot.call("getChatMemberCount", chat_id=group) == 3
    bot.world.join(group, member.id, as_admin=True)
    leaders = await bot.call("getChatAdministrators", chat_id=group)
    assert [(leader["user"]["id"], leader["status"]) for leader in leaders] == [
        (student.id, "creator"),
        (member.id, "administrator"),
    ]
    assert await bot.call("getChatMemberCount", chat_id=student.id) == 2


async def test_in_private_both_are_members(bot: Any, student: PersonAccount) -> None:
    member = await bot.call("getChatMember", chat_id=student.id, user_id=student.id)
    assert member["status"] == "member"


async def test_a_reaction_is_taken(bot: Any, student: PersonAccount) -> None:
    reaction = [{"type": "emoji", "emoji": "👍"}]
    message = {"chat_id": student.id, "message_id": 1, "reaction": reaction}
    assert await bot.call("setMessageReaction", **message) is True


async def test_a_group_with_topics_opens_one_for_an_administrator(
    bot: Any, student: PersonAccount
) -> None:
    plain = bot.world.add_group("没话题", [student.id])
    group = bot.world.add_group("党员群", [student.id], topics=True)
    assert (await bot.call("getChat", chat_id=group))["is_forum"] is True
    topic = {"chat_id": group, "name": "#1 怎么选"}
    assert (await bot.refusal("createForumTopic", **topic))[1] == (
        "Bad Request: not enough rights to create a topic"
    )
    bot.world.add_bot(group, by=student.id, as_admin=True)
    assert (await bot.refusal("createForumTopic", chat_id=plain, name="x"))[1] == (
        "Bad Request: the chat is not a forum"
    )
    thread = (await bot.call("createForumTopic", **topic))["message_thread_id"]
    said = {"chat_id": group, "text": "新的"}
    sent = await bot.call("sendMessage", message_thread_id=thread, **said)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
    # a reply stands where the message stands that it answers
    reply = bot.world.say(student.id, group, "我来", reply_to=sent["message_id"])
    assert bot.world.message(group, reply).thread == thread
    assert "is_topic_message" not in await bot.call("sendMessage", **said)
    assert (await bot.refusal("sendMessage", message_thread_id=99, **said))[1] == (
        "Bad Request: message thread not found"
    )
