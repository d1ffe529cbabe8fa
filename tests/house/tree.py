"""The tree as the house rules see it: its Python files, parsed, with where each thing stands."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import cast

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "schedules", "storage", "playground", "branch", "texts")
SPEECHLESS = ("bot", "handlers", "schedules", "storage", "branch")
NOT_OURS = {".venv", ".git", "node_modules", "__pycache__", "data"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def files(*folders: str) -> tuple[Path, ...]:
    """The Python files of the folders; of the whole tree if none is named."""
    found = [path for folder in folders or (".",) for path in (ROOT / folder).rglob("*.py")]
    return tuple(sorted(path for path in found if not NOT_OURS & set(path.relative_to(ROOT).parts)))


@cache
def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(source(path))


def at(path: Path, node: ast.expr | ast.stmt) -> str:
    return f"{name_of(path)}:{node.lineno}"


def nodes(*folders: str) -> Iterator[tuple[Path, ast.AST]]:
    for path in files(*folders):
        for node in ast.walk(parsed(path)):
            yield path, node


def strings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every string literal that is not a docstring."""
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in docstrings:
            yield cast("ast.Constant", node)
