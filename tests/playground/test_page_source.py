"""Reads the page's files: they work offline, and nobody's words can become markup."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "playground" / "page"
FILES = sorted(path for path in PAGE.iterdir() if path.suffix in {".html", ".css", ".js", ".svg"})
SCRIPTS = [path for path in FILES if path.suffix == ".js"]
NAMESPACE = "http://www.w3.org/2000/svg"
MARKUP_FROM_TEXT = re.compile(r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\()")
FOREIGN = re.compile(r"""(?:src|href|url|import|from)\W{1,3}(?:https?:)?//[\w.-]+""")


def test_page_has_its_files() -> None:
    assert {"index.html", "main.js", "page.css"} <= {path.name for path in FILES}


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script_never_makes_markup_of_text(path: Path) -> None:
    assert MARKUP_FROM_TEXT.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_page_file_loads_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace(NAMESPACE, "")
    assert FOREIGN.findall(text) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_page_file_stays_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_page_forbids_the_browser_foreign_scripts() -> None:
    index = (PAGE / "index.html").read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy"\s+content="([^"]*)"', index)
    assert policy is not None
    rules = dict(rule.split(" ", 1) for rule in policy[1].split("; "))
    assert (rules["default-src"], rules["script-src"]) == ("'none'", "'self'")


def test_every_script_is_imported_by_another_or_by_the_page() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in FILES)
    unused = [path.name for path in SCRIPTS if f'{path.name}"' not in text]
    assert unused == []


def test_every_word_of_the_page_is_used() -> None:
    words = (PAGE / "words.js").read_text(encoding="utf-8")
    chinese = words.split("const EN")[0]
    keys = re.findall(r"^  (\w+): \"", chinese, flags=re.MULTILINE)
    code = "".join(path.read_text(encoding="utf-8") for path in FILES if path.name != "words.js")
    assert [key for key in keys if not re.search(rf"\b{key}\b", code)] == []
