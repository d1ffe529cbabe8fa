"""Bodies become Telegram HTML that is always balanced and escaped."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.content.faults import Faults
from branch.guidance.body import Body, DateForm, Placeholder
from branch.guidance.markdown import body_of

FILE = Path("entry.md")


def body(text: str) -> Body:
    faults = Faults()
    made = body_of(text, FILE, faults, line=1)
    faults.raise_if_any()
    return made


def html(text: str) -> str:
    return body(text).html(lambda placeholder: f"[{placeholder.milestone}]")


def faults_in(text: str, *, line: int = 1) -> list[tuple[int, str]]:
    faults = Faults()
    body_of(text, FILE, faults, line=line)
    return [(fault.line, fault.reason) for fault in faults.noted]


class Balance(HTMLParser):
    """Follows tags; whatever is closed must have been opened last."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_paragraphs_bold_and_links() -> None:
    assert html("**264** 分，见[研招网](https://yz.chsi.com.cn/?a=1&b=2)。\n\n第二段") == (
        '<b>264</b> 分，见<a href="https://yz.chsi.com.cn/?a=1&amp;b=2">研招网</a>。\n\n第二段'
    )


def test_lists_follow_their_sentence_closely() -> None:
    assert html("要带：\n- 身份证\n- **准考证**\n\n然后：\n\n1. 看\n2. 走") == (
        "要带：\n• 身份证\n• <b>准考证</b>\n\n然后：\n\n1. 看\n2. 走"
    )


def test_a_quote_folds_and_may_hold_paragraphs_and_a_list() -> None:
    assert html("答。\n\n> 细节：\n> - 甲\n> - 乙\n>\n> 完") == (
        "答。\n\n<blockquote expandable>细节：\n• 甲\n• 乙\n\n完</blockquote>"
    )


def test_a_broken_line_is_joined_without_a_space_in_chinese_only() -> None:
    assert html("一行\n二行") == "一行二行"
    assert html("one line\ntwo") == "one line two"


def test_signs_of_html_are_escaped() -> None:
    assert html("a < b & c > d") == "a &lt; b &amp; c &gt; d"


def test_placeholders_are_listed_and_filled() -> None:
    made = body(
        "初试在 {{ preliminary_exam }}，**{{registration@2026.date}}**；{{ scores.status }}"
    )

    assert made.placeholders == (
        Placeholder(milestone="preliminary_exam"),
        Placeholder(milestone="registration", intake=2026, form=DateForm.DATE),
        Placeholder(milestone="scores", form=DateForm.STATUS),
    )
    assert made.html(lambda each: each.form) == "初试在 whole，<b>date</b>；status"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("# Title", 1, "headings"),
        ("x\n\n*slanted*", 3, "slanted"),
        ("`code`", 1, "code"),
        ("    code", 1, "four spaces"),
        ("```\ncode\n```", 1, "code"),
        ("![i](https://x.org/i.png)", 1, "images"),
        ("x <b>y</b>", 1, "HTML"),
        ("<script>x</script>", 1, "HTML"),
        ("x\n\n---\n\ny", 3, "line across"),
        ("- a\n  - b", 2, "list in a list"),
        ("> a\n>\n> > b", 3, "quote"),
        ("- a\n\n  > b", 3, "quote"),
        ("[x](/page)", 1, "https://"),
        ("[x](tel:123)", 1, "https://"),
        ("am {{ preliminary exam }}", 1, "{{ milestone }}"),
        ("am {{ exam", 1, "{{ milestone }}"),
        ("-\n", 1, "empty"),
    ],
)
def test_what_telegram_cannot_show_is_told_with_its_line(text: str, line: int, words: str) -> None:
    faults = faults_in(text, line=10)

    assert {number for number, _ in faults} == {line + 9}
    assert words in faults[0][1]


def test_an_answer_without_words_is_told() -> None:
    assert faults_in("\n\n", line=7) == [
        (7, "the answer is missing; write it below the front matter")
    ]


PIECES = st.sampled_from(
    [
        *("**", "*", "- ", "1. ", "> ", "# ", "---\n", "    ", "\n", "\n\n", "`", "\\"),
        *("[", "](https://x.org)", "<", "&", ">", '"', "<b>", "</b>"),
        *("{{ scores }}", "{{", "字", "a", " "),
    ]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join))
def test_any_text_becomes_balanced_html_of_few_tags(text: str) -> None:
    made = body_of(text, FILE, Faults(), line=1).html(lambda _: "12 月 19 日")

    balance = Balance()
    balance.feed(made)
    balance.close()

    assert balance.open == []
    assert balance.seen <= {"b", "a", "blockquote"}
    assert not re.search(r"&(?!(amp|lt|gt|quot|#x27);)", made)
