"""People ask the bot in any chat, by typing after its name, and drop a result into that chat."""

import secrets
from typing import Final

from playground import api_json, page_json
from playground.errors import NoSuchResult
from playground.groups import GroupDeeds
from playground.model import ChatKind, InlineAnswer, InlineQuery, InlineResult, Json

# An inline query can be answered for so long, in seconds.
QUERY_LIFETIME: Final = 30.0
_LONGEST_QUERY: Final = 256
_MOST_KEPT: Final = 10_000


class InlineDeeds(GroupDeeds):
    def ask_inline(self, person_id: int, chat_id: int, query: str) -> str:
        """Type after the bot's name, in a chat where it need not be; the query's id."""
        self.check_may_write(person_id, chat_id)
        asked = InlineQuery(
            id=str(secrets.randbits(62)),
            person_id=person_id,
            chat_id=chat_id,
            at=self.clock.timestamp(),
        )
        self.inline_queries[asked.id] = asked
        while len(self.inline_queries) > _MOST_KEPT:
            del self.inline_queries[next(iter(self.inline_queries))]
        self.put_update("inline_query", self._inline_query(asked, query[:_LONGEST_QUERY]))
        return asked.id

    def offered(self, query_id: str) -> InlineAnswer | None:
        """What the bot has answered to an inline query; None while it has not."""
        return self.inline_queries[query_id].answer

    def choose_inline(self, person_id: int, chat_id: int, query_id: str, result_id: str) -> int:
        """Send one of the results into the chat, in one's own name; the message's id."""
        result = self._result(person_id, query_id, result_id)
        return self.send(
            person_id,
            chat_id,
            text=result.text,
            entities=result.entities,
            markup=result.markup,
            via_bot=True,
        )

    def show_results(self, asked: InlineQuery, answer: InlineAnswer) -> None:
        """Tell the page of who asked what the bot offers."""
        if self.is_heard:
            self.tell(
                {
                    "type": "inline_results",
                    "person_id": asked.person_id,
                    "chat_id": asked.chat_id,
                    "query_id": asked.id,
                    **page_json.inline_answer(answer),
                }
            )

    def _result(self, person_id: int, query_id: str, result_id: str) -> InlineResult:
        asked = self.inline_queries.get(query_id)
        offered = asked.answer.results if asked and asked.answer else ()
        for result in offered:
            if result.id == result_id and asked and asked.person_id == person_id:
                return result
        raise NoSuchResult(f"nobody has offered {result_id!r} to person {person_id}")

    def _inline_query(self, asked: InlineQuery, query: str) -> Json:
        chat = self.chat(asked.chat_id)
        private = chat.kind is ChatKind.PRIVATE
        return {
            "id": asked.id,
            "from": api_json.user(self, asked.person_id),
            "query": query,
            "offset": "",
            # private chats here are all with the bot itself
            "chat_type": "sender" if private else chat.kind.value,
        }
