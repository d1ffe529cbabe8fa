"""Entries become text and text becomes entries, and nothing is lost on the way."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from branch.content.faults import Faults
from branch.content.provenance import Reliability, Source
from branch.guidance.entry_reading import read_entries, read_entry
from branch.guidance.entry_texts import EntryTexts
from branch.guidance.entry_writing import fingerprint, texts_of
from branch.guidance.markdown import body_of
from branch.guidance.model import Entry, Library, Origin, Slug, TopicId
from branch.guidance.reading import read_library
from tests.branch.guidance.conftest import MILESTONES
from texts.language import Language

ROOT = Path(__file__).parents[3]
AWKWARD = [
    "- 一", "#", "a: b", "b #c", "[x]", "{y}", "& z", "*", "!", "| x", "> 引", "'", '"', "%", "@某",
    "`", "null", "~", "true", "2026", "---", "...", "? 问", "：", "key:", "，", "\\n", "“引”", "=1",
    "😀", "\u2028隔", "a\u0085b", "\ufeffx", "None", "=SUM(A1)",
]  # fmt: skip

SIGNS = st.characters(codec="utf-8", min_codepoint=32, exclude_categories=["Cs", "Cn"])
LINES = st.one_of(st.text(SIGNS, min_size=1, max_size=20), st.sampled_from(AWKWARD)).map(str.strip)
TEXTS = LINES.filter(bool)
MARKDOWN = st.sampled_from(
    [
        "初试在 {{ preliminary_exam }}。",
        "一段。\n\n- 一\n- 二\n\n> 折起来的 **粗** 和 [链接](https://example.org/?a=1&b=2)",
        "1. 先\n2. 后\n\n1 \\* 2 &lt; 3 — “引”：# 不是标题",
        "\u3000\u3000缩进过的，去年 {{ registration@2026.date }}\u3000",
    ]
)


def body(markdown: str) -> Any:
    return body_of(markdown, Path("x.md"), Faults(), line=1)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    checked_on = draw(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
    reliability = draw(st.sampled_from(Reliability))
    markdown = {each: draw(MARKDOWN) for each in draw(st.sampled_from([[*Language], ["zh"]]))}
    said = {Language(each): text for each, text in markdown.items()}
    wordings = draw(st.lists(TEXTS, max_size=12, unique=True))
    url = draw(st.sampled_from(["https://example.org/a?b=c#d", None]))
    return Entry(
        slug=Slug("any-slug"),
        topic=TopicId("timeline"),
        questions={language: draw(TEXTS) for language in said},
        bodies={language: body(text) for language, text in said.items()},
        markdown=said,
        wordings={
            language: tuple(wordings if language is Language.ZH else wordings[:3])
            for language in said
        },
        not_wordings=tuple(
            each for each in draw(st.lists(TEXTS, max_size=4, unique=True)) if each not in wordings
        ),
        source=Source(name=draw(TEXTS), url=url or "http://example.org"),
        intake=draw(st.sampled_from([2027, 2026, None])),
        reliability=reliability,
        needs_check=draw(TEXTS if reliability is Reliability.K else st.none() | TEXTS),
        checked_on=checked_on,
        review_after=checked_on + timedelta(days=draw(st.integers(1, 500))),
        related=draw(st.sampled_from([(), (Slug("tuition"), Slug("exam-dates"))])),
        origin=draw(st.sampled_from([Origin.CHAT, Origin.IMPORT])),
        retired_on=draw(st.sampled_from([None, checked_on])),
    )


def read_again(texts: EntryTexts) -> tuple[Entry | None, list[str]]:
    faults = Faults()
    entry = read_entry(texts, faults, topics={"timeline"}, milestones=None)
    return entry, list(map(str, faults.noted))


@given(entry=entries())
@settings(deadline=None, max_examples=150)
def test_an_entry_is_read_as_it_was_written(entry: Entry) -> None:
    assert read_again(texts_of(entry)) == (entry, [])


@pytest.mark.parametrize("awkward", AWKWARD)
def test_an_awkward_text_comes_back(awkward: str, library: Library) -> None:
    usual = library.entries[0]
    entry = replace(
        usual,
        questions={Language.ZH: awkward.strip()},
        wordings={Language.ZH: (awkward.strip(), f"后 {awkward} 后")},
        bodies={Language.ZH: usual.bodies[Language.ZH]},
        markdown={Language.ZH: usual.markdown[Language.ZH]},
        source=Source(name=awkward.strip(), url="https://example.org/"),
        needs_check=awkward.strip(),
        origin=Origin.CHAT,
    )

    read, faults = read_again(texts_of(replace(entry, topic=TopicId("timeline"))))

    assert faults == []
    assert read == replace(entry, topic=TopicId("timeline"))


def test_every_real_entry_comes_back_from_its_files(tmp_path: Path) -> None:
    """The whole folder written anew means what it meant."""
    faults = Faults()
    real = read_library(ROOT / "content", faults, milestones=None)
    for entry in real.entries:
        for file, text in texts_of(entry).files().items():
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file).write_text(text, encoding="utf-8")

    again = read_entries(
        tmp_path / "guidance", faults, topics={each.id for each in real.topics}, milestones=None
    )

    assert faults.noted == ()
    assert again == real.entries


def test_a_written_entry_is_written_as_people_write_it(library: Library) -> None:
    entry = next(each for each in library.entries if each.slug == "exam-dates")

    assert (
        texts_of(entry).files()[Path("guidance/timeline/exam-dates.md")]
        == """---
