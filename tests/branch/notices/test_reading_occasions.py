"""The days of the year are read with every fault named."""

from pathlib import Path

import pytest

from branch.content.faults import ContentBroken, Faults
from branch.notices.reading_occasions import read_occasions
from tests.stage import ROOT

GOOD = """
- slug: may
  name: {zh: 五四, en: Youth Day}
  month: 5
  day: 4
  at: "09:00"
  for: everyone
  words: {zh: 好, en: fine}
"""


def test_what_we_ship_is_read() -> None:
    faults = Faults()

    found = read_occasions(ROOT / "content", faults)

    assert not faults.noted
    assert {"wusi", "qiyi", "guoqing", "yierjiu"} <= {each.slug for each in found}


def test_no_file_is_no_occasion(tmp_path: Path) -> None:
    assert read_occasions(tmp_path, Faults()) == ()


@pytest.mark.parametrize(
    ("said", "instead", "told"),
    [
        ("month: 5", "month: 2\n  day2: 1", "day2"),
        ("day: 4", "day: 32", "is no day of that month"),
        ('at: "09:00"', 'at: "noon"', 'a time like "09:00"'),
        ("for: everyone", "for: nobody", "everyone or members"),
        ("zh: 好", "zh: '{{ name }}'", "hold a field"),
        ("zh: 好", f"zh: {'好' * 901}", "longer than 900"),
        ("slug: may", "slug: ''", "slug"),
    ],
)
def test_every_fault_is_told(tmp_path: Path, said: str, instead: str, told: str) -> None:
    (tmp_path / "occasions.yaml").write_text(GOOD.replace(said, instead), encoding="utf-8")
    faults = Faults()

    read_occasions(tmp_path, faults)

    with pytest.raises(ContentBroken, match=told):
        faults.raise_if_any()


def test_the_same_slug_twice(tmp_path: Path) -> None:
    (tmp_path / "occasions.yaml").write_text(GOOD * 2, encoding="utf-8")
    faults = Faults()

    read_occasions(tmp_path, faults)

    with pytest.raises(ContentBroken, match="twice"):
        faults.raise_if_any()
