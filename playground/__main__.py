"""The server alone, for benchmarks: `python -m playground --port 0 --people 100`."""

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import Callable, Sequence
from typing import cast

from playground.clock import MovableClock
from playground.errors import OnlyLoopback, PortTaken
from playground.server import PlaygroundServer
from playground.world import World


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="playground", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address")
    parser.add_argument("--port", type=int, default=0, help="0 for a free one")
    parser.add_argument("--people", type=int, default=0, help="how many have started the bot")
    parser.add_argument("--token", help="the bot's token; made up when not given")
    return parser.parse_args(given)


def _peopled(arguments: argparse.Namespace) -> World:
    """A world whose people have all said /start, with nothing left to fetch."""
    world = World(MovableClock(), token=arguments.token)
    for number in range(arguments.people):
        person = world.add_person(f"学生{number + 1}")
        world.say(person.id, person.id, "/start")
    world.queue.clear()
    return world


async def serve(arguments: argparse.Namespace) -> None:
    """Serve until SIGTERM or SIGINT."""
    world = _peopled(arguments)
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    async with PlaygroundServer(world, host=arguments.host, port=arguments.port) as server:
        where = {"api_url": server.api_url, "token": world.token, "people": list(world.people)}
        sys.stdout.write(json.dumps({**where, "page_url": server.page_url}) + "\n")
        sys.stdout.flush()
        await ended.wait()


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The faster event loop, where there is one for this system."""
    try:
        import uvloop  # noqa: PLC0415 -- not made for every system
    except ImportError:
        return None
    return cast("Callable[[], asyncio.AbstractEventLoop]", uvloop.new_event_loop)


def main(given: Sequence[str] | None = None) -> int:
    try:
        with asyncio.Runner(loop_factory=_fast_loop()) as runner:
            runner.run(serve(_arguments(given)))
    except (OnlyLoopback, PortTaken) as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