question: 考研初试是哪天
wordings:
  - 今年考研几号
  - 初试时间安排
  - 研究生考试是哪几天
  - 什么时候考研
  - 27考研哪天考
  - 考研还有几天
  - 12月哪天考试
  - 初试是哪个周末
not_wordings:
  - 复试是哪天
source:
  name: 教育部
  url: https://example.org/
intake: 2027
reliability: A
checked_on: 2026-11-22
review_after: 2027-01-10
related: [registration-dates]
---
初试在 {{ preliminary_exam }}。
"""
    )


def test_every_fault_of_a_text_is_told_where_it_would_stand() -> None:
    texts = EntryTexts(
        slug=Slug("mine"),
        topic=TopicId("nowhere"),
        texts={
            Language.ZH: "---\nquestion: 问\nsource: {name: x}\nintake: 2027\nreliability: C\n"
            "checked_on: 2026-11-22\nreview_after: 2027-01-01\n---\n# 标题\n\n{{ no_day }}\n",
            Language.EN: "question: no fence\n",
        },
    )
    faults = Faults()
    read_entry(texts, faults, topics={"timeline"}, milestones=MILESTONES)

    assert list(map(str, faults.noted)) == [
        "guidance/nowhere/mine.en.md:1: front matter is missing; the first line must be `---`",
        "guidance/nowhere/mine.md:1: the folder 'nowhere' is no topic of topics.yaml",
        "guidance/nowhere/mine.md:2: `not_wordings` has 0; write at least 1",
        "guidance/nowhere/mine.md:2: `wordings` has 0; write at least 8",
        "guidance/nowhere/mine.md:9: headings are not shown in Telegram; write a paragraph",
        "guidance/nowhere/mine.md:9: the intake 2027 of the calendar has no milestone 'no_day'",
    ]


@pytest.mark.parametrize("spoiled", ["", "---\n", "---\nquestion: [\n---\nx", "\0", "a\tb"])
def test_a_broken_text_gives_a_fault_and_no_entry(spoiled: str) -> None:
    entry, faults = read_again(
        EntryTexts(slug=Slug("mine"), topic=TopicId("timeline"), texts={Language.ZH: spoiled})
    )

    assert entry is None
    assert len(faults) == 1


@given(text=st.text(max_size=300))
@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_breaks_the_reading(text: str) -> None:
    read_again(EntryTexts(slug=Slug("mine"), topic=TopicId("timeline"), texts={Language.ZH: text}))


def test_a_fingerprint_changes_with_what_the_files_say_and_with_nothing_else(
    library: Library,
) -> None:
    entry = library.entries[0]
    moved, dated = (
        replace(entry, topic=TopicId("elsewhere")),
        replace(entry, review_after=date(2030, 1, 1)),
    )

    assert fingerprint(replace(entry)) == fingerprint(entry)
    assert len({fingerprint(each) for each in (entry, moved, dated)}) == 3
    assert fingerprint(None) == fingerprint(replace(entry, retired_on=date(2026, 1, 1))) == ""
