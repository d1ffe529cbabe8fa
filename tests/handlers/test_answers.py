"""How an answer looks: one phone screen, what it holds in which order, and in which language."""

import pytest

from handlers.date_words import CalendarWords
from tests.stage import NOW, ROOT, SHANGHAI, Person, Stage, content_of
from texts.language import Language
from texts.phone_screen import SCREEN, SHORTEST_FOLD, folded, lines_of
from texts.renderer import Texts

CONTENT = content_of(ROOT / "content")
WORDS = CalendarWords(CONTENT.calendar, Texts(SHANGHAI), SHANGHAI)
ENTRIES = CONTENT.library.library.entries


def test_every_answer_fits_on_a_phone_screen() -> None:
    """Lines above the fold; a rest of three lines is not worth a tap and stays."""
    too_long = {}
    for entry, language in ((each, spoken) for each in ENTRIES for spoken in each.bodies):
        body = folded(entry.html(language, words=WORDS, now=NOW))
        above = body.partition("<blockquote expandable>")[0].rstrip()
        room = SCREEN if above != body else SCREEN + SHORTEST_FOLD
        if lines_of(above) > room:
            too_long[entry.slug, language] = lines_of(above)

    assert too_long == {}


async def test_an_answer_says_and_offers_these_in_this_order(student: Person) -> None:
    await student.types("准考证什么时候打印")

    heading, *_, source, validity = [line for line in student.hears.split("\n") if line]
    assert heading.startswith("📌 ")
    assert source.startswith("来源：")
    assert "核对" in validity
    assert student.buttons[:2] == ["有用", "没用"]
    assert student.buttons[-3:] == ["问党员", "同类问题", "菜单"]
    assert len(student.buttons) in range(5, 8)
    assert all(len(row) <= 2 for row in student.last.buttons)


async def test_what_is_not_covered_offers_what_is_near(student: Person) -> None:
    await student.types("我们这门课的出题老师是哪位")
    assert "答不好" in student.hears
    assert student.buttons[-2:] == ["📚 按主题看", "菜单"]


async def test_english_in_english_out(student: Person) -> None:
    """Whoever has chosen Chinese and asks in English reads English, also after a tap."""
    await student.types("When is the exam this year?")
    assert "Source: " in student.hears
    assert {"Helpful", "Not helpful"} <= set(student.buttons)

    await student.taps("Not helpful")
    assert student.hears.endswith("One tap is enough.")
    await student.taps("Off the point")
    assert "Noted: off the point." in student.hears

    await student.types("今年考研哪天考")
    assert "来源：" in student.hears


async def test_a_chinese_only_entry_says_so_to_an_english_reader(stage: Stage) -> None:
    alex = stage.person("Alex", language_code="en")
    await alex.joins(language="English")
    entry = next(each for each in ENTRIES if Language.EN not in each.questions)
    await alex.types(f"/start entry_{entry.slug}")

    assert "Not in English yet; this is the Chinese text." in alex.hears


@pytest.mark.parametrize(
    ("question", "otherwise", "language"),
    [
        ("When is the exam?", Language.ZH, Language.EN),
        ("how many subjects does it have", Language.ZH, Language.EN),
        ("kaoyan shenme shihou baoming", Language.ZH, Language.ZH),
        ("cet4 408 yz", Language.ZH, Language.ZH),
        ("what is 调剂", Language.ZH, Language.ZH),
        ("what is 调剂", Language.EN, Language.EN),
        ("今年考研哪天考", Language.EN, Language.EN),
        ("", Language.ZH, Language.ZH),
    ],
)
def test_only_a_plainly_english_question_is_english(
    question: str, otherwise: Language, language: Language
) -> None:
    assert Language.of_question(question, otherwise) is language
