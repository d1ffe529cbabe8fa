"""The rules of the house that no other tool checks; each failure names the place."""

import ast
import io
import re
import tokenize
import tomllib
from pathlib import Path

from tests.house.tree import (
    NOT_OURS,
    ROOMS,
    ROOT,
    SPEECHLESS,
    at,
    files,
    name_of,
    nodes,
    parsed,
    source,
    strings,
)

LONGEST_FUNCTION = 40
LONGEST_FILE = 300
LISTS = (
    "handlers/buttons.py",  # the complete vocabulary of taps
    "handlers/ticket_buttons.py",  # its part about tickets
    "handlers/notice_buttons.py",  # and about notices
    "handlers/theme_day_buttons.py",  # and about theme days
    "storage/work.py",  # it names every repository
)
"""What is read as a list may be long: splitting it would make nothing clearer."""
WITH_DATACLASSES = ["branch/guidance/training.py", "storage/updates.py"]
"""They need what a struct cannot say: a field made after the others, one that is not compared."""
MIGRATIONS = "storage/migrations/versions/"
SENDING = {
    "send_message",
    "reply_text",
    "reply_html",
    "edit_message_text",
    "edit_text",
    "answer_callback_query",
    "answer_inline_query",
}
SENDS_FILES = {"send_document", "reply_document", "send_photo", "reply_photo"}
ALLOWED_TO_SEND = {
    "handlers/replies.py": SENDING | {"send_photo", "send_document"},
    "handlers/privacy.py": {"send_document"},
    "handlers/show_hits.py": {"send_document"},
    "handlers/packing.py": {"send_message", "edit_message_text", "send_photo", "send_document"},
}
LIBRARY_MEMORY = {"bot_data", "chat_data", "user_data"}
NAMES_THAT_SAY_NOTHING = {"util", "utils", "helper", "helpers", "common", "manager", "base", "misc"}
CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
SUPPRESSION = re.compile(r"#\s*(?:noqa|type:\s*ignore)")
WITH_REASON = re.compile(
    r"#\s*(?:noqa:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|type:\s*ignore\[[a-z\-, ]+\])\s+(?:--|#)\s+\S.*"
)
ADDRESS = re.compile(
    r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host|^-[if] ", re.MULTILINE
)
TARGET = re.compile(r"^([a-z][a-z-]*):(?!=)(.*)$", re.MULTILINE)
MOST_TARGETS = 8


def test_every_room_is_watched_by_import_linter() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    rooms -= NOT_OURS | {"tests", "benchmarks"}

    assert sorted(settings["tool"]["importlinter"]["root_packages"]) == sorted(rooms)


def test_only_replies_speak_to_people() -> None:
    found = [
        f"{at(path, node)}: {node.func.attr}"
        for path, node in nodes("handlers", "bot", "schedules")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if _sends(node.func) and node.func.attr not in ALLOWED_TO_SEND.get(name_of(path), set())
        if not (node.func.attr == "answer" and name_of(path) == "handlers/replies.py")
    ]

    assert found == [], "let handlers/replies.py say it"


def test_the_short_way_for_texts_is_for_letters_only() -> None:
    """It passes the library's methods by, and with them the rule above."""
    found = [
        at(path, node)
        for path, node in nodes("handlers", "bot", "schedules")
        if isinstance(node, ast.Attribute) and node.attr == "post"
        if isinstance(node.value, ast.Attribute) and node.value.attr == "request"
        if name_of(path) != "handlers/plain_texts.py"
    ] + [
        at(path, node)
        for path, node in nodes("handlers", "bot", "schedules")
        if isinstance(node, ast.ImportFrom) and node.module == "handlers.plain_texts"
        if name_of(path) != "handlers/packing.py"
    ]

    assert found == []


def test_nothing_is_kept_in_the_librarys_memory() -> None:
    found = [
        f"{at(path, node)}: {node.attr}"
        for path, node in nodes("handlers", "bot", "schedules")
        if isinstance(node, ast.Attribute) and node.attr in LIBRARY_MEMORY
    ]

    assert found == [], "it would not survive a restart: keep a row"


def test_words_for_people_stand_in_texts_and_content() -> None:
    found = [
        f"{at(path, literal)}: {literal.value!r}"
        for path in files(*SPEECHLESS)
        for literal in strings(parsed(path))
        if CHINESE.search(str(literal.value)) and CHINESE.search(_as_written(path, literal))
    ]

    assert found == [], "words belong into texts/ or content/"


