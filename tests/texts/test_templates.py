"""Every message and label, in both languages: complete, renderable, short enough, escaped."""

import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from jinja2 import Environment, meta
from jinja2.exceptions import UndefinedError

import texts.renderer
from tests.texts.samples import AWKWARD, AWKWARD_ADDRESS, SAMPLES, Values
from tests.texts.telegram_markup import addresses, plain
from texts.language import Language
from texts.renderer import HERE, Texts, labels
from texts.telegram_html import LONGEST_MESSAGE, shown_units, units

ZONE = ZoneInfo("Asia/Shanghai")
MACROS = {"dates/parts"}
LONGEST_BUTTON = {Language.ZH: 14, Language.EN: 22}
LONGEST_TOAST = 200
LONGEST_DESCRIPTION = 256
LABEL_VALUES: dict[Language, Values] = {
    Language.ZH: {
        "name": "欧阳小满",
        "year": 2027,
        "month": 8,
        "count": 88,
        "version": 2,
        "number": 88,
        "days": 30,
        "tag": "考研一组",
        "value": "材料2301",
        "gist": "明天三点开会",
    },
    Language.EN: {
        "name": "Lin Xiao",
        "year": 2027,
        "month": 8,
        "count": 88,
        "version": 2,
        "number": 88,
        "days": 30,
        "tag": "Study group",
        "value": "MSE2301",
        "gist": "Meeting at 3",
    },
}
MESSAGES = pytest.mark.parametrize(
    ("language", "name"),
    [pytest.param(*each, id="-".join(each)) for each in product(Language, SAMPLES)],
)
"""A test a message looks at all its samples: a test a sample takes four times as long."""


@pytest.fixture(scope="module")
def said() -> Texts:
    return Texts(ZONE)


def templates(language: Language) -> set[str]:
    folder = HERE / language
    return {path.relative_to(folder).as_posix()[:-5] for path in folder.rglob("*.html")}


def used_values(language: Language, name: str) -> set[str]:
    """What a template and all that it imports ask for."""
    environment = texts.renderer._environment(language, ZONE)
    seen: set[str] = set()
    waiting = [f"{name}.html"]
    values: set[str] = set()
    while waiting:
        file = waiting.pop()
        seen.add(file)
        source, imported = _read(environment, language, file)
        values |= source
        waiting += imported - seen
    return values - set(environment.globals)


def _read(environment: Environment, language: Language, file: str) -> tuple[set[str], set[str]]:
    tree = environment.parse((HERE / language / file).read_text(encoding="utf-8"))
    imported = {each for each in meta.find_referenced_templates(tree) if each is not None}
    return meta.find_undeclared_variables(tree), imported


def fields_of(label: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(label) if name is not None}


def label(language: Language, name: str) -> str:
    return labels(language)[name].format(**LABEL_VALUES[language] | _short_year(name))


def _short_year(name: str) -> Values:
    return {"year": 27} if name == "button.intake" else {}


def holds(value: Any, sought: str) -> bool:
    """Whether the text is somewhere in the values, in lists and objects too."""
    if isinstance(value, dict):
        return any(holds(each, sought) for each in value.values())
    if isinstance(value, list | tuple):
        return any(holds(each, sought) for each in value)
    if isinstance(value, str):
        return value == sought
    names: Iterable[str] = getattr(value, "__dict__", ()) or getattr(type(value), "__slots__", ())
    return any(holds(getattr(value, name), sought) for name in names if name[0] != "_")


def renderings(said: Texts, language: Language, name: str) -> Iterator[tuple[int, Values, str]]:
    """Each sample by its number, and the message with it."""
    for number, values in enumerate(SAMPLES[name]):
        yield number, values, said.render(name, language, **values)


def test_both_languages_have_the_same_messages() -> None:
    assert templates(Language.EN) == templates(Language.ZH)


def test_every_message_has_samples() -> None:
    assert set(SAMPLES) == templates(Language.ZH) - MACROS


@pytest.mark.parametrize("name", sorted(templates(Language.ZH)))
def test_both_languages_use_the_same_values(name: str) -> None:
    assert used_values(Language.EN, name) == used_values(Language.ZH, name)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_samples_give_every_value_that_the_message_uses(name: str) -> None:
    missing = [used_values(Language.ZH, name) - set(values) for values in SAMPLES[name]]
    assert missing == [set()] * len(missing)


