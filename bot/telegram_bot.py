"""The library's bot, with updates fetched raw: to be kept before they are understood."""

from typing import Any

from telegram import Update
from telegram.ext import ExtBot

UPDATE_KINDS = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
)
ANSWER_GRACE = 10.0


class LinghangBot(ExtBot[str]):
    async def fetch_updates(
        self, *, offset: int | None, wait: float, limit: int = 100
    ) -> list[dict[str, Any]]:
        """Unconfirmed updates from `offset` on, waiting up to `wait` seconds for one."""
        raw = await self._post(
            "getUpdates",
            {
                "offset": offset,
                "timeout": int(wait),
                "limit": limit,
                "allowed_updates": list(UPDATE_KINDS),
            },
            read_timeout=wait + ANSWER_GRACE,
        )
        assert isinstance(raw, list)
        return raw

    async def _post(self, endpoint: str, *args: Any, **kwargs: Any) -> Any:
        """As the library's, but an edited message is not parsed: nobody reads what we wrote."""
        answer = await super()._post(endpoint, *args, **kwargs)
        return True if endpoint == "editMessageText" else answer

    async def rebuild_polling(self) -> None:
        """Throw the polling connections away and open new ones; replies are not disturbed."""
        request = self._request[0]
        await request.shutdown()
        await request.initialize()
