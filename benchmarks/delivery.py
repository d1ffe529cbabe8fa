"""Letters a second: our outbox with its ledger, and its peers without one, in one run.

.venv/bin/python -m benchmarks.delivery            # everything; some ten minutes
.venv/bin/python -m benchmarks.delivery --rounds 1 # sooner, and noisier

Peers are installed into environments of their own below data/bench. All speak to the same local
server, which is nobody's bottleneck, one after another, round by round.
"""

import argparse
import asyncio
import platform
import statistics
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from benchmarks.delivery_ours import TOKEN, Server, ledger, local_server, program
from bot.commands import run_program

DATABASES = ("SQLite", "PostgreSQL")
NO_LIMIT = 100_000
CAP = 30
ENVIRONMENTS = Path("data/bench")
PEERS = Path(__file__).with_name("peers")
ASKED_EVERY = 0.25


class Peer(Struct, frozen=True):
    """`letters` fewer for the slow ones; `packages` is a file of benchmarks/peers."""

    name: str
    title: str
    packages: str
    letters: int


ALL_PEERS = (
    Peer("plain", "python-telegram-bot, `send_message` in a gather", "telegram", 2_000),
    Peer("with_limiter", "the same through its rate limiter", "telegram", 2_000),
    Peer("aiogram", "aiogram 3, `send_message` in a gather", "aiogram", 10_000),
    Peer("aiogram_broadcaster", "aiogram_broadcaster", "aiogram_broadcaster", 2_000),
    Peer("telegram_broadcast", "python-telegram-broadcast", "telegram_broadcast", 1_000),
)


def python_of(peer: Peer) -> Path:
    """The Python of the peer's own environment, which is made where it is missing."""
    place = ENVIRONMENTS / peer.packages
    python = place / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
        wanted = PEERS / f"{peer.packages}.txt"
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", wanted], check=True)
    return python


async def peers_rate(server: Server, peer: Peer, python: Path) -> float:
    await server.ask("reset")
    process = await asyncio.create_subprocess_exec(
        python, "benchmarks/delivery_peer.py", peer.name, server.api, TOKEN, str(peer.letters)
    )
    assert await process.wait() == 0, peer.name
    counts = await server.ask("stats")
    assert counts["sent"] == peer.letters, (peer.name, counts)
    return float(peer.letters / (counts["last"] - counts["first"]))


async def our_rate(server: Server, kind: str, letters: int) -> float:
    """From the first letter at the server to the last, all of them on record after it."""
    async with ledger(kind, letters) as kept:
        people = await kept.audience(letters)
        async with program(server, kept.url, BULK_RATE=NO_LIMIT):
            await kept.write(people)
            await kept.settled(300)
            counts = await server.ask("stats")
        assert await kept.fates() == {"delivered": letters}
        assert counts["sent"] == counts["chats"] == letters
        return float(letters / (counts["last"] - counts["first"]))


async def whole_notice(server: Server, kind: str, readers: int) -> tuple[float, float]:
    """Seconds to freeze, and letters a second while they are rendered, written and sent at once."""
    async with ledger(kind, readers) as kept:
        froze = await kept.confirm(readers)
        async with program(server, kept.url, BULK_RATE=NO_LIMIT):
            counts = await server.heard(readers, 600)
            await kept.settled(60)
        return froze, readers / (counts["last"] - counts["first"])


async def capped(server: Server, kind: str, letters: int) -> tuple[float, int]:
    """Letters a second at a server that refuses the 31st, and how many it has refused."""
    async with ledger(kind, letters) as kept:
        people = await kept.audience(letters)
        async with program(server, kept.url, BULK_RATE=CAP):
            await server.ask("reset", per_second=CAP)
            await kept.write(people)
            await kept.settled(600)
            counts = await server.ask("stats")
        # between the first and the last lie so many less one
        return (letters - 1) / (counts["last"] - counts["first"]), counts["refused"]


