"""Achievements: recorded a question at a time, once each, and confirmed by another member."""

from io import BytesIO

import pytest
from PIL import Image

from playground.clock import MovableClock
from playground.server import PlaygroundServer
from playground.world import World
from tests.handlers.conftest import a_member
from tests.noticing import students
from tests.stage import NOW, Person, Stage, run_bot

TITLE = "高熵合金的强度与塑性"
DOI = "10.1016/j.actamat.2020.01.001"


async def fills_in(
    member: Person, *, title: str = TITLE, doi: str = "", evidence: bool = False
) -> None:
    """Up to the last look."""
    await member.types("/research")
    await member.taps("记成果")
    await member.taps("论文")
    await member.types(title)
    await member.types("张三，李四 and Wang Wu")
    await member.types("Acta Materialia")
    await member.taps("2025")
    await member.taps("SCI")
    if doi:
        await member.types(doi)
    else:
        await member.taps("没有编号")
    if evidence:
        await sends(member, b"%PDF-1.4", "首页.pdf")
    else:
        await member.taps("没有证明")


async def records(member: Person, **what: str) -> None:
    await fills_in(member, **what)  # type: ignore[arg-type]  # only texts are given
    await member.taps("记下")


async def sends(person: Person, data: bytes, name: str) -> None:
    person.stage.world.send_document(person.id, person.chat_id, data, name)
    await person.stage.settle()


async def opens_waiting(member: Person, title: str = TITLE) -> None:
    await member.types("/research")
    await member.taps("待确认")
    await member.taps(title[:20])


async def test_it_is_recorded_and_confirmed_by_another(both_stages: Stage) -> None:
    one, other = await a_member(both_stages), await a_member(both_stages, "李学姐")
    await fills_in(one, doi=f"https://doi.org/{DOI.upper()}", evidence=True)
    assert "张三、李四、Wang Wu" in one.hears
    assert f"DOI {DOI}" in one.hears
    assert "首页.pdf" in one.hears
    await one.taps("记下")
    assert "等另一位党员确认" in one.hears
    assert "确认" not in one.buttons

    await other.types("/research")
    assert "1 项等第二个人确认" in other.hears
    await opens_waiting(other)
    await other.taps("看证明")
    assert any(m.document for m in both_stages.world.history(other.id))
    await other.taps("确认")
    assert any("李学姐 确认过" in each for each in other.heard)
    assert f"你报的「{TITLE}」，李学姐 确认了" in one.hears
    await one.taps("看这一项")
    assert any("李学姐 确认过" in each for each in one.heard)
    await one.types("/research")
    assert "确认了 1 项" in one.hears


async def test_ones_own_is_not_confirmed_but_can_be_taken_back(stage: Stage) -> None:
    member = await a_member(stage)
    await records(member)
    await member.taps_data(member.last.id, "acyes:1", force=True)
    assert any("自己报的要由别人来确认" in each for each in member.heard)
    await opens_waiting(member)
    await member.taps("撤回")
    await member.taps("确定撤回")

    assert member.toast == "撤回了"
    await member.types("/research")
    assert "确认了 0 项" in member.hears
    assert "等第二个人" not in member.hears


async def test_of_two_who_judge_at_once_one_wins(both_stages: Stage) -> None:
    stage = both_stages
    one = await a_member(stage)
    judges = [await a_member(stage, "李学姐"), await a_member(stage, "赵学长")]
    await records(one)
    for judge in judges:
        await opens_waiting(judge)
    for judge in judges:
        message, data = judge.button("确认")
        stage.world.tap(judge.id, judge.chat_id, message, data)
    await stage.settle()

    said = [judge.hears for judge in judges]
    assert sum("确认过" in each for each in said) == 1
    assert sum("已经有人处理过了" in each for each in said) == 1
    assert sum("确认了，已经算进" in each for each in one.heard) == 1


async def test_refused_with_a_reason_and_reported_again(both_stages: Stage) -> None:
    one, other = await a_member(both_stages), await a_member(both_stages, "李学姐")
    await records(one, doi=DOI)
    await opens_waiting(other)
    await other.taps("不确认")
    await other.types("年份应该是 2024")

    assert "没有确认：年份应该是 2024" in other.hears
    assert "年份应该是 2024" in one.hears
    await one.taps("看这一项")
    await one.taps("改好再报")
    await one.taps("年份")
    await one.types("2024")
    assert f"DOI {DOI}" in one.hears
    await one.taps("记下")
    assert "2024 年" in one.hears
    assert "等另一位党员确认" in one.hears


async def test_the_same_is_recorded_once_and_nothing_of_the_form_is_lost(stage: Stage) -> None:
    one, other = await a_member(stage), await a_member(stage, "李学姐")
    await records(one, doi=DOI)
    await fills_in(other, title="高熵合金：的 强度与塑性")
    await other.taps("记下")
    assert any(
        f"已经有人记过了：「{TITLE}」（2025 年，王学长 报的）" in each for each in other.heard
    )
    assert "记之前看一眼" in other.hears

    await other.taps("题目")
    await other.types("另一篇")
    await other.taps("编号")
    await other.types(DOI)
    await other.taps("记下")
    assert any("已经有人记过了" in each for each in other.heard[-3:])
    await other.taps("编号")
    await other.taps("没有编号")
    await other.taps("记下")
    assert "等另一位党员确认" in other.hears


