"""The transport by itself, opened for a test."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telegram.request import BaseRequest

from bot.transport import AiohttpRequest

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


@asynccontextmanager
async def carrying(**options: Any) -> AsyncIterator[AiohttpRequest]:
    transport = AiohttpRequest(**options)
    await transport.initialize()
    try:
        yield transport
    finally:
        await transport.shutdown()


async def get_me(transport: BaseRequest, address: str, token: str, **timeouts: Any) -> Any:
    status, body = await transport.do_request(f"{address}/bot{token}/getMe", "POST", **timeouts)
    return status, json.loads(body)
