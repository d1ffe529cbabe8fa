"""Two review each paper, without names; who cannot is replaced; who decides sees both."""

import io
import zipfile
from datetime import timedelta

from docx import Document

from branch.papers.blinding import blinded
from branch.papers.giving_out import is_named
from branch.papers.model import FileKind
from branch.people.model import TelegramId
from tests.handlers.calling import (
    ABSTRACT,
    THEME,
    TITLE,
    asks_for,
    opens,
    reviews,
    sends,
    submits,
)
from tests.handlers.conftest import a_member
from tests.handlers.test_calls import DEADLINE, moves_to
from tests.noticing import later, worked
from tests.stage import NOW, Person, Stage


async def a_call_under_review(stage: Stage, *, members: int = 3) -> tuple[Person, list[Person]]:
    """Who opened it, and the members; the first of these has handed in."""
    opener = await a_member(stage, "发起人")
    people = [await a_member(stage, f"党员{each}") for each in range(members)]
    await opens(opener)
    await submits(people[0])
    await starts(opener)
    return opener, people


async def starts(opener: Person) -> None:
    stage = opener.stage
    await moves_to(stage, DEADLINE + timedelta(hours=9))
    await opener.types("/call")
    await opener.taps(THEME)
    await opener.taps("开始评审")
    await opener.taps("确定开始")
    await worked(stage)


def asked(person: Person) -> bool:
    return any("请你评一份稿子" in each for each in person.heard)


async def test_two_review_it_who_are_neither_author_nor_opener(both_stages: Stage) -> None:
    opener, [author, first, second] = await a_call_under_review(both_stages)

    assert "开始评审了，1 份" in opener.hears
    assert "缺" not in opener.hears
    assert [asked(each) for each in (opener, author, first, second)] == [False, False, True, True]
    await author.types("/submit")
    assert "评审中" in author.hears
    assert "换文件" not in author.buttons


async def test_the_review_does_not_begin_before_the_deadline_nor_twice(stage: Stage) -> None:
    opener = await a_member(stage)
    await opens(opener)
    await submits(opener)
    await opener.types("/call")
    await opener.taps(THEME)
    assert "开始评审" not in opener.buttons
    await opener.taps_data(opener.last.id, "revstart2:1", force=True)
    assert "还没截止" in opener.hears
    [_, _] = [await a_member(stage, name) for name in ("甲", "乙")]
    await starts(opener)
    await opener.taps_data(opener.last.id, "revstart2:1", force=True)
    assert "已经在评审" in opener.hears


async def test_reviewers_see_no_name_and_get_the_file_under_a_neutral_one(
    both_stages: Stage,
) -> None:
    stage = both_stages
    opener, author = await a_member(stage, "发起人"), await a_member(stage, "欧阳小满")
    first, _ = [await a_member(stage, name) for name in ("甲", "乙")]
    await opens(opener)
    document = Document()
    document.core_properties.author = "欧阳小满"
    document.add_paragraph("正文")
    out = io.BytesIO()
    document.save(out)
    await author.types("/submit")
    await author.types(TITLE)
    await author.taps("跳过")
    await author.types(ABSTRACT)
    await author.types("炼钢")
    await sends(author, out.getvalue(), "欧阳小满的论文.docx")
    await author.taps("提交")
    await starts(opener)
    before = len(first.heard)

    await first.taps("去评")
    assert ABSTRACT in first.hears
    await first.taps("看稿件")
    sent = next(m.document for m in reversed(stage.world.history(first.id)) if m.document)
    assert sent.name == "DJ2026-001-v1.docx"
    assert b"\xe6\xac\xa7\xe9\x98\xb3" not in sent.data
    with zipfile.ZipFile(io.BytesIO(sent.data)) as parts:
        everything = b"".join(parts.read(each) for each in parts.namelist())
    assert "欧阳".encode() not in everything
    assert "正文".encode() in everything
    assert not any("欧阳" in each for each in first.heard[before - 1 :])


async def test_scores_one_at_a_time_then_words_and_both_see_each_other_only_at_the_end(
    both_stages: Stage,
) -> None:
    opener, [author, first, second] = await a_call_under_review(both_stages)
    await first.taps("去评")
    assert "贴不贴主题" in first.hears
    for score, question in (("4", "扎不扎实"), ("5", "写得怎么样"), ("3", "写几句评语")):
        await first.taps(score)
        assert question in first.hears
    assert "交评审" not in first.buttons
    await first.taps("写评语")
    await first.types("例子实在，结尾可以短一些")
    assert "主题 4 · 内容 5 · 写作 3" in first.hears
    await first.taps("交评审")
    assert first.toast == "交上了，谢谢"
    assert "另一位" not in first.hears

    await reviews(second, scores="555", words="很好")
    assert "另一位：12/15，例子实在" in second.hears
    await worked(both_stages)
    assert any("DJ2026-001 的两份评审都到了" in each for each in opener.heard)
    # it can be changed until it is decided
    await second.taps("写作")
    await second.taps("1")
    assert "写作 1" in second.hears
    assert not any("例子实在" in each or "很好" in each for each in author.heard)


