"""Carries the library's requests over aiohttp: a fraction of the stock transport's CPU.

The library asks for an implementation of its `BaseRequest`; everything above it stays as it is.
"""

import json
from typing import Any, Final

import aiohttp
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECTIONS: Final = 64
READ_TIMEOUT: Final = 15.0
CONNECT_TIMEOUT: Final = 10.0
MEDIA_TIMEOUT: Final = 60.0


class NotSent(NetworkError):
    """The request never reached Telegram: sending it again cannot double anything."""


class AiohttpRequest(BaseRequest):
    """One pool of connections. `proxy` is an http or socks5 address, or None."""

    def __init__(self, *, proxy: str | None = None, connections: int = CONNECTIONS) -> None:
        self._proxy = proxy
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self._proxy_faults: tuple[type[Exception], ...] = ()

    @property
    def read_timeout(self) -> float | None:
        return READ_TIMEOUT

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=self._connector(),
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=False,
            )

    def _connector(self) -> aiohttp.BaseConnector:
        if self._proxy is None or not self._proxy.startswith("socks"):
            return aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300)
        import aiohttp_socks  # noqa: PLC0415 -- few need such a proxy

        self._proxy_faults = (
            aiohttp_socks.ProxyConnectionError,
            aiohttp_socks.ProxyTimeoutError,
            aiohttp_socks.ProxyError,
        )
        return aiohttp_socks.ProxyConnector.from_url(self._proxy, limit=self._connections)

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer; NetworkError for a page in its place, as networks with a login send it."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            raise NetworkError("the answer is not Telegram's") from None
        if not isinstance(answer, dict):
            raise NetworkError("the answer is not Telegram's")
        return answer

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 -- the library's signature; waiting for a connection counts as waiting for the answer
    ) -> tuple[int, bytes]:
        """The status and the body. Raises NotSent, TimedOut, NetworkError; none names the url."""
        if self._session is None:
            raise NotSent("the transport is closed")
        files = request_data is not None and request_data.contains_files
        read = _seconds(read_timeout, READ_TIMEOUT)
        write = _seconds(write_timeout, MEDIA_TIMEOUT) if files else 0.0
        timeout = aiohttp.ClientTimeout(
            total=read + write, sock_connect=_seconds(connect_timeout, CONNECT_TIMEOUT)
        )
        proxy = self._proxy if self._proxy and not self._proxy.startswith("socks") else None
        try:
            async with self._session.request(
                method, url, timeout=timeout, proxy=proxy, **_body(request_data)
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(f"could not connect: {_reason(error)}") from None
        except self._proxy_faults as error:
            raise NotSent(f"the proxy did not connect: {error}") from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            # what aiohttp says may hold the address, and the address holds the token
            raise NetworkError(f"the connection broke: {_reason(error)}") from None


def _seconds(value: ODVInput[float], usual: float) -> float:
    return value if isinstance(value, int | float) else usual


def _reason(error: BaseException) -> str:
    inner = getattr(error, "os_error", None) or error
    words = getattr(inner, "strerror", None)
    return f"{type(error).__name__}{f': {words}' if words else ''}"


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        return {"data": data.json_payload, "headers": {"Content-Type": "application/json"}}
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, mime) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=file_name, content_type=mime)
    return {"data": form}
