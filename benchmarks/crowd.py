"""People who tap and wait for the reply, each as fast as they are answered."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from playground.world import World


@dataclass
class Crowd:
    """Drives `world` and takes the time from each deed to the reply that people would see."""

    world: World
    people: list[int]
    waits: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._asked_at: dict[int, float] = {}
        self._answered: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.world.subscribe(self._see)

    async def says(self, person: int, text: str) -> dict[str, Any]:
        """Write to the bot; its answer's message."""
        waiting = self._expect(person)
        self.world.say(person, person, text)
        return await waiting

    async def taps(self, person: int, message: dict[str, Any], label: str) -> dict[str, Any]:
        """Tap the button that contains the label; the message as it reads afterwards."""
        data = next(
            key["data"] for row in message["keyboard"] for key in row if label in key["text"]
        )
        waiting = self._expect(person)
        self.world.tap(person, person, message["id"], data)
        return await waiting

    def _expect(self, person: int) -> "asyncio.Future[dict[str, Any]]":
        waiting = asyncio.get_running_loop().create_future()
        self._answered[person] = waiting
        self._asked_at[person] = time.perf_counter()
        return waiting

    def _see(self, event: dict[str, Any]) -> None:
        if event["type"] not in ("message", "edited") or not event["message"]["from_bot"]:
            return
        person = event["message"]["chat_id"]
        waiting = self._answered.pop(person, None)
        if waiting is not None and not waiting.done():
            self.waits.append(time.perf_counter() - self._asked_at[person])
            waiting.set_result(event["message"])


async def first_minute(crowd: Crowd, person: int) -> dict[str, Any]:
    """/start, consent, the year, the language; the menu that comes at the end."""
    message = await crowd.says(person, "/start")
    for label in ("同意", "2027", "中文"):
        message = await crowd.taps(person, message, label)
    return await crowd.says(person, "/start")


async def tap_about(crowd: Crowd, person: int, menu: dict[str, Any], until: float) -> int:
    """Topics, menu, topics, menu … until the time; how many taps were answered."""
    count, message = 0, menu
    while time.perf_counter() < until:
        message = await crowd.taps(person, message, "按主题看" if count % 2 == 0 else "菜单")
        count += 1
    return count


def percentile(values: list[float], share: float) -> float:
    """The value that `share` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
