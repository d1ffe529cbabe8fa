"""Inline queries: typed in any chat, answered once, and a result becomes a message there."""

from datetime import timedelta
from typing import Any

import pytest

from playground.errors import NoSuchResult, NotInTheChat
from playground.model import PersonAccount


def article(id_: str = "a", **more: object) -> dict[str, object]:
    content = {"message_text": "<b>初试</b>：12 月", "parse_mode": "HTML"}
    return {
        "type": "article",
        "id": id_,
        "title": "初试几号",
        "input_message_content": content,
        **more,
    }


async def test_a_query_arrives_and_a_result_is_sent_in_the_persons_name(
    bot: Any, student: PersonAccount
) -> None:
    group = bot.world.add_group("班群", [student.id], with_bot=False)
    query_id = bot.world.ask_inline(student.id, group, "几号考")
    [update] = await bot.updates()
    query = update["inline_query"]
    assert (query["id"], query["query"], query["offset"]) == (query_id, "几号考", "")
    assert (query["from"]["id"], query["chat_type"]) == (student.id, "group")
    assert bot.world.offered(query_id) is None

    markup = {"inline_keyboard": [[{"text": "更多", "url": "https://t.me/x?start=y"}]]}
    results = [article("a", reply_markup=markup), article("b")]
    assert await bot.call("answerInlineQuery", inline_query_id=query_id, results=results) is True
    sent = bot.world.choose_inline(student.id, group, query_id, "a")

    [message] = bot.world.history(group)
    assert (message.id, message.from_id, message.via_bot) == (sent, student.id, True)
    assert message.html == "<b>初试</b>：12 月"
    assert message.buttons == [[("更多", "https://t.me/x?start=y")]]


async def test_what_is_sent_by_it_reaches_the_bot_where_it_is(
    bot: Any, student: PersonAccount
) -> None:
    group = bot.world.add_group("班群", [student.id])
    query_id = bot.world.ask_inline(student.id, group, "")
    await bot.call("answerInlineQuery", inline_query_id=query_id, results=[article()])
    bot.world.queue.clear()
    bot.world.choose_inline(student.id, group, query_id, "a")
    [update] = await bot.updates()
    assert update["message"]["via_bot"]["id"] == bot.world.bot_id
    assert update["message"]["from"]["id"] == student.id


async def test_the_bot_says_that_it_can_be_asked_so(bot: Any) -> None:
    assert (await bot.call("getMe"))["supports_inline_queries"] is True


async def test_only_what_was_offered_to_oneself_can_be_sent(
    bot: Any, student: PersonAccount
) -> None:
    other = bot.world.add_person("小红")
    query_id = bot.world.ask_inline(student.id, student.id, "x")
    with pytest.raises(NoSuchResult):
        bot.world.choose_inline(student.id, student.id, query_id, "a")
    await bot.call("answerInlineQuery", inline_query_id=query_id, results=[article()])
    for person, result in ((student.id, "b"), (other.id, "a")):
        with pytest.raises(NoSuchResult):
            bot.world.choose_inline(person, person, query_id, result)
    with pytest.raises(NotInTheChat):
        bot.world.ask_inline(student.id, other.id, "x")


async def test_an_answer_may_lead_into_private(bot: Any, student: PersonAccount) -> None:
    query_id = bot.world.ask_inline(student.id, student.id, "x")
    button = {"text": "私聊问", "start_parameter": "start"}
    await bot.call("answerInlineQuery", inline_query_id=query_id, results=[], button=button)
    answer = bot.world.offered(query_id)
    assert (answer.results, answer.button) == ((), button)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"results": {}}, "expected an Array of inline query results"),
        (
            {"results": [article(str(each)) for each in range(51)]},
            "too many inline query results specified",
        ),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article("")]}, "RESULT_ID_EMPTY"),
        ({"results": [article("考" * 22)]}, "RESULT_ID_INVALID"),
        ({"results": [article(title="")]}, "ARTICLE_TITLE_EMPTY"),
        (
            {"results": [article(input_message_content={})]},
            "can't parse inline query result: Can't find field \"message_text\"",
        ),
        (
            {"results": [article(input_message_content={"message_text": " "})]},
            "message text is empty",
        ),
        (
            {"results": [article(input_message_content={"message_text": "考" * 4097})]},
            "MESSAGE_TOO_LONG",
        ),
        (
            {
                "results": [
                    article(input_message_content={"message_text": "<b>x", "parse_mode": "HTML"})
                ]
            },
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"results": [], "button": {"text": "x"}}, "can't use empty start_parameter"),
        (
            {"results": [], "button": {"text": "x", "start_parameter": "a b"}},
            "unallowed characters in start_parameter are used",
        ),
        (
            {"results": [], "button": {"text": "x", "start_parameter": "a" * 65}},
            "too long start_parameter specified",
        ),
    ],
)
async def test_an_answer_is_checked_as_telegram_checks_it(
    bot: Any, student: PersonAccount, answer: dict[str, object], reason: str
) -> None:
    query_id = bot.world.ask_inline(student.id, student.id, "x")
    assert await bot.refusal("answerInlineQuery", inline_query_id=query_id, **answer) == (
        400,
        f"Bad Request: {reason}",
    )
    assert bot.world.offered(query_id) is None


async def test_an_answer_must_come_soon(bot: Any, student: PersonAccount) -> None:
    query_id = bot.world.ask_inline(student.id, student.id, "x")
    too_old = (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    )
    assert await bot.refusal("answerInlineQuery", inline_query_id="7", results=[]) == too_old
    await bot.world.clock.move_to(bot.world.clock.now() + timedelta(minutes=1))
    assert await bot.refusal("answerInlineQuery", inline_query_id=query_id, results=[]) == too_old
