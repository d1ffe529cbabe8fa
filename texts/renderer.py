"""Renders what the bot says: one template a message and language, values always escaped."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from texts.language import Language
from texts.moments import Moments

HERE = Path(__file__).parent


class Texts:
    """The bot's words: `<language>/<area>/<event>.html`, labels in `<language>/labels.toml`."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._environments = {language: _environment(language, zone) for language in Language}

    def render(self, template: str, language: Language, /, **values: Any) -> str:
        """The message as Telegram HTML. A value that the template misses raises UndefinedError."""
        return self._environments[language].get_template(f"{template}.html").render(values).strip()

    def label(self, name: str, language: Language, /, **values: Any) -> str:
        """A short word of an interface: a button, a command's description, a role."""
        return labels(language)[name].format(**values)


@cache
def labels(language: Language) -> dict[str, str]:
    """All short words of the language, by dotted name: `button.ask_a_member`."""
    tables = tomllib.loads((HERE / language / "labels.toml").read_text(encoding="utf-8"))
    return {
        f"{table}.{name}": words for table, rows in tables.items() for name, words in rows.items()
    }


@cache
def _environment(language: Language, zone: ZoneInfo) -> Environment:
    """One a process: with it are kept the templates that it has compiled."""
    environment = Environment(
        loader=FileSystemLoader(HERE / language),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,  # all of them: there are more than the usual 400, and no others
    )
    moments = Moments(language, zone)
    environment.filters["day"] = moments.day
    environment.filters["day_with_year"] = moments.day_with_year
    environment.filters["moment"] = moments.moment
    environment.filters["weekday"] = moments.weekday
    environment.filters["time"] = moments.time
    environment.globals["span"] = moments.span
    environment.globals["label"] = lambda name, **values: labels(language)[name].format(**values)
    return environment
