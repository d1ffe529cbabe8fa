"""Fields in what members write: `{{ 姓名 }}` becomes each reader's own, in a closed box.

Members write the source, so it may name fields, give them a word for those who have none, and
choose by them; it can do nothing else. It is Telegram's HTML: values are escaped.
"""

import html
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

_BRACES: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")
_ALLOWED: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.If,
    nodes.CondExpr,
    nodes.Or,
    nodes.And,
    nodes.Not,
    nodes.Compare,
    nodes.Operand,
    nodes.Filter,
)
_FILTERS: Final = {"default", "d", "upper", "lower", "trim"}


class FieldFaulty(ValueError):
    """The source cannot be read; `words` is the part of it, as well as we know."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class FieldUnknown(FieldFaulty):
    """It names a field that there is not."""


def fields_in(source: str, known: Iterable[str]) -> frozenset[str]:
    """The fields that it names. Raises FieldFaulty, FieldUnknown."""
    tree = _parsed(_unmarked(source))
    for node in _all(tree):
        if not isinstance(node, _ALLOWED):
            raise FieldFaulty(type(node).__name__)
        if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
            raise FieldFaulty(node.name)
    named = {node.name for node in tree.find_all(nodes.Name)}
    for name in sorted(named - set(known)):
        raise FieldUnknown(name)
    return frozenset(named)


def needed_in(source: str, known: Iterable[str]) -> frozenset[str]:
    """The fields without which it cannot be said: named outright, with nothing in their place."""
    fields = fields_in(source, known)
    return frozenset(each for each in fields if not _does_without(source, each, fields))


def filled(source: str, values: Mapping[str, Any]) -> str:
    """The source with the values. Raises FieldFaulty where one that it needs is None."""
    given = {name: value for name, value in values.items() if value is not None}
    try:
        return str(_template(_unmarked(source)).render(given))
    except (TemplateError, ArithmeticError, TypeError, ValueError) as error:
        raise FieldFaulty(str(error)) from error


def _does_without(source: str, field: str, fields: Iterable[str]) -> bool:
    try:
        filled(source, {each: "0" for each in fields if each != field})
    except FieldFaulty:
        return False
    return True


def _unmarked(source: str) -> str:
    """What stands in braces as it was typed: Telegram's HTML has escaped its quotation marks."""
    return _BRACES.sub(lambda found: html.unescape(_TAG.sub("", found[0])), source)


@lru_cache(maxsize=64)
def _parsed(source: str) -> nodes.Template:
    try:
        return _BOX.parse(source)
    except TemplateError as error:
        raise FieldFaulty(str(error)) from error


@lru_cache(maxsize=64)
def _template(source: str) -> Any:
    return _BOX.from_string(source)


def _all(tree: nodes.Node) -> Iterable[nodes.Node]:
    yield tree
    for child in tree.iter_child_nodes():
        yield from _all(child)


class _Field(StrictUndefined):
    """Without a value: false in a choice, replaced by `or`, an error where it is shown."""

    def __bool__(self) -> bool:  # type: ignore[override]  # what it refuses is what we want
        return False


_BOX: Final = ImmutableSandboxedEnvironment(autoescape=True, undefined=_Field)
