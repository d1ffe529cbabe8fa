"""Answers to inline queries: articles that become messages when somebody takes one."""

import re
from typing import Final

from msgspec.structs import replace

from playground.errors import BadRequest
from playground.formatting import LONGEST_TEXT, Formatted, formatted
from playground.inline import QUERY_LIFETIME
from playground.keyboards import inline_only, markup_from
from playground.methods.registry import Methods
from playground.model import InlineAnswer, InlineResult, Json
from playground.params import Params
from playground.world import World

_MOST_RESULTS: Final = 50
_LONGEST_ID: Final = 64
_LONGEST_PAYLOAD: Final = 64
_PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]*")


def answer_inline_query(world: World, params: Params) -> bool:
    """Show the results to who asked; a later answer to the same query takes their place."""
    answer = InlineAnswer(results=_results(params), button=_button(params))
    asked = world.inline_queries.get(params.text("inline_query_id"))
    if asked is None or world.clock.timestamp() - asked.at > QUERY_LIFETIME:
        raise BadRequest("query is too old and response timeout expired or query ID is invalid")
    world.inline_queries[asked.id] = replace(asked, answer=answer)
    world.show_results(asked, answer)
    return True


def _results(params: Params) -> tuple[InlineResult, ...]:
    given = params.structure("results", "inline query results")
    if given is None:
        return ()
    if not isinstance(given, list):
        raise BadRequest("expected an Array of inline query results")
    if len(given) > _MOST_RESULTS:
        raise BadRequest("too many inline query results specified")
    results = tuple(_result(each) for each in given)
    if len({result.id for result in results}) < len(results):
        raise BadRequest("RESULT_ID_DUPLICATE")
    return results


def _result(given: object) -> InlineResult:
    if not isinstance(given, dict):
        raise _unreadable("expected an Object")
    if given.get("type") != "article":
        raise _unreadable("the playground knows articles only")
    told = Params(given)
    content = given.get("input_message_content")
    if not isinstance(content, dict) or "message_text" not in content:
        raise _unreadable('Can\'t find field "message_text"')
    if not told.text("title").strip():
        raise BadRequest("ARTICLE_TITLE_EMPTY")
    text, entities = _message(Params(content))
    return InlineResult(
        id=_id(told.text("id")),
        title=told.text("title"),
        description=told.text("description"),
        text=text,
        entities=entities,
        markup=inline_only(markup_from(given.get("reply_markup"))),
    )


def _id(given: str) -> str:
    if not given:
        raise BadRequest("RESULT_ID_EMPTY")
    if len(given.encode("utf-8", "surrogatepass")) > _LONGEST_ID:
        raise BadRequest("RESULT_ID_INVALID")
    return given


def _message(content: Params) -> Formatted:
    text, entities = formatted(
        content.text("message_text"),
        content.text("parse_mode"),
        content.structure("entities", "entities"),
        longest=LONGEST_TEXT,
        too_long="MESSAGE_TOO_LONG",
    )
    if not text:
        raise BadRequest("message text is empty")
    return text, entities


def _button(params: Params) -> Json | None:
    given = params.structure("button", "inline query results button")
    if given is None:
        return None
    if not isinstance(given, dict) or not str(given.get("text", "")).strip():
        raise BadRequest("can't parse InlineQueryResultsButton: text must be non-empty")
    payload = str(given.get("start_parameter") or "")
    if not payload:
        raise BadRequest("can't use empty start_parameter")
    if len(payload) > _LONGEST_PAYLOAD:
        raise BadRequest("too long start_parameter specified")
    if not _PAYLOAD.fullmatch(payload):
        raise BadRequest("unallowed characters in start_parameter are used")
    return {"text": str(given["text"]), "start_parameter": payload}


def _unreadable(reason: str) -> BadRequest:
    return BadRequest(f"can't parse inline query result: {reason}")


METHODS: Methods = {"answerInlineQuery": answer_inline_query}
