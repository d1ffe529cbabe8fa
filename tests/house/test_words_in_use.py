"""Templates and labels: each that the code names exists, and each that exists is named."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house.tree import files, parsed
from texts.language import Language
from texts.renderer import HERE, labels

TEMPLATE = re.compile(r"[a-z_]+/[a-z_*]+")
SPEAKERS = ("handlers", "bot", "branch")
NAMED_BY_TEMPLATES = re.compile(
    r"""(?:import|include|from)\s+["']([a-z_/]+)\.html["']|label\(\s*["']([a-z_.]+)["']"""
)


def _literals(path: Path) -> Iterator[str]:
    """Strings as written; what is put in at run time is a star."""
    inside = {
        id(part)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "*" for part in node.values]
            yield "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from [] if id(node) in inside else [node.value]


LITERALS = {each for path in files(*SPEAKERS) for each in _literals(path)}
AREAS = {path.name for path in (HERE / Language.ZH).iterdir() if path.is_dir()}
TABLES = {name.partition(".")[0] for name in labels(Language.ZH)}
NAMED_TEMPLATES = {
    each for each in LITERALS if TEMPLATE.fullmatch(each) and each.partition("/")[0] in AREAS
}
NAMED_LABELS = {
    each
    for each in LITERALS
    if re.fullmatch(r"[a-z]+\.[a-z_*]+", each) and each.partition(".")[0] in TABLES
}


def _templates(language: Language) -> set[str]:
    folder = HERE / language
    return {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.html")}


def _named_in_templates(language: Language) -> set[str]:
    return {
        name
        for path in (HERE / language).rglob("*.html")
        for pair in NAMED_BY_TEMPLATES.findall(path.read_text(encoding="utf-8"))
        for name in pair
        if name
    }


def _covers(named: set[str], name: str) -> bool:
    return name in named or any(_pattern(each).fullmatch(name) for each in named if "*" in each)


@cache
def _pattern(named: str) -> re.Pattern[str]:
    return re.compile(re.escape(named).replace(r"\*", ".+"))


def test_something_is_found() -> None:
    """The rules below would pass on an empty search."""
    assert {"menu/menu", "boundaries/*", "dates/*"} <= NAMED_TEMPLATES
    assert {"button.menu", "role.*", "toast.used_button"} <= NAMED_LABELS


@pytest.mark.parametrize("language", Language)
def test_every_template_in_the_code_exists(language: Language) -> None:
    there = _templates(language)
    missing = [each for each in NAMED_TEMPLATES if not any(_covers({each}, t) for t in there)]

    assert sorted(missing) == []


@pytest.mark.parametrize("language", Language)
def test_every_template_is_used(language: Language) -> None:
    named = NAMED_TEMPLATES | _named_in_templates(language)

    assert [each for each in sorted(_templates(language)) if not _covers(named, each)] == []


@pytest.mark.parametrize("language", Language)
def test_every_label_in_the_code_exists(language: Language) -> None:
    there = labels(language)
    named = NAMED_LABELS | {each for each in _named_in_templates(language) if "." in each}
    missing = [each for each in named if not any(_covers({each}, t) for t in there)]

    assert sorted(missing) == []


@pytest.mark.parametrize("language", Language)
def test_every_label_is_used(language: Language) -> None:
    named = NAMED_LABELS | _named_in_templates(language)

    assert [each for each in sorted(labels(language)) if not _covers(named, each)] == []
