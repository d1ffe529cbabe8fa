"""The page's line to the world: what is there, what happens, and what people do on the page."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from aiohttp import WSMsgType, web

from playground import page_json
from playground.clock import ClockMovesForward
from playground.errors import ImpossibleDeed
from playground.model import Json
from playground.world import World

_MOST_UNSENT: Final = 10_000
_MESSAGES_SHOWN: Final = 500


class Feed:
    def __init__(self, world: World, *, timezone: str) -> None:
        self._world = world
        self._timezone = timezone
        self._lines: set[web.WebSocketResponse] = set()

    async def serve(self, request: web.BaseRequest) -> web.WebSocketResponse:
        """Tell a page everything from now on, and do what it asks, until it leaves."""
        line = web.WebSocketResponse(heartbeat=30)
        await line.prepare(request)
        self._lines.add(line)
        events: asyncio.Queue[Json | None] = asyncio.Queue(_MOST_UNSENT)
        events.put_nowait(self.state())
        stop = self._world.subscribe(_into(events))
        try:
            async with asyncio.TaskGroup() as tasks:
                telling = tasks.create_task(_tell(line, events))
                await self._listen(line, events)
                telling.cancel()
        finally:
            stop()
            self._lines.discard(line)
        return line

    async def close(self) -> None:
        """Leave every page."""
        for line in list(self._lines):
            await line.close()

    def state(self) -> Json:
        """The first frame: the world as it is."""
        world = self._world
        return {
            "type": "state",
            "bot": {key: world.bot[key] for key in ("id", "first_name", "username")},
            "clock": {"now": world.clock.now().isoformat(), "timezone": self._timezone},
            "people": [page_json.person(person) for person in world.people.values()],
            "chats": [page_json.chat(chat) for chat in world.chats.values()],
            "messages": {str(chat_id): self._messages(chat_id) for chat_id in world.chats},
            "commands": {str(id_): world.commands_for(id_, id_) for id_ in world.people},
            "notes": list(world.notes),
        }

    def _messages(self, chat_id: int) -> list[Json]:
        recent = list(self._world.chat(chat_id).messages.values())[-_MESSAGES_SHOWN:]
        return [page_json.message(self._world, message) for message in recent]

    async def _listen(
        self, line: web.WebSocketResponse, events: asyncio.Queue[Json | None]
    ) -> None:
        async for frame in line:
            if frame.type is not WSMsgType.TEXT:
                continue
            failure = await self._do(frame.data)
            if failure is not None and not events.full():
                events.put_nowait(failure)

    async def _do(self, frame: str) -> Json | None:
        """Do what the frame says; the error to tell the page, if it cannot be done."""
        about = "frame"
        try:
            wanted = json.loads(frame)
            about = str(wanted["do"])
            await self._carry(about, wanted)
        except (ImpossibleDeed, ClockMovesForward) as impossible:
            return {"type": "error", "about": about, "reason": str(impossible)}
        except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
            return {"type": "error", "about": about, "reason": f"unreadable: {error!r}"}
        return None

    async def _carry(self, do: str, wanted: Json) -> None:
        deed = _DEEDS.get(do)
        if deed is not None:
            deed(self._world, wanted)
        elif do == "clock":
            now = self._world.clock.now()
            await self._world.clock.move_to(now + timedelta(seconds=float(wanted["seconds"])))
        elif do == "clock_to":
            await self._world.clock.move_to(_moment(wanted["when"]))
        else:
            raise ValueError(do)


def _moment(told: str) -> datetime:
    moment = datetime.fromisoformat(told)
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment


def _into(events: asyncio.Queue[Json | None]) -> Callable[[Json], None]:
    """Put events into the queue; a page that reads too slowly is hung up on."""

    def put(event: Json) -> None:
        if events.full():
            while not events.empty():
                events.get_nowait()
            events.put_nowait(None)
        else:
            events.put_nowait(event)

    return put


async def _tell(line: web.WebSocketResponse, events: asyncio.Queue[Json | None]) -> None:
    while (event := await events.get()) is not None:
        try:
            await line.send_str(json.dumps(event))
        except ConnectionError:
            return
    await line.close()


def _where(wanted: Json) -> tuple[int, int]:
    return int(wanted["person_id"]), int(wanted["chat_id"])


def _which(wanted: Json) -> tuple[int, int, int]:
    return *_where(wanted), int(wanted["message_id"])


Deed = Callable[[World, Json], Any]
_DEEDS: Final[dict[str, Deed]] = {
    "say": lambda world, it: world.say(*_where(it), str(it["text"]), reply_to=it.get("reply_to")),
    "edit": lambda world, it: world.edit(*_which(it), str(it["text"])),
    "delete": lambda world, it: world.delete(*_which(it)),
    "tap": lambda world, it: world.tap(*_which(it), str(it["data"])),
    "ask_inline": lambda world, it: world.ask_inline(*_where(it), str(it["query"])),
    "choose_inline": lambda world, it: world.choose_inline(
        *_where(it), str(it["query_id"]), str(it["result_id"])
    ),
    "sticker": lambda world, it: world.send_sticker(*_where(it), str(it["emoji"])),
    "voice": lambda world, it: world.send_voice(*_where(it), seconds=int(it.get("seconds", 3))),
    "block": lambda world, it: world.block(int(it["person_id"])),
    "unblock": lambda world, it: world.unblock(int(it["person_id"])),
    "add_person": lambda world, it: world.add_person(
        str(it["name"]), language_code=str(it.get("language_code") or "zh-hans")
    ),
}
