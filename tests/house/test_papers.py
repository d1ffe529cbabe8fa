"""The papers say what is: every setting, command, target, link and checker that they name."""

import argparse
import re
import tomllib
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import _parser
from bot.settings import PREFIX, Settings, read_settings
from handlers.command_menus import _EVERYONE, _MEMBERS, _SECRETARIES
from tests.stage import ROOT

READMES = ("README.md", "README.zh-CN.md")
PAPERS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("deploy/*"),
        ROOT / ".env.example",
    )
)
SECTIONS = ("Summary", "Context", "Decision", "Consequences", "Deviations from the plan")
NOT_SET = {"README.md": "none", "README.zh-CN.md": "无", ".env.example": ""}
MADE_UP = {"README.md": "generated", "README.zh-CN.md": "自动生成", ".env.example": ""}
HOSTS = {
    "api.telegram.org",
    "t.me",
    "127.0.0.1",
    "bot.example.edu",
    "keepachangelog.com",
    "calver.org",
}
ROOTS_OF_PATHS = {"app", "data", "dev", "etc", "home", "opt", "root", "srv", "tmp", "usr", "var"}

_ROW = re.compile(r"^\| (.+) \|$", re.MULTILINE)
_CODE = re.compile(r"`([^`]+)`")
_LINK = re.compile(r'(?:\]\(|\bsrc(?:set)?=")([^)"\s]+)[)"]')


def text_of(paper: str) -> str:
    return (ROOT / paper).read_text(encoding="utf-8")


def rows_of(paper: str, first: str) -> list[list[str]]:
    """The cells of every table row whose first cell begins with `first`."""
    rows = [row.split(" | ") for row in _ROW.findall(text_of(paper))]
    return [row for row in rows if row[0].startswith(first)]


def defaults(paper: str) -> dict[str, str]:
    """Every setting with its default, in the words of the paper."""
    settings = Settings(content_dir=ROOT / "content")
    said = {name: _said(getattr(settings, name), paper) for name in Settings.__struct_fields__}
    said |= {
        "webhook_secret": MADE_UP[paper],
        "content_dir": Settings().content_dir.as_posix(),
    }
    return {f"{PREFIX}{name.upper()}": value for name, value in said.items()}


def _said(value: Any, paper: str) -> str:
    match value:
        case None | frozenset():
            return NOT_SET[paper]
        case (time() as start, time() as end):
            return f"{start:%H:%M}-{end:%H:%M}"
        case (str() as host, int() as port):
            return f"{host}:{port}"
        case bool():
            return str(value).lower()
        case Path():
            return value.as_posix()
        case _:
            return str(value)


def commands_of(parser: argparse.ArgumentParser, so_far: str) -> Iterator[str]:
    """Every command that can be typed, with its options after it."""
    groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not groups:
        yield so_far
        yield from (f"{so_far} {option}" for option in _options(parser))
    for group in groups:
        for name, inner in group.choices.items():
            yield from commands_of(inner, f"{so_far} {name}")


def _options(parser: argparse.ArgumentParser) -> list[str]:
    return [option for option in parser._option_string_actions if option not in {"-h", "--help"}]


def commands_in(paper: str) -> Iterator[str]:
    for command, does in rows_of(paper, "`python -m bot "):
        name = _CODE.findall(command)[0].replace(' "…"', "")
        yield name
        yield from (
            f"{name} {code.split()[0]}" for code in _CODE.findall(does) if code.startswith("--")
        )


@pytest.mark.parametrize("paper", READMES)
def test_every_setting_is_in_the_readme_with_its_default(paper: str) -> None:
    rows = rows_of(paper, f"`{PREFIX}")

    assert {row[0].strip("`"): row[1].strip("`") for row in rows} == defaults(paper)


def test_every_setting_is_in_the_example_with_its_default() -> None:
    lines = re.findall(rf"^# ({PREFIX}\w+)=(.*)$", text_of(".env.example"), re.MULTILINE)

    assert dict(lines) == defaults(".env.example")


def test_the_example_as_it_stands_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(text_of(".env.example"), encoding="utf-8")
    (tmp_path / "content").mkdir()
    monkeypatch.chdir(tmp_path)

    settings = read_settings(webhook_secret="given")

    assert settings == Settings(webhook_secret="given")


def test_the_example_explains_each_setting() -> None:
    blocks = text_of(".env.example").strip().split("\n\n")[1:]

    unexplained = [
        block
        for block in blocks
        if not re.fullmatch(rf"(# [^=\n]+[.\d:h-]\S*\n)+# {PREFIX}\w+=\S*", block)
    ]
    assert unexplained == []


@pytest.mark.parametrize(
    ("paper", "may_be_written"),
    [("deploy/linghang.service", "/var/lib/linghang"), ("deploy/Containerfile", "/data")],
)
def test_what_is_deployed_keeps_its_cache_where_it_may_write(
    paper: str, may_be_written: str
) -> None:
    assert f"{PREFIX}CACHE_DIR={may_be_written}/cache" in text_of(paper)
    assert f"{PREFIX}DATABASE_URL=sqlite:///{may_be_written}/linghang.db" in text_of(paper)