@MESSAGES
def test_message_is_well_formed_and_fits(language: Language, name: str, said: Texts) -> None:
    faulty = [
        (number, markup)
        for number, _, markup in renderings(said, language, name)
        if plain(markup).strip() == ""
        or shown_units(markup) > LONGEST_MESSAGE
        or shown_units(markup) != units(plain(markup))
    ]
    assert faulty == [], "empty, too long, or counted otherwise than Telegram does"


@MESSAGES
def test_message_has_no_stray_blanks(language: Language, name: str, said: Texts) -> None:
    stray = re.compile(r"\n\n\n|[ \t\u3000]+\n|[ \t\u3000]+$|[^\n] {2,}|\( | \)")
    texts = [(number, plain(each)) for number, _, each in renderings(said, language, name)]
    assert [(number, text) for number, text in texts if stray.findall(text)] == []


@MESSAGES
def test_what_people_typed_is_shown_as_typed(language: Language, name: str, said: Texts) -> None:
    faulty = []
    for number, values, markup in renderings(said, language, name):
        text, links = plain(markup), addresses(markup)
        shown = (AWKWARD in text, AWKWARD_ADDRESS in text or AWKWARD_ADDRESS in links)
        if shown != (holds(values, AWKWARD), holds(values, AWKWARD_ADDRESS)):
            faulty.append((number, markup))
    assert faulty == []


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_english_message_is_written_in_english(name: str, said: Texts) -> None:
    source = (HERE / Language.EN / f"{name}.html").read_text(encoding="utf-8")
    spoken_to_both = {"language/choose", "welcome/language"}
    assert bool(re.search(r"[\u3000-\u9fff\uff00-\uffef]", source)) == (name in spoken_to_both)


def test_a_value_that_is_missing_is_an_error(said: Texts) -> None:
    with pytest.raises(UndefinedError, match="reference"):
        said.render("errors/mishap", Language.ZH)


@pytest.mark.parametrize("language", Language)
def test_an_answer_names_its_source_on_a_line_of_its_own(language: Language, said: Texts) -> None:
    begins = {Language.ZH: "来源：", Language.EN: "Source: "}[language]
    lines = [
        plain(said.render("answers/answer", language, **values)).splitlines()
        for values in SAMPLES["answers/answer"]
    ]
    assert [sum(each.startswith(begins) for each in answer) for answer in lines] == [1] * len(lines)


def test_one_of_something_is_not_many(said: Texts) -> None:
    one = SAMPLES["roles/roles"][1]
    assert said.render("roles/roles", Language.EN, **one).startswith("👥 <b>1</b> role at present")


def test_both_languages_have_the_same_labels() -> None:
    assert list(labels(Language.EN)) == list(labels(Language.ZH))


def test_both_languages_fill_the_same_fields_into_labels() -> None:
    zh, en = labels(Language.ZH), labels(Language.EN)
    assert {name: fields_of(en[name]) for name in en} == {name: fields_of(zh[name]) for name in zh}


@pytest.mark.parametrize("language", Language)
def test_buttons_are_short(language: Language) -> None:
    tables = ("button.", "language.", "role.")
    shown = [label(language, name) for name in labels(language) if name.startswith(tables)]
    assert [text for text in shown if not 0 < len(text) <= LONGEST_BUTTON[language]] == []


@pytest.mark.parametrize("language", Language)
def test_toasts_and_descriptions_fit(language: Language) -> None:
    longest = {"toast.": LONGEST_TOAST, "command.": LONGEST_DESCRIPTION}
    too_long = [
        name
        for table, limit in longest.items()
        for name in labels(language)
        if name.startswith(table) and not 0 < units(label(language, name)) <= limit
    ]
    assert too_long == []


@pytest.mark.parametrize("language", Language)
def test_labels_have_no_blanks_around(language: Language) -> None:
    assert [words for words in labels(language).values() if words != words.strip()] == []


@pytest.mark.parametrize(
    ("language", "says"), [(Language.ZH, "到 2027 年 8 月"), (Language.EN, "Until 08/2027")]
)
def test_label_is_filled(language: Language, says: str, said: Texts) -> None:
    assert said.label("button.until", language, year=2027, month=8) == says


def test_a_language_is_called_by_its_own_name() -> None:
    names = {f"language.{language}" for language in Language}
    assert {name: labels(Language.EN)[name] for name in names} == {
        name: labels(Language.ZH)[name] for name in names
    }


def test_texts_hold_nothing_but_templates_and_labels() -> None:
    strangers = [
        path.name
        for language in Language
        for path in Path(HERE / language).rglob("*")
        if path.is_file() and path.suffix != ".html" and path.name != "labels.toml"
    ]
    assert strangers == []
