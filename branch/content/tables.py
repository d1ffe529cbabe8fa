"""Taking typed values out of a YAML mapping, noting whatever is missing, wrong or unknown."""

from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from branch.content.faults import Faults
from branch.content.files import text_in
from branch.content.yaml_tree import Mapping, Node, Scalar, Sequence, tree_of
from texts.language import Language

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


class Table:
    """A mapping whose keys are asked for by name; `done` then notes the keys nobody asked for."""

    def __init__(self, mapping: Mapping, file: Path, faults: Faults) -> None:
        self.file = file
        self.line = mapping.line
        self.faults = faults
        self._asked: set[str] = set()
        self._values: dict[str, Node] = {}
        self._lines: dict[str, int] = {}
        for key, value in mapping.pairs:
            self._keep(key, value)

    def _keep(self, key: Node, value: Node) -> None:
        if not isinstance(key, Scalar):
            self.faults.note(self.file, key.line, "a key must be a plain word")
        elif key.text in self._values:
            self.faults.note(self.file, key.line, f"`{key.text}` stands here twice; keep one")
        else:
            self._values[key.text] = value
            self._lines[key.text] = key.line

    def keys(self) -> tuple[str, ...]:
        return tuple(self._values)

    def fault(self, key: str, reason: str) -> None:
        self.faults.note(self.file, self._lines.get(key, self.line), f"`{key}` {reason}")

    def line_of(self, key: str) -> int:
        return self._lines.get(key, self.line)

    def has(self, key: str) -> bool:
        self._asked.add(key)
        value = self._values.get(key)
        return value is not None and not (isinstance(value, Scalar) and value.is_null)

    def done(self) -> None:
        for key in self._values.keys() - self._asked:
            near = get_close_matches(key, self._asked, n=1)
            hint = f"; is `{near[0]}` meant?" if near else "; delete it"
            self.fault(key, f"is not known here{hint}")

    def parsed(self, key: str, parse: Callable[[str], T], expected: str, instead: T) -> T:
        """What `parse` makes of the text; its ValueError becomes a fault, and `instead` goes on."""
        if not self.has(key):
            self.fault(key, f"is missing; write {expected}")
            return instead
        value = self._values[key]
        if not isinstance(value, Scalar):
            self.fault(key, f"must be {expected}, not a list or a mapping")
            return instead
        try:
            return parse(value.text)
        except ValueError:
            self.fault(key, f"must be {expected}, not {value.text!r}")
            return instead

    def text(self, key: str) -> str:
        return self.parsed(key, _filled, "a text", "")

    def text_if_any(self, key: str) -> str | None:
        return self.text(key) if self.has(key) else None

    def day(self, key: str) -> date:
        return self.parsed(key, date.fromisoformat, "a date like 2026-11-22", date.min)

    def flag(self, key: str, *, otherwise: bool) -> bool:
        if not self.has(key):
            return otherwise
        return self.parsed(key, _truth, "true or false", otherwise)

    def one_of(self, key: str, closed: type[E]) -> E:
        *most, last = (member.value for member in closed)
        return self.parsed(key, closed, f"{', '.join(most)} or {last}", next(iter(closed)))

    def texts(self, key: str, *, at_least: int = 0) -> tuple[str, ...]:
        """The texts of a list; duplicates and too few of them are faults."""
        texts = [text for text, _ in self._texts(key)] if self.has(key) else []
        if len(texts) < at_least:
            self.fault(key, f"has {len(texts)}; write at least {at_least}")
        for text in {text for text in texts if texts.count(text) > 1}:
            self.fault(key, f"has {text!r} twice; keep one")
        return tuple(texts)

    def texts_or_text(self, key: str) -> tuple[str, ...]:
        """A list of texts, or one text as a list of its own."""
        if isinstance(self._values.get(key), Sequence):
            return self.texts(key, at_least=1)
        return (self.text(key),)

    def parsed_each(
        self, key: str, parse: Callable[[str], T], explain: Callable[[str], str]
    ) -> tuple[T, ...]:
        """What `parse` makes of each text in a list; `explain` says what is wrong with one."""
        parsed: list[T] = []
        for text, line in self._texts(key) if self.has(key) else ():
            try:
                parsed.append(parse(text))
            except ValueError:
                self.faults.note(self.file, line, f"`{key}`: {explain(text)}")
        return tuple(parsed)

    def _texts(self, key: str) -> list[tuple[str, int]]:
        value = self._values[key]
        if not isinstance(value, Sequence):
            self.fault(key, "must be a list, one `- …` a line")
            return []
        return texts_of(value, self.file, self.faults)

    def table(self, key: str) -> "Table | None":
        if not self.has(key):
            self.fault(key, "is missing")
            return None
        value = self._values[key]
        if not isinstance(value, Mapping):
            self.fault(key, "must be a mapping like {name: …, url: …}")
            return None
        return Table(value, self.file, self.faults)

    def tables(self, key: str) -> list["Table"]:
        if not self.has(key):
            self.fault(key, "is missing")
            return []
        return tables_of(self._values[key], self.file, self.faults)

    def lists(self, key: str) -> list[tuple[tuple[str, ...], int]]:
        """The lists of texts under the key, each with its line."""
        return lists_of(self._values[key], self.file, self.faults) if self.has(key) else []

    def by_language(self, key: str) -> dict[Language, str]:
        """A text in every language we speak, as in {zh: …, en: …}."""
        inner = self.table(key)
        if inner is None:
            return dict.fromkeys(Language, "")
        said = {language: inner.text(language.value) for language in Language}
        inner.done()
        return said