@pytest.mark.parametrize("paper", READMES)
def test_every_command_is_in_the_readme_with_its_options(paper: str) -> None:
    assert set(commands_in(paper)) == set(commands_of(_parser(), "python -m bot"))


@pytest.mark.parametrize("paper", READMES)
def test_every_target_is_in_the_readme(paper: str) -> None:
    targets = re.findall(r"^([a-z]+):.*##", text_of("Makefile"), re.MULTILINE)

    assert [row[0] for row in rows_of(paper, "`make ")] == [f"`make {name}`" for name in targets]


@pytest.mark.parametrize("paper", READMES)
def test_every_chat_command_is_in_the_readme(paper: str) -> None:
    named = [row[0].strip("`/") for row in rows_of(paper, "`/")]

    assert sorted(named) == sorted((*_EVERYONE, *_MEMBERS, *_SECRETARIES))


def test_both_readmes_show_the_same_things() -> None:
    english, chinese = (text_of(paper) for paper in READMES)

    assert _outline(english) == _outline(chinese)
    assert _links_in(english) - {"README.zh-CN.md"} == _links_in(chinese) - {"README.md"}


def _outline(text: str) -> list[str]:
    """The levels of its headings and the code that its table rows begin with, in order."""
    return re.findall(r"^(?:#+(?= )|\| `[^`]+`(?= \|))", text, re.MULTILINE)


@pytest.mark.parametrize("paper", [paper for paper in PAPERS if paper.endswith(".md")])
def test_every_relative_link_leads_somewhere(paper: str) -> None:
    folder = (ROOT / paper).parent

    broken = [link for link in _links_in(text_of(paper)) if not (folder / link).exists()]
    assert broken == []


def _links_in(text: str) -> set[str]:
    links = (link.partition("#")[0] for link in _LINK.findall(text))
    return {link for link in links if link and not link.startswith(("http://", "https://"))}


def test_contributing_names_only_checkers_that_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    checkers = {code for _, by in _rules() for code in _CODE.findall(by)}

    missing = [
        checker
        for checker in sorted(checkers)
        if checker.removeprefix("make ") not in targets and not (ROOT / checker).is_file()
    ]
    assert missing == []


def test_contributing_has_a_checker_for_each_rule() -> None:
    assert [
        rule for rule, by in _rules() if not _CODE.search(by) and "import-linter" not in by
    ] == []


def test_contributing_lists_every_import_contract() -> None:
    contracts = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    named = [by.partition('"')[2].rstrip('"') for _, by in _rules() if "import-linter" in by]

    assert named == [contract["name"] for contract in contracts]


def test_contributing_has_every_rule_of_the_design() -> None:
    numbers = {int(rule.partition(".")[0]) for rule, _ in _rules() if rule[0].isdigit()}

    assert numbers == set(range(1, 11))


def _rules() -> list[tuple[str, str]]:
    table = text_of("CONTRIBUTING.md").partition("| rule | checked by |")[2].partition("\n\n")[0]
    pairs = [row.split(" | ") for row in _ROW.findall(table)]
    return [(rule, by) for rule, by in pairs]


def test_decisions_are_numbered_without_gaps_and_have_every_section() -> None:
    pages = sorted((ROOT / "docs/decisions").iterdir())

    assert [page.name[:5] for page in pages] == [f"{n:04}-" for n in range(1, len(pages) + 1)]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {page.name[:4]} "), page.name
        assert tuple(re.findall(r"^## (.+)$", text, re.MULTILINE)) == SECTIONS, page.name


def test_the_newest_released_change_is_of_this_version() -> None:
    version = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    newest = re.search(r"^## (\d\S*)", text_of("CHANGELOG.md"), re.MULTILINE)

    assert newest is not None
    assert newest[1] == version


@pytest.mark.parametrize("paper", PAPERS)
def test_papers_lead_only_to_hosts_we_mean(paper: str) -> None:
    found = set(re.findall(r"https?://([\w.-]*\w)", text_of(paper)))

    assert found - HOSTS == set()


@pytest.mark.parametrize("paper", PAPERS)
def test_papers_name_no_machine_of_their_own(paper: str) -> None:
    """A path on a machine begins like one that every administrator has."""
    roots = set(re.findall(r"(?<![\w.:/~…*>)}-])/([a-z]+)/[a-z]", text_of(paper)))

    assert roots - ROOTS_OF_PATHS == set()


@pytest.mark.parametrize("paper", PAPERS)
def test_papers_are_finished(paper: str) -> None:
    unfinished = re.findall(r"\b(TODO|FIXME|TBD|XXX)\b|lorem ipsum", text_of(paper))

    assert unfinished == []


def test_pictures_are_small_enough_to_load() -> None:
    pictures = list((ROOT / "docs/pictures").iterdir())

    assert pictures != []
    assert [each.name for each in pictures if each.stat().st_size > 300_000] == []


def test_the_container_copies_every_folder_the_bot_needs() -> None:
    copied = re.findall(r"^COPY (\w+)/ \1/$", text_of("deploy/Containerfile"), re.MULTILINE)
    packages = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["root_packages"]

    assert sorted(copied) == sorted([*packages, "content"])
