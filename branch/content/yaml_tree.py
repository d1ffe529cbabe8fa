"""YAML as a tree that knows the line of everything in it."""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from msgspec import Struct, field

from branch.content.faults import Faults

DEEPEST = 20
"""Levels of nesting; content needs four, and an endless nest must not exhaust the stack."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = ("", "~", "null")
_UNSOUND = re.compile("[\ud800-\udfff\x00-\x09\x0b-\x1f]")


class Scalar(Struct, frozen=True):
    line: int
    text: str
    is_null: bool = False


class Sequence(Struct, frozen=True):
    line: int
    items: "list[Node]" = field(default_factory=list)


class Mapping(Struct, frozen=True):
    line: int
    pairs: "list[tuple[Node, Node]]" = field(default_factory=list)


Node = Scalar | Sequence | Mapping


class _Unusable(Exception):
    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def tree_of(text: str, file: Path, faults: Faults, *, line: int = 1) -> Node | None:
    """The one document in `text`, which begins at `line` of the file; None and a fault if broken.

    Built from parser events with a bound on its depth: composing by recursion would end the
    process on a file of many thousand opening brackets.
    """
    try:
        return _document(_Events(text, line))
    except _Unusable as broken:
        faults.note(file, broken.line, broken.reason)
    except yaml.MarkedYAMLError as broken:
        at = broken.problem_mark or broken.context_mark
        where = min(at.line, text.count("\n")) if at is not None else 0
        faults.note(file, line + where, f"this is not YAML: {broken.problem or broken.context}")
    except (yaml.YAMLError, ValueError) as broken:
        faults.note(file, line, f"this is not YAML: {str(broken).splitlines()[0]}")
    return None


class _Events:
    def __init__(self, text: str, line: int) -> None:
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
        self._line = line

    def take(self) -> yaml.Event:
        return next(self._events)

    def line_of(self, event: yaml.Event) -> int:
        return (event.start_mark.line if event.start_mark is not None else 0) + self._line


def _document(events: _Events) -> Node:
    beginning = events.take()
    start = events.take()
    if isinstance(start, yaml.StreamEndEvent):
        raise _Unusable(events.line_of(beginning), "there is nothing here but comments")
    tree = _node(events.take(), events, depth=0)
    events.take()
    after = events.take()
    if not isinstance(after, yaml.StreamEndEvent):
        raise _Unusable(events.line_of(after), "there is a second document; keep one a file")
    return tree


def _node(event: yaml.Event, events: _Events, *, depth: int) -> Node:
    line = events.line_of(event)
    if depth > DEEPEST:
        raise _Unusable(line, f"this is nested more than {DEEPEST} levels deep")
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
        raise _Unusable(line, "anchors (& and *) are not used here; write the value out")
    if isinstance(event, yaml.ScalarEvent):
        plain = event.implicit[0]
        return Scalar(line, _sound(event.value, line), plain and event.value.lower() in _NULLS)
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(line, events, depth=depth)
    return _mapping(line, events, depth=depth)


def _sequence(line: int, events: _Events, *, depth: int) -> Sequence:
    sequence = Sequence(line)
    while not isinstance(event := events.take(), yaml.SequenceEndEvent):
        sequence.items.append(_node(event, events, depth=depth + 1))
    return sequence


def _mapping(line: int, events: _Events, *, depth: int) -> Mapping:
    mapping = Mapping(line)
    while not isinstance(event := events.take(), yaml.MappingEndEvent):
        key = _node(event, events, depth=depth + 1)
        mapping.pairs.append((key, _node(events.take(), events, depth=depth + 1)))
    return mapping


def _sound(text: str, line: int) -> str:
    if _UNSOUND.search(text):
        raise _Unusable(line, "this value has an escape for a character that cannot be shown")
    return text.strip()
