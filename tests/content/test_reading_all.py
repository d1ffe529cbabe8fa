"""Everything read together: what is told when more than one kind of file has faults."""

import shutil
from pathlib import Path

import pytest

from bot.content import read_content
from branch.content.faults import ContentBroken
from tests.stage import ROOT, SHANGHAI


def test_a_broken_calendar_is_told_without_what_follows_from_it(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "content", tmp_path / "content")
    (folder / "calendar" / "2027.yaml").write_text("intake: [2027\n")
    entry = folder / "guidance" / "timeline" / "exam-dates.md"
    entry.write_text(entry.read_text().replace("reliability: A", "reliability: Z"))
    wrong = entry.read_text().splitlines().index("reliability: Z") + 1

    with pytest.raises(ContentBroken) as broken:
        read_content(folder, SHANGHAI)

    told = [(fault.file.name, fault.line) for fault in broken.value.faults]
    assert told == [("2027.yaml", 2), ("exam-dates.md", wrong)]
