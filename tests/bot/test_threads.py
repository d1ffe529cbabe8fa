"""The program calculates in one thread: several of them wait for each other on a busy machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.program import surroundings

TASKS = Path("/proc/self/task")


@pytest.mark.skipif(not TASKS.is_dir(), reason="only Linux lists a process's threads")
@pytest.mark.skipif(os.cpu_count() == 1, reason="there is no second core to start a thread for")
def test_calculating_starts_no_threads(tmp_path: Path) -> None:
    count = f"import bot, numpy, os; print(len(os.listdir('{TASKS}')))"
    told = subprocess.run(
        [sys.executable, "-c", count],
        env=surroundings(tmp_path, {}),
        capture_output=True,
        check=True,
        timeout=30,
    )

    assert told.stdout.split() == [b"1"]
