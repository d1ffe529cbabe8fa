"""Learns what the answers mean, beside everything else: until then the letters alone serve."""

import logging
import threading
import time

from bot.embedding import Progress, open_embedding
from bot.kept_arrays import KeptArrays
from bot.memory import give_back
from bot.settings import Settings
from branch.guidance.service import GuidanceLibrary

log = logging.getLogger(__name__)

VECTORS = "vectors.npz"


class _Stopped(Exception):
    """Whoever waited for it does not any more."""


class Learning:
    """Lets a library search by meaning, where that is wanted and can be had.

    It takes a minute the first time, and a moment for each entry that is new; then it comes from
    a file in the cache.
    """

    def __init__(
        self, library: GuidanceLibrary, settings: Settings, progress: Progress | None = None
    ) -> None:
        self._library = library
        self._settings = settings
        self._progress = progress
        self._stop = threading.Event()

    def run(self) -> None:
        """Blocks until it is done or stopped; failing leaves the letters alone in service."""
        try:
            self._learn()
        finally:
            give_back()

    def _learn(self) -> None:
        if not self._settings.embedding or self._library.knows_meaning:
            return
        begun = time.monotonic()
        meaning = open_embedding(self._settings.cache_dir / VECTORS, self._told)
        if meaning is None:
            log.info("there is no embedding for this system: answers are found by letters alone")
            return
        try:
            kept = KeptArrays(self._settings.cache_dir, "learnt", self._may_go_on)
            self._library.learn(meaning, kept)
        except _Stopped:
            return
        log.info("answers are found by meaning too, after %.1f s", time.monotonic() - begun)

    def stop(self) -> None:
        """End `run` soon, wherever it stands; what it has learnt so far is not kept."""
        self._stop.set()

    def _may_go_on(self, *_: int) -> None:
        if self._stop.is_set():
            raise _Stopped

    def _told(self, done: int, of: int) -> None:
        self._may_go_on()
        if self._progress is not None:
            self._progress(done, of)
