"""Pages for a browser: each a file by itself, without words of its own, every value escaped."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_HERE = Path(__file__).parent / "pages"


def render_page(name: str, /, **values: Any) -> str:
    """The page. A value that it misses raises UndefinedError."""
    return _environment().get_template(f"{name}.html").render(values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
