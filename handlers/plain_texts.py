"""The short way for what most letters are: one text, of whose message only the number is needed.

The library's `send_message` takes every option apart and makes an object of every part of the
answer; for a letter to each of thousands that is most of the work. What it sends, through which
limiter, over which transport, and which errors are raised is the same.
"""

import json
from typing import Any

from telegram.ext import ExtBot

_METHOD = "sendMessage"


class ReadyData:
    """What a transport asks of the library's `RequestData`, for parameters without files."""

    contains_files = False

    def __init__(self, parameters: dict[str, Any]) -> None:
        self._parameters = parameters

    @property
    def json_payload(self) -> bytes:
        return json.dumps(self._parameters, ensure_ascii=False, separators=(",", ":")).encode()

    @property
    def json_parameters(self) -> dict[str, str]:
        return {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in self._parameters.items()
        }

    @property
    def multipart_data(self) -> dict[str, Any]:
        return {}


async def send_text(bot: ExtBot[Any], parameters: dict[str, Any], lane: str | None) -> int:
    """Send what the parameters of the Bot API's method say; the message's number."""
    # it is the library's RequestData in all but name
    request: dict[str, Any] = {
        "url": f"{bot.base_url}/{_METHOD}",
        "request_data": ReadyData(parameters),
    }
    if bot.rate_limiter is None:
        sent = await bot.request.post(**request)
    else:
        sent = await bot.rate_limiter.process_request(
            callback=bot.request.post,
            args=(),
            kwargs=request,
            endpoint=_METHOD,
            data=parameters,
            rate_limit_args=lane,
        )
    assert isinstance(sent, dict)
    return int(sent["message_id"])