async def test_the_same_doi_twice_at_once_has_one_winner(both_stages: Stage) -> None:
    stage = both_stages
    people = [await a_member(stage, name) for name in ("王学长", "李学姐", "赵学长")]
    for number, person in enumerate(people):
        await fills_in(person, title=f"题目各不相同 {number}", doi=DOI)
    for person in people:
        message, data = person.button("记下")
        stage.world.tap(person.id, person.chat_id, message, data)
    await stage.settle()

    assert sum("等另一位党员确认" in person.hears for person in people) == 1
    assert sum("记之前看一眼" in person.hears for person in people) == 2


async def test_wrong_input_is_told_and_the_form_goes_on(stage: Stage) -> None:
    member = await a_member(stage)
    await member.types("/research")
    await member.taps("记成果")
    await member.types("论文")
    assert any("点上面的按钮" in each for each in member.heard)
    await member.taps("论文")
    await sends(member, b"x", "a.pdf")
    assert any("这一步要打字" in each for each in member.heard)
    await member.types("长" * 301)
    assert any("太长了" in each for each in member.heard)
    await member.types(TITLE)
    await member.types("，、")
    assert any("不能空着" in each for each in member.heard)
    await member.types("张三")
    await member.types("Acta Materialia")
    for wrong in ("去年", "1979", "2028", "20255"):
        await member.types(wrong)
        assert any("1980 到 2027 年" in each for each in member.heard[-2:]), wrong
    await member.types("2024年")
    await member.taps("EI")
    for wrong, said in (
        ("没有", "没看到 DOI"),
        ("10.1016", "少了斜杠后面"),
        ("10.1/x", "四位数字"),
    ):
        await member.types(wrong)
        assert any(said in each for each in member.heard[-2:]), wrong
    await member.types(DOI)
    await member.types("没有")
    assert any("要一张照片或一个文件" in each for each in member.heard)
    await member.taps("没有证明")

    assert "论文，EI" in member.hears


async def test_going_back_and_changing_the_kind_asks_for_its_level(stage: Stage) -> None:
    member = await a_member(stage)
    await fills_in(member, doi=DOI)
    await member.taps("类别")
    await member.taps("专利")
    assert member.buttons[:3] == ["发明", "实用新型", "外观设计"]
    await member.taps("发明")

    assert "专利，发明" in member.hears


async def test_the_form_survives_a_restart(sqlite_url: str) -> None:
    clock = MovableClock(NOW)
    world = World(clock)
    async with PlaygroundServer(world) as server:
        async with run_bot(world, server, clock, sqlite_url) as stage:
            member = await a_member(stage)
            await member.types("/research")
            await member.taps("记成果")
            await member.taps("论文")
            await member.types(TITLE)
        async with run_bot(world, server, clock, sqlite_url) as stage:
            member = Person(stage, member.id)
            await member.types("张三")
            await member.types("Acta Materialia")
            await member.taps("2026")
            await member.taps("核心")
            await member.taps("没有编号")
            await member.taps("没有证明")

            assert f"🏅 {TITLE}\n论文，核心\n张三\nActa Materialia，2026 年" in member.hears


@pytest.mark.parametrize("data", ["acnew", "ac:1", "aclist:claimed:0", "acyes:1", "acno:1"])
async def test_students_are_refused(stage: Stage, data: str) -> None:
    member = await a_member(stage)
    await records(member)
    [student] = await students(stage, 1)
    await student.types("你好")
    await student.taps_data(student.last.id, data, force=True)

    assert "更高的角色" in student.hears


async def test_the_record_stays_when_its_reporter_goes(stage: Stage) -> None:
    one, other = await a_member(stage), await a_member(stage, "李学姐")
    await records(one)
    await one.types("/privacy")
    await one.taps("删除全部")
    await one.taps("要删，下一步")
    await one.taps("全部删除")
    await opens_waiting(other)
    assert "已退出的同学 报的" in other.hears
    await other.taps("确认")

    assert any("李学姐 确认过" in each for each in other.heard)


async def test_ones_own_is_put_right_before_it_is_confirmed(both_stages: Stage) -> None:
    one, other = await a_member(both_stages), await a_member(both_stages, "李学姐")
    await records(one, doi=DOI)
    await one.taps("改")
    await one.taps("题目")
    await one.types("高熵合金的强韧化")
    await one.taps("记下")
    await other.types("/research")
    await other.taps("待确认 1")
    await other.taps("高熵合金的强韧化")
    assert f"DOI {DOI}" in other.hears


async def test_what_is_confirmed_meanwhile_stays_as_it_was_confirmed(both_stages: Stage) -> None:
    one, other = await a_member(both_stages), await a_member(both_stages, "李学姐")
    await records(one)
    await one.taps("改")
    await one.taps("题目")
    await one.types("别的题目")
    await opens_waiting(other)
    await other.taps("确认")
    message, data = one.button("记下")
    await one.taps_data(message, data)

    assert any("已经有人处理过了" in each for each in one.heard)
    await one.types("/research")
    assert "确认了 1 项" in one.hears
    assert "等第二个人" not in one.hears


async def test_somebody_elses_is_not_put_right(stage: Stage) -> None:
    one, other = await a_member(stage), await a_member(stage, "李学姐")
    await records(one)
    await opens_waiting(other)
    await other.taps_data(other.last.id, "acedit:1", force=True)

    assert not any("记之前看一眼" in each for each in other.heard)


async def test_the_table_is_drawn_as_a_picture(stage: Stage) -> None:
    one = await a_member(stage)
    await records(one)
    await one.types("/research")
    await one.taps("成果表")

    await one.taps("发成图")

    picture = Image.open(BytesIO(one.last.photo.data))
    assert picture.width == 1080
    assert picture.height > 300
