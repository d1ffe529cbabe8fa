"""One peer's broadcast; run by the Python of the environment in which that peer is installed.

python benchmarks/delivery_peer.py NAME API TOKEN LETTERS
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from importlib import import_module
from typing import Any

TEXT = (
    "<b>组织生活通知</b>\n\n本周四（11 月 26 日）19:00 在材料楼 A204 开会，"
    "请带上笔记本，提前十分钟到场。"
)
AT_ONCE = 100
FIRST_CHAT = 1_000_000
Broadcast = Callable[[str, str, Sequence[int]], Coroutine[Any, Any, None]]


async def plain(api: str, token: str, chats: Sequence[int]) -> None:
    """python-telegram-bot as it comes."""
    telegram = import_module("telegram")
    async with telegram.Bot(token, base_url=f"{api}/bot") as bot:
        await _gathered(lambda chat: bot.send_message(chat, TEXT, parse_mode="HTML"), chats)


async def with_limiter(api: str, token: str, chats: Sequence[int]) -> None:
    """The same through its rate limiter, set to a rate that nobody reaches."""
    ext = import_module("telegram.ext")
    limiter = ext.AIORateLimiter(overall_max_rate=1_000_000, overall_time_period=1)
    async with ext.ExtBot(token, base_url=f"{api}/bot", rate_limiter=limiter) as bot:
        await _gathered(lambda chat: bot.send_message(chat, TEXT, parse_mode="HTML"), chats)


async def aiogram(api: str, token: str, chats: Sequence[int]) -> None:
    async with _aiogram_bot(api, token) as bot:
        await _gathered(lambda chat: bot.send_message(chat, TEXT), chats)


async def aiogram_broadcaster(api: str, token: str, chats: Sequence[int]) -> None:
    broadcaster = import_module("aiogram_broadcaster").Broadcaster
    content = import_module("aiogram_broadcaster.contents").TextContent(text=TEXT)
    async with _aiogram_bot(api, token) as bot:
        mailer = await broadcaster(bot).create_mailer(chats=chats, content=content)
        await mailer.start()


async def telegram_broadcast(api: str, token: str, chats: Sequence[int]) -> None:
    """Its sequential strategy: the pools make a bot, and a connection, for every letter."""
    telegram = import_module("telegram")
    bot = telegram.Bot
    # it has no setting for the server
    vars(telegram)["Bot"] = lambda token: bot(token, base_url=f"{api}/bot")
    module = import_module("python_telegram_broadcast")
    await module.handle_broadcast(
        [(chat, "") for chat in chats],
        token,
        module.BroadcastMethodType.TEXT,
        module.BroadcastStrategyType.ASYNCIO_SEQUENTIAL,
        TEXT,
        "",
    )


def _aiogram_bot(api: str, token: str) -> Any:
    client = import_module("aiogram.client.session.aiohttp")
    server = import_module("aiogram.client.telegram").TelegramAPIServer.from_base(api)
    default = import_module("aiogram.client.default").DefaultBotProperties(parse_mode="HTML")
    session = client.AiohttpSession(api=server)
    return import_module("aiogram").Bot(token, session=session, default=default)


async def _gathered(send: Callable[[int], Awaitable[object]], chats: Sequence[int]) -> None:
    """All at once, but no more than the connections: a pool that is waited for too long fails."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(chat: int) -> None:
        async with places:
            await send(chat)

    await asyncio.gather(*(one(chat) for chat in chats))


BROADCASTS: dict[str, Broadcast] = {
    "plain": plain,
    "with_limiter": with_limiter,
    "aiogram": aiogram,
    "aiogram_broadcaster": aiogram_broadcaster,
    "telegram_broadcast": telegram_broadcast,
}


if __name__ == "__main__":
    name, api, token, letters = sys.argv[1:]
    chats = range(FIRST_CHAT, FIRST_CHAT + int(letters))
    asyncio.run(BROADCASTS[name](api, token, chats))