def table_in(file: Path, faults: Faults) -> Table | None:
    """The file as one mapping."""
    tree = _tree_in(file, faults)
    if tree is None:
        return None
    if isinstance(tree, Mapping):
        return Table(tree, file, faults)
    faults.note(file, tree.line, "the file must be a mapping, lines of `key: value`")
    return None


def tables_in(file: Path, faults: Faults) -> list[Table]:
    """The file as a list of mappings."""
    tree = _tree_in(file, faults)
    return [] if tree is None else tables_of(tree, file, faults)


def lists_in(file: Path, faults: Faults) -> list[tuple[tuple[str, ...], int]]:
    """The file as a list of lists of texts, each with its line."""
    tree = _tree_in(file, faults)
    return [] if tree is None else lists_of(tree, file, faults)


def lists_of(node: Node, file: Path, faults: Faults) -> list[tuple[tuple[str, ...], int]]:
    if not isinstance(node, Sequence):
        faults.note(file, node.line, "this must be a list of lists, `- […, …]` a line")
        return []
    found = []
    for item in node.items:
        if isinstance(item, Sequence):
            texts = tuple(text for text, _ in texts_of(item, file, faults))
            found.append((texts, item.line))
        else:
            faults.note(file, item.line, "this must be a list: [first, second]")
    return found


def tables_of(node: Node, file: Path, faults: Faults) -> list[Table]:
    if not isinstance(node, Sequence):
        faults.note(file, node.line, "this must be a list, every item beginning with `- `")
        return []
    found = []
    for item in node.items:
        if isinstance(item, Mapping):
            found.append(Table(item, file, faults))
        else:
            faults.note(file, item.line, "this item must be a mapping, lines of `key: value`")
    return found


def texts_of(node: Sequence, file: Path, faults: Faults) -> list[tuple[str, int]]:
    """The texts of a list, each with its line."""
    found = []
    for item in node.items:
        if isinstance(item, Scalar) and item.text:
            found.append((item.text, item.line))
        else:
            faults.note(file, item.line, "this item must be a text; put it in quotes")
    return found


def _tree_in(file: Path, faults: Faults) -> Node | None:
    text = text_in(file, faults)
    return None if text is None else tree_of(text, file, faults)


def _filled(text: str) -> str:
    if not text:
        raise ValueError(text)
    return text


def _truth(text: str) -> bool:
    truths = {"true": True, "false": False, "yes": True, "no": False}
    if text.lower() not in truths:
        raise ValueError(text)
    return truths[text.lower()]
