"""What people type becomes an answer that looks the way they typed it."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from branch.content.faults import Faults
from branch.guidance.body import Placeholder
from branch.guidance.markdown import body_of
from branch.guidance.plain_markdown import as_markdown
from texts.telegram_html import shown

ROOT = Path(__file__).parents[3]


def html(text: str) -> str:
    faults = Faults()
    body = body_of(as_markdown(text), Path("a.md"), faults, line=1)
    assert faults.noted == (), as_markdown(text)
    return body.html(lambda placeholder: f"[{placeholder.milestone}]")


@pytest.mark.parametrize(
    ("typed", "is_shown"),
    [
        ("一行\n又一行", "一行\n\n又一行"),
        ("要带：\n- 身份证\n- 准考证\n别忘了", "要带：\n• 身份证\n• 准考证\n\n别忘了"),
        ("1、先报名\n2、再确认", "1. 先报名\n2. 再确认"),
        ("# 标题\n---\n正文", "# 标题\n\n---\n\n正文"),
        ("a < b && *c* `d` _e_ ![f]", "a < b && *c* `d` _e_ ![f]"),
        ("    缩进的", "缩进的"),
        ("12.19 考试\n2026. 这样", "12.19 考试\n\n2026. 这样"),
        ("邮箱 a_b_c@x.cn <b>粗</b>", "邮箱 a_b_c@x.cn <b>粗</b>"),
        ("[1]: 注释", "[1]: 注释"),
        ("2*3=6，4**2", "2*3=6，4**2"),
        ("已经 \\*转义\\* 过", "已经 *转义* 过"),
        ("结尾\\", "结尾\\"),
        ("===", "==="),
        ("-", "-"),
    ],
)
def test_signs_are_shown_as_typed(typed: str, is_shown: str) -> None:
    assert shown(html(typed)) == is_shown


def test_bold_links_quotes_and_dates_are_kept() -> None:
    typed = (
        "**重要** 看 [研招网](https://yz.chsi.com.cn/a_b)，考试 {{ preliminary_exam }}\n> 折\n> 叠"
    )

    assert html(typed) == (
        '<b>重要</b> 看 <a href="https://yz.chsi.com.cn/a_b">研招网</a>，考试 [preliminary_exam]'
        "\n\n<blockquote expandable>折\n\n叠</blockquote>"
    )


def test_a_misspelled_date_stays_a_fault() -> None:
    faults = Faults()
    body = body_of(as_markdown("考试 {{ Exam! }}"), Path("a.md"), faults, line=1)

    assert [part for part in body.parts if isinstance(part, Placeholder)] == []
    assert len(faults.noted) == 1


@given(st.text(st.sampled_from("ab文 \n\t\\`*_#>-+~=|<&![]():.1、/" + '"'), max_size=60))
@example("*\n-")
@settings(deadline=None, max_examples=400)
def test_nothing_that_is_typed_has_a_shape_that_answers_lack(typed: str) -> None:
    if as_markdown(typed):
        html(typed)


@given(st.text(st.sampled_from("ab文 \n*_#>-1.、[](`"), max_size=60))
@example("1、>")
@settings(deadline=None, max_examples=200)
def test_what_was_made_once_is_not_made_otherwise_the_second_time(typed: str) -> None:
    once = as_markdown(typed)

    assert shown(html(once)) == shown(html(typed)) if once else not as_markdown(once)


def test_every_real_body_says_the_same_when_it_is_sent_back() -> None:
    """But that a line break in a file is a new paragraph in a chat."""
    for file in sorted((ROOT / "content" / "guidance").rglob("*.md")):
        body = file.read_text(encoding="utf-8").split("\n---\n", 1)[1].strip()
        filed = body_of(body, file, Faults(), line=1).html(
            lambda placeholder: f"[{placeholder.milestone}]"
        )
        assert html(body).split() == filed.split() or html(body).replace("\n", "") == (
            filed.replace("\n", "")
        ), file
