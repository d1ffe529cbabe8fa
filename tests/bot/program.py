"""The real program as a process of its own, started and stopped as an administrator would."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Self, TypedDict

from msgspec import Struct

from tests.stage import ROOT


class Ended(Struct, frozen=True, kw_only=True):
    """How it ended and what it said."""

    status: int
    out: str
    err: str


class SmallBase(TypedDict):
    """Settings of a program that starts at once, for tests that are not about its answers."""

    CONTENT_DIR: str
    EMBEDDING: str


def surroundings(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """An environment with these settings and no others."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    given = {f"LINGHANG_{name}": value for name, value in settings.items()}
    content = {
        "LINGHANG_CONTENT_DIR": str(ROOT / "content"),
        "LINGHANG_CACHE_DIR": str(ROOT / "data" / "cache"),
    }
    python = {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default", "PYTHONUTF8": "1"}
    return {**kept, **python, **content, "PWD": str(folder), **given}


async def run(
    *arguments: str,
    folder: Path,
    before: Sequence[str] = (),
    seconds: float = 30,
    **settings: str,
) -> Ended:
    """Run it to its end; `before` is a program that runs it, such as one that takes rights away."""
    process = await asyncio.create_subprocess_exec(
        *before,
        sys.executable,
        "-m",
        "bot",
        *arguments,
        cwd=folder,
        env=surroundings(folder, settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(seconds):
            out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode is not None
    return Ended(status=process.returncode, out=out.decode(), err=err.decode())


class Running:
    """`python -m bot run`, until it is stopped or killed; its words are added to two files."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self._folder = folder
        self._settings = settings
        self._process: asyncio.subprocess.Process | None = None

    @property
    def out(self) -> str:
        return self._read("out.txt")

    @property
    def err(self) -> str:
        return self._read("err.txt")

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._process is not None and self._process.returncode is None:
            await self.kill()

    async def start(self) -> None:
        with self._open("out.txt") as out, self._open("err.txt") as err:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                cwd=self._folder,
                env=surroundings(self._folder, self._settings),
                stdout=out,
                stderr=err,
            )

    async def kill(self) -> None:
        """As a power cut would end it: `kill -9`."""
        assert self._process is not None
        self._process.kill()
        await self._process.wait()

    async def stop(self, seconds: float = 5) -> int:
        """SIGTERM; the exit status. Raises TimeoutError."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(seconds):
            return await self._process.wait()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def status(self) -> int | None:
        """Its exit status; None while it runs."""
        return self._process.returncode if self._process else None

    def _open(self, name: str) -> IO[bytes]:
        return (self._folder / name).open("ab")

    def _read(self, name: str) -> str:
        return (self._folder / name).read_text(encoding="utf-8")
