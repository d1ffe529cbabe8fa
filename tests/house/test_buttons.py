"""Every button: a name of its own, short enough for Telegram, and the same when it comes back."""

from collections import Counter
from enum import StrEnum
from importlib import import_module
from typing import Any

import pytest
from msgspec.structs import fields

from handlers.ask_guidance import MOST_PARTS
from handlers.buttons import LONGEST, Button
from tests.house.tree import ROOT

LARGEST = 2**53 - 1  # Telegram's ids have at most 52 significant bits
MODULES = [
    import_module(f"handlers.{path.stem}")
    for path in sorted((ROOT / "handlers").glob("*buttons.py"))
]
BUTTONS = [
    each
    for module in MODULES
    for each in vars(module).values()
    if isinstance(each, type) and issubclass(each, Button) and each.__module__ == module.__name__
    if each is not Button
]
SLUGS = sorted((path.stem for path in (ROOT / "content" / "guidance").rglob("*.md")), key=len)


def longest(kind: Any, field: str) -> Any:
    if field == "part":
        return MOST_PARTS
    if kind is int:
        return LARGEST
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return max(kind, key=len)
    if field == "slug":
        return SLUGS[-1]
    folders = [path.name for path in (ROOT / "content" / "guidance").iterdir() if path.is_dir()]
    return max([*folders, "secretary", "cohort", "intake"], key=len)


def test_names_are_given_once() -> None:
    given = Counter(each.name for each in BUTTONS)

    assert [name for name, times in given.items() if times > 1] == []


@pytest.mark.parametrize("button", BUTTONS, ids=lambda each: each.__name__)
def test_longest_tap_fits_and_comes_back(button: type[Button]) -> None:
    tap = button(*(longest(each.type, each.name) for each in fields(button)))
    packed = tap.pack()

    assert len(packed.encode()) <= LONGEST
    assert button.unpack(packed) == tap
    assert [other for other in BUTTONS if other.matches(packed)] == [button]
