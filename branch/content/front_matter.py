"""Markdown files that begin with front matter: YAML between two lines of `---`."""

from pathlib import Path

from msgspec import Struct

from branch.content.faults import Faults
from branch.content.files import text_in
from branch.content.tables import Table
from branch.content.yaml_tree import Mapping, tree_of

FENCE = "---"


class Document(Struct, frozen=True, kw_only=True):
    front: Table
    body: str
    body_line: int


def document_in(file: Path, faults: Faults) -> Document | None:
    """The file's front matter and body; None and a fault where either is missing or broken."""
    text = text_in(file, faults)
    return None if text is None else document_of(text, file, faults)


def document_of(text: str, file: Path, faults: Faults) -> Document | None:
    """The same of a text that stands, or would stand, in `file`."""
    lines = text.split("\n")
    end = _end_of_front(lines, file, faults)
    if end is None:
        return None
    tree = tree_of("\n".join(lines[1:end]), file, faults, line=2)
    if tree is None:
        return None
    if not isinstance(tree, Mapping):
        faults.note(file, tree.line, "the front matter must be lines of `key: value`")
        return None
    return Document(
        front=Table(tree, file, faults), body="\n".join(lines[end + 1 :]), body_line=end + 2
    )


def _end_of_front(lines: list[str], file: Path, faults: Faults) -> int | None:
    if lines[0].rstrip() != FENCE:
        faults.note(file, 1, f"front matter is missing; the first line must be `{FENCE}`")
        return None
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            return number
    faults.note(file, len(lines), f"the front matter does not end; close it with `{FENCE}`")
    return None