def test_who_is_behind_a_pseudonym_is_read_by_few() -> None:
    found = {
        name_of(path)
        for path, node in nodes("branch", "handlers", "schedules", "bot")
        if isinstance(node, ast.Attribute) and node.attr == "ticket_identities"
    }

    assert found == {
        "branch/tickets/asking.py",  # gives a pseudonym
        "branch/tickets/delivering.py",  # brings letters
        "branch/tickets/unveiling.py",  # two have agreed
    }


def test_functions_are_short() -> None:
    found = [
        f"{at(path, node)}: {node.name} has {length} lines"
        for path, node in nodes()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for length in [(node.end_lineno or 0) - node.lineno + 1]
        if length > LONGEST_FUNCTION and not _is_a_list(path)
    ]

    assert found == [], f"a function has at most {LONGEST_FUNCTION} lines"


def test_files_are_short() -> None:
    found = [
        f"{name_of(path)}: {length} lines"
        for path in files()
        for length in [len(source(path).splitlines())]
        if length > LONGEST_FILE and not _is_a_list(path)
    ]

    assert found == [], f"a file has at most {LONGEST_FILE} lines"


def test_annotations_are_read_as_they_are() -> None:
    found = [
        at(path, node)
        for path, node in nodes()
        if isinstance(node, ast.ImportFrom) and node.module == "__future__"
    ]

    assert found == [], "buttons and settings read their types when the program runs"


def test_values_are_structs() -> None:
    found = [
        name_of(path)
        for path, node in nodes(*ROOMS)
        if isinstance(node, ast.ImportFrom) and node.module == "dataclasses"
    ]

    assert sorted(found) == WITH_DATACLASSES, "each dataclass compiles its methods at every start"


def test_nobody_sleeps_on_the_event_loop() -> None:
    found = [
        at(path, node)
        for path, node in nodes()
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "time.sleep"
    ]

    assert found == [], "asyncio.sleep lets the others go on"


def test_modules_are_named_after_what_they_are_for() -> None:
    found = [
        name_of(path)
        for path in files()
        if {path.stem, *path.parent.parts} & NAMES_THAT_SAY_NOTHING
    ]

    assert found == []


def test_every_suppression_says_why() -> None:
    found = [
        f"{name_of(path)}:{token.start[0]}: {token.string}"
        for path in files()
        for token in tokenize.generate_tokens(io.StringIO(source(path)).readline)
        if token.type == tokenize.COMMENT
        if SUPPRESSION.search(token.string) and not WITH_REASON.search(token.string)
    ]

    assert found == [], "write `# noqa: CODE -- reason` or `# type: ignore[code]  # reason`"


def test_requirements_name_no_registry() -> None:
    found = [
        f"{name_of(path)}: {match[0]}"
        for path in sorted((ROOT / "requirements").iterdir())
        for match in ADDRESS.finditer(path.read_text(encoding="utf-8"))
    ]

    assert found == [], "each machine uses the registry it is set up for"


def test_every_locked_requirement_is_pinned_and_hashed() -> None:
    locks = sorted((ROOT / "requirements").glob("*.lock"))
    found = [
        f"{name_of(path)}: {entry.split()[0]}"
        for path in locks
        for entry in _locked(path)
        if not re.match(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==\S+", entry)
        or "--hash=sha256:" not in entry
    ]

    assert found == []
    assert [path.stem for path in locks] == ["dev", "runtime"]


def test_makefile_has_few_targets_each_with_help() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = dict(TARGET.findall(makefile))

    assert [name for name, rest in targets.items() if not re.search(r"## \S", rest)] == []
    assert len(targets) <= MOST_TARGETS, sorted(targets)


def _sends(call: ast.Attribute) -> bool:
    if call.attr == "answer":
        return "query" in ast.unparse(call.value)
    return call.attr in SENDING | SENDS_FILES


def _as_written(path: Path, literal: ast.Constant) -> str:
    """An escaped range of characters in a pattern is no word."""
    return ast.get_source_segment(source(path), literal) or ""


def _is_a_list(path: Path) -> bool:
    return name_of(path) in LISTS or name_of(path).startswith(("tests/", MIGRATIONS))


def _locked(path: Path) -> list[str]:
    """Each requirement with its hashes as one line."""
    joined = path.read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]