async def replies_meanwhile(
    server: Server, kind: str, rate: int, letters: int
) -> tuple[float, int]:
    """p95 of the replies to one who asks all the while, ms, and how many those were."""
    waits: list[float] = []

    async def ask() -> None:
        while True:
            waits.append(await server.reply_to("国家线什么时候出") * 1_000)
            await asyncio.sleep(ASKED_EVERY)

    async with ledger(kind, letters) as kept:
        people = await kept.audience(letters)
        async with program(server, kept.url, BULK_RATE=rate):
            await kept.write(people)
            asking = asyncio.create_task(ask())
            await kept.settled(600)
            asking.cancel()
            with suppress(asyncio.CancelledError):
                await asking
    return statistics.quantiles(waits, n=20)[-1], len(waits)


async def memory(server: Server, sizes: Sequence[int]) -> list[tuple[int, float]]:
    """Resident MiB after a broadcast to so many, one after another in one program."""
    points: list[tuple[int, float]] = []
    async with ledger("SQLite", max(sizes)) as kept:
        people = await kept.audience(max(sizes))
        async with program(server, kept.url, BULK_RATE=NO_LIMIT) as process:
            for size in sizes:
                await kept.write(people[:size])
                await kept.settled(600)
                points.append((size, _resident(process)))
    return points


def _resident(process: Process) -> float:
    lines = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


async def compare(rounds: int, letters: int) -> None:
    pythons = {peer.name: python_of(peer) for peer in ALL_PEERS}
    rates: dict[str, list[float]] = {}
    async with local_server() as server:
        for _ in range(rounds):
            for kind in DATABASES:
                title = f"**this outbox, ledger on {kind}**"
                rates.setdefault(title, []).append(await our_rate(server, kind, letters))
            for peer in ALL_PEERS:
                rate = await peers_rate(server, peer, pythons[peer.name])
                rates.setdefault(peer.title, []).append(rate)
        print("| letters a second, no limit | median | lowest | highest |\n|---|---|---|---|")
        for title, found in rates.items():
            low, high = min(found), max(found)
            print(f"| {title} | {statistics.median(found):,.0f} | {low:,.0f} | {high:,.0f} |")


async def details(readers: int) -> None:
    async with local_server() as server:
        print(f"\n| | {' | '.join(DATABASES)} |\n|---|---|---|")
        notices = [await whole_notice(server, kind, readers) for kind in DATABASES]
        _row(f"freezing an audience of {readers:,}, s", [f"{froze:.2f}" for froze, _ in notices])
        whole = "a notice from its words: rendered, written, sent, letters/s"
        _row(whole, [f"{rate:,.0f}" for _, rate in notices])
        held = [await capped(server, kind, 60 * CAP) for kind in DATABASES]
        _row(f"under {CAP}/s, of the cap", [f"{rate / CAP:.1%}" for rate, _ in held])
        _row("429s", [str(refused) for _, refused in held])
        for rate, letters in ((25, 750), (NO_LIMIT, 40_000)):
            asked = [await replies_meanwhile(server, kind, rate, letters) for kind in DATABASES]
            name = "without a limit" if rate == NO_LIMIT else f"at {rate}/s"
            cells = [f"{p95:.0f} ({number})" for p95, number in asked]
            _row(f"reply p95 during a broadcast {name}, ms (replies)", cells)
        points = await memory(server, (1_000, 10_000, 100_000))
        print("\n| recipients | memory after it, MiB |\n|---|---|")
        for size, mib in points:
            print(f"| {size:,} | {mib:.0f} |")


def _row(name: str, cells: Sequence[str]) -> None:
    print(f"| {name} | {' | '.join(cells)} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.delivery", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--letters", type=int, default=10_000)
    parser.add_argument("--readers", type=int, default=100_000)
    given = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.system()}, one run:\n", flush=True)
    run_program(compare(given.rounds, given.letters))
    run_program(details(given.readers))


if __name__ == "__main__":
    main()