async def test_who_has_an_interest_or_no_time_is_replaced(both_stages: Stage) -> None:
    stage = both_stages
    opener, people = await a_call_under_review(stage, members=5)
    _, first, second, third, fourth = people
    await first.taps("去评")
    await first.taps("有利益关系")
    await worked(stage)
    assert "换一位没有利益关系的" in first.hears
    assert asked(third)
    assert not asked(fourth)
    await second.taps("去评")
    await second.taps("没空")
    await worked(stage)
    assert asked(fourth)
    # nobody is left but who opened it
    await third.taps("去评")
    await third.taps("没空")
    await worked(stage)
    assert asked(opener)
    await first.taps("我评的")
    assert "现在没有要你评的" in first.hears
    async with stage.parts.transactions.look() as work:
        kept = await work.reviews.of_call(1)  # type: ignore[arg-type]  # a test's shorthand
        assert [str(each.excuse) for each in kept[1][:2]] == ["interest", "busy"]  # type: ignore[index]  # the same


async def test_co_authors_do_not_review(stage: Stage) -> None:
    opener, author = await a_member(stage, "发起人"), await a_member(stage, "作者")
    named, other, third = [await a_member(stage, name) for name in ("甲", "欧阳小满", "丁")]
    await opens(opener)
    await author.types("/submit")
    await author.types(TITLE)
    await author.types("甲、欧阳 小满")
    await author.types(ABSTRACT)
    await author.taps("跳过")
    await sends(author)
    await author.taps("提交")
    await starts(opener)

    assert [asked(each) for each in (named, other, third, opener)] == [False, False, True, True]


async def test_work_is_shared_out_evenly(stage: Stage) -> None:
    opener = await a_member(stage, "发起人")
    people = [await a_member(stage, f"党员{each}") for each in range(6)]
    await opens(opener)
    for number, person in enumerate(people[:3]):
        await submits(person, data=f"%PDF {number}".encode())
    await starts(opener)

    counted = [sum("请你评一份稿子" in each for each in person.heard) for person in people]
    assert sum(counted) == 6
    assert max(counted) == 1
    assert not asked(opener)


async def test_a_late_paper_goes_to_reviewers_like_the_others(both_stages: Stage) -> None:
    stage = both_stages
    opener, late = await a_member(stage, "发起人"), await a_member(stage, "作者")
    first, second = [await a_member(stage, name) for name in ("甲", "乙")]
    await asks_for(opener)
    await opener.taps("补交码")
    await opener.types("夏天2026")
    await opener.taps("开始征文")
    await submits(first, data=b"%PDF first")
    await starts(opener)
    await late.types("/submit")
    await late.types(TITLE)
    await late.taps("跳过")
    await late.types(ABSTRACT)
    await late.taps("跳过")
    await sends(late)
    await late.taps("提交")
    await late.types("夏天2026")
    await worked(stage)

    assert "评审" in late.hears
    assert [any("DJ2026-002" in each for each in p.heard) for p in (first, second)] == [True, True]


async def test_who_is_no_member_any_more_and_strangers_see_no_review(stage: Stage) -> None:
    _, [author, first, _] = await a_call_under_review(stage)
    message, data = first.button("去评")
    await author.taps_data(author.last.id, data, force=True)
    assert "这篇不用你评了" in author.hears
    async with stage.parts.transactions.begin() as work:
        known = await work.people.by_telegram(TelegramId(first.id), now=NOW)
        assert known is not None
        grants = await work.roles.active(now=NOW)
        theirs = next(each.id for each in grants if each.person_id == known.id)
        await work.roles.end(theirs, by=known.id, now=stage.clock.now())
    await first.taps_data(message, data)
    assert "才能" in first.hears


async def test_who_says_nothing_is_reminded_and_who_has_left_is_replaced(
    both_stages: Stage,
) -> None:
    stage = both_stages
    opener, [_, first, second] = await a_call_under_review(stage)
    await reviews(second)
    await later(stage, timedelta(days=3, hours=1))
    waits = [sum("等你的评审" in each for each in person.heard) for person in (first, second)]
    assert waits == [1, 0]
    assert not asked(opener)
    now = stage.clock.now()
    async with stage.parts.transactions.begin() as work:
        grants = await work.roles.active(now=now)
        theirs = next(each for each in grants if each.name == "党员1")
        await work.roles.end(theirs.id, by=theirs.person_id, now=now)
    await later(stage, timedelta(hours=1))
    assert asked(opener)


async def test_a_place_nobody_could_take_goes_to_a_new_member(stage: Stage) -> None:
    opener, [author] = await a_call_under_review(stage, members=1)
    assert any("还缺 1 位评审" in each for each in opener.heard)
    assert asked(opener)
    new = await a_member(stage, "新党员")
    await later(stage, timedelta(hours=1))

    assert asked(new)
    assert not asked(author)


async def test_a_withdrawn_paper_needs_no_review(stage: Stage) -> None:
    _, [author, first, _] = await a_call_under_review(stage)
    await author.types("/submit")
    await author.taps("撤回")
    await author.taps("确定撤回")
    await first.taps("去评")

    assert "这篇不用你评了" in first.hears


def test_names_are_found_among_co_authors() -> None:
    assert is_named("欧阳小满", "张三、欧阳小满")
    assert is_named("Li Ming", "Wang Fang; li ming")
    assert is_named("甲", "乙、甲")
    assert not is_named("甲", "甲乙、丙")
    assert not is_named("李四", "张三")
    assert not is_named("", "张三")


def test_what_is_no_document_is_left_as_it_is() -> None:
    assert blinded(b"%PDF", FileKind.PDF) == b"%PDF"
    assert blinded(b"PK no zip", FileKind.DOCX) == b"PK no zip"
