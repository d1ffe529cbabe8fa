"""A Bot API server that is nobody's bottleneck: what a broadcast and its replies need, no more.

A process of its own. It reads each request's text and chat, answers with a whole message as
Telegram would, counts what every chat has got, and can hold to a limit of so many a second.
`.venv/bin/python -m benchmarks.fast_telegram` says its port and serves until it is ended.
"""

import asyncio
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, Final, cast
from urllib.parse import unquote_plus

import uvloop

from playground.errors import CallRefused, TooManyRequests
from playground.html_markup import parse_html
from playground.limits import Limits, Speedometer

_LENGTH: Final = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)
_BOT: Final = {"id": 123456789, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
_ME: Final = _BOT | {"can_join_groups": True, "can_read_all_group_messages": False}
_FIELD: Final = {
    name: re.compile(rf"(?:^|&){name}=([^&]*)".encode()) for name in ("chat_id", "text")
}
_SENT: Final = ("sendMessage", "editMessageText")


class Counts:
    """What has been sent since the last reset; `asked` holds who waits for a reply since when."""

    def __init__(self, per_second: int | None) -> None:
        self.limits = Limits(per_second=per_second)
        self.speed = Speedometer()
        self.chats: Counter[int] = Counter()
        self.refused = 0
        self.first = self.last = 0.0
        self.askers: set[int] = set()
        self.asked: dict[int, float] = {}
        self.waits: list[float] = []

    def sent(self, chat: int, now: float) -> None:
        if chat in self.askers:
            if (asked := self.asked.pop(chat, None)) is not None:
                self.waits.append(now - asked)
            return
        self.first = self.first or now
        self.last = now
        self.chats[chat] += 1

    def told(self) -> dict[str, Any]:
        return {
            "sent": self.chats.total(),
            "chats": len(self.chats),
            "refused": self.refused,
            "first": self.first,
            "last": self.last,
            "waits": self.waits,
            "waiting": len(self.asked),
        }


class Telegram:
    """The state behind all connections."""

    def __init__(self) -> None:
        self.counts = Counts(None)
        self._number = 0
        self._updates: list[dict[str, Any]] = []
        self._polling: list[tuple[Callable[[bytes], None], int]] = []
        self._shown: dict[str, bytes] = {}

    def answer(
        self, path: str, body: bytes, reply: Callable[[bytes], None], *, json_body: bool
    ) -> None:
        method = path.rpartition("/")[2]
        if method in _SENT:
            reply(self._send(*_message_in(body, json_body=json_body)))
        elif method == "getUpdates":
            self._poll(body, reply)
        elif method == "getMe":
            reply(_ok(_ME))
        elif path.startswith("/bench/"):
            reply(_response(json.dumps(self._bench(method, json.loads(body or b"{}"))).encode()))
        else:
            reply(_ok(True))

    def _send(self, chat: int, text: str) -> bytes:
        now = time.monotonic()
        counts = self.counts
        try:
            counts.speed.admit(counts.limits, chat, now)
            shown = self._shown.get(text) or self._show(text)
        except CallRefused as error:
            counts.refused += isinstance(error, TooManyRequests)
            return _refusal(error)
        counts.sent(chat, now)
        self._number += 1
        return _response(
            b'{"ok":true,"result":{"message_id":%d,"from":%b,"chat":{"id":%d,"first_name":"\xe5\xad'
            b'\xa6\xe7\x94\x9f","type":"private"},"date":%d,%b}}'
            % (self._number, _BOT_JSON, chat, int(time.time()), shown)
        )

    def _show(self, text: str) -> bytes:
        shown, entities = parse_html(text)
        parts = json.dumps({"text": shown, "entities": entities}, ensure_ascii=False)
        return self._shown.setdefault(text, parts[1:-1].encode())

    def _poll(self, body: bytes, reply: Callable[[bytes], None]) -> None:
        asked = json.loads(body or b"{}")
        offset = int(asked.get("offset") or 0)
        self._updates = [each for each in self._updates if each["update_id"] >= offset]
        if self._updates or not asked.get("timeout"):
            reply(_ok(self._updates))
            return
        waiting = (reply, offset)
        self._polling.append(waiting)
        asyncio.get_running_loop().call_later(int(asked["timeout"]), self._give_up, waiting)

    def _give_up(self, waiting: tuple[Callable[[bytes], None], int]) -> None:
        if waiting in self._polling:
            self._polling.remove(waiting)
            waiting[0](_ok([]))

    def _bench(self, deed: str, given: dict[str, Any]) -> dict[str, Any]:
        match deed:
            case "reset":
                self.counts = Counts(given.get("per_second"))
            case "say":
                self._say(given["chat"], given["text"])
        return self.counts.told()

    def _say(self, chat: int, text: str) -> None:
        """Somebody writes; the next thing that they hear is the reply."""
        self.counts.askers.add(chat)
        self.counts.asked[chat] = time.monotonic()
        self._number += 1
        person = {"id": chat, "is_bot": False, "first_name": "学生", "language_code": "zh"}
        message = {
            "message_id": self._number,
            "from": person,
            "chat": {"id": chat, "first_name": "学生", "type": "private"},
            "date": int(time.time()),
            "text": text,
        }
        self._updates.append({"update_id": self._number, "message": message})
        for reply, _ in self._polling:
            reply(_ok(self._updates))
        self._polling.clear()


class Connection(asyncio.Protocol):
    """One kept-alive connection; requests come one after another."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._kept = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._kept += data
        while (end := self._kept.find(b"\r\n\r\n")) >= 0:
            head = self._kept[:end]
            length = _LENGTH.search(head)
            stop = end + 4 + (int(length[1]) if length else 0)
            if len(self._kept) < stop:
                return
            body, self._kept = self._kept[end + 4 : stop], self._kept[stop:]
            path = head.split(b" ", 2)[1].decode()
            self._telegram.answer(path, body, self._reply, json_body=b"application/json" in head)

    def _reply(self, response: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(response)


def _message_in(body: bytes, *, json_body: bool) -> tuple[int, str]:
    if json_body:
        given = json.loads(body)
        return int(given["chat_id"]), str(given["text"])
    if body.startswith(b"--"):
        chat, text = (_part(body, name) for name in (b"chat_id", b"text"))
        return int(chat), text.decode()
    found = {name: pattern.search(body) for name, pattern in _FIELD.items()}
    chat_id, words = found["chat_id"], found["text"]
    assert chat_id is not None, "a message has a chat"
    assert words is not None, "a message has a text"
    return int(chat_id[1]), unquote_plus(words[1].decode())


def _part(body: bytes, name: bytes) -> bytes:
    """A field of a multipart form."""
    start = body.index(b"\r\n\r\n", body.index(b'name="%b"' % name)) + 4
    return body[start : body.index(b"\r\n--", start)]


def _ok(result: object) -> bytes:
    return _response(json.dumps({"ok": True, "result": result}).encode())


def _refusal(error: CallRefused) -> bytes:
    said = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        said["parameters"] = error.parameters
    return _response(json.dumps(said).encode(), error.code)


def _response(body: bytes, code: int = 200) -> bytes:
    return (
        b"HTTP/1.1 %d %b\r\nServer: nginx\r\nContent-Type: application/json\r\n"
        b"Connection: keep-alive\r\nContent-Length: %d\r\n\r\n%b"
        % (code, b"OK" if code == 200 else b"Refused", len(body), body)
    )


_BOT_JSON: Final = json.dumps(_BOT).encode()


async def serve() -> None:
    telegram = Telegram()
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(telegram), "127.0.0.1", 0, backlog=4096
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve())
