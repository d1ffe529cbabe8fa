"""Research as members do it: topics become problems; voted once each, put together, solved."""

from datetime import timedelta

import pytest

from playground.clock import MovableClock
from playground.server import PlaygroundServer
from playground.world import World
from tests.handlers.conftest import a_member
from tests.handlers.test_theme_days import TITLE, plans
from tests.noticing import later, secretary, students
from tests.stage import NOW, Person, Stage, run_bot

PORES = "钛合金粉末打印出来总有气孔，致密度上不去"
PORES_TOO = "激光选区熔化钛合金的孔隙率太高，怎么提高致密度"
ENGLISH = "Porosity in laser-melted Ti-6Al-4V is too high"
FUNDS = "青年基金申请书怎么写才有说服力"


async def notes(member: Person, text: str, kind: str = "难点") -> None:
    await member.types("/research")
    await member.taps("记一条")
    await member.taps(kind)
    await member.types(text)


async def a_problem(member: Person, text: str = PORES) -> None:
    await notes(member, text)
    await member.taps("另算一个")


async def opens(member: Person, name: str) -> None:
    await member.types("/research")
    await member.taps("问题")
    await member.taps(name[:20])


async def test_a_topic_near_a_problem_is_offered_and_joins_it(both_stages: Stage) -> None:
    one, other = await a_member(both_stages), await a_member(both_stages, "李学姐")
    await a_problem(one)
    assert one.hears.startswith(f"🧩 {PORES}")

    await notes(other, PORES_TOO)
    assert f"像是一回事：{PORES}" in other.hears
    await other.taps("并进去")

    assert other.toast == "归好了"
    assert PORES_TOO in other.hears
    assert "（李学姐）" in other.hears
    await notes(other, FUNDS)
    assert "还没有意思相近的问题" in other.hears


async def test_loose_topics_are_brought_together_by_meaning(both_stages: Stage) -> None:
    member = await a_member(both_stages)
    for text in (PORES, FUNDS, PORES_TOO):
        await notes(member, text)
    await member.types("/research")
    assert "还有 3 条没归到问题里" in member.hears
    await member.taps("问题")
    await member.taps("没归类的")
    await member.taps("按意思归拢")

    assert "这几条像是一回事（1/1）" in member.hears
    assert FUNDS not in member.hears
    message, data = member.button("建成问题")
    for _ in range(2):
        both_stages.world.tap(member.id, member.chat_id, message, data)
    await both_stages.settle()
    assert PORES in member.hears
    assert PORES_TOO in member.hears
    await member.types("/research")
    assert "1 个问题" in member.hears
    assert "还有 1 条没归到问题里" in member.hears


async def test_a_group_that_has_changed_is_shown_anew(stage: Stage) -> None:
    member = await a_member(stage)
    for text in (PORES, PORES_TOO):
        await notes(member, text)
    await member.types("/research")
    await member.taps("问题")
    await member.taps("没归类的")
    await member.taps("按意思归拢")
    message, data = member.button("建成问题")
    await notes(member, "激光打印钛合金孔隙率太高，致密度怎么提高")
    await member.taps_data(message, data)

    assert any("刚刚有变化，再看一眼" in each for each in member.heard)
    await member.types("/research")
    assert "0 个问题" in member.hears


async def test_a_vote_counts_once_and_is_taken_back(both_stages: Stage) -> None:
    one, other = await a_member(both_stages), await a_member(both_stages, "李学姐")
    await a_problem(one)
    await opens(other, PORES)
    message, data = other.button("投一票")
    for person in (other, other):
        both_stages.world.tap(person.id, person.chat_id, message, data)
    await both_stages.settle()
    await opens(one, PORES)
    await one.taps("投一票")

    assert "2 票，有你一票" in one.hears
    await one.taps("收回这票")
    assert "1 票" in one.hears
    assert "有你一票" not in one.hears


async def test_it_is_named_by_its_author_or_a_secretary_and_solved_by_anybody(
    stage: Stage,
) -> None:
    one, other = await a_member(stage), await a_member(stage, "李学姐")
    boss = await secretary(stage)
    await a_problem(one)
    await opens(other, PORES)
    assert "改名" not in other.buttons
    await opens(boss, PORES)
    await boss.taps("改名")
    await boss.types("长" * 41)
    assert any("40 个字以内" in each for each in boss.heard)
    await boss.types("打印钛合金的气孔")
    assert boss.hears.startswith("🧩 打印钛合金的气孔")

    await opens(other, "打印钛合金的气孔")
    await other.taps("解决了")
    await other.types("粉末先烘干，再降扫描速度")
    assert "✅ 粉末先烘干" in other.hears
    await one.types("/research")
    assert "0 个问题，解决了 1 个" in one.hears
    await one.taps("问题")
    await one.taps("解决了的")
    await one.taps("打印钛合金")
    await one.taps("重新打开")
    assert "投一票" in one.buttons


async def test_merged_problems_keep_their_topics_and_one_vote_each(both_stages: Stage) -> None:
    member, boss = await a_member(both_stages), await secretary(both_stages)
    for text in (PORES, FUNDS):
        await a_problem(member, text)
        await member.taps("投一票")
    await opens(boss, FUNDS)
    await boss.taps("投一票")
    await boss.taps("合并")
    await boss.taps(PORES[:15])

    assert boss.hears.startswith(f"🧩 {PORES}")
    assert "2 票，有你一票" in boss.hears
    assert FUNDS in boss.hears
    await boss.taps("移出一条")
    await boss.taps(FUNDS)
    assert boss.toast == "移出来了"
    assert FUNDS not in boss.hears
    # the last one stays
    assert "移出一条" not in boss.buttons
    await member.types("/research")
    assert "1 个问题" in member.hears
    assert "还有 1 条没归到问题里" in member.hears


async def test_too_short_and_too_long_is_told_and_the_form_goes_on(stage: Stage) -> None:
    member = await a_member(stage)
    await member.types("/research")
    await member.taps("记一条")
    await member.taps("热点")
    for wrong in ("太短", "长" * 301):
        await member.types(wrong)
        assert any("写够 10 个字" in each or "301 字" in each for each in member.heard)
    await member.types(PORES)

    assert "记下了。\n热点：" in member.hears
    await member.taps("删掉")
    await member.types("/research")
    assert "没归到" not in member.hears


async def test_two_who_file_the_same_topic_away_have_one_winner(both_stages: Stage) -> None:
    stage = both_stages
    one, other = await a_member(stage), await a_member(stage, "李学姐")
    await a_problem(one, PORES)
    await notes(one, PORES_TOO)
    await other.types("/research")
    await other.taps("问题")
    await other.taps("没归类的")
    await other.taps(PORES_TOO[:20])
    for person, label in ((one, "并进去"), (other, "另算一个")):
        message, data = person.button(label)
        stage.world.tap(person.id, person.chat_id, message, data)
    await stage.settle()

    said = [person.hears for person in (one, other)]
    assert sum("刚刚被归到别的问题里了" in each for each in said) == 1
    assert sum(each.startswith("🧩") for each in said) == 1


async def test_what_is_not_grouped_in_other_words_is_at_least_in_the_same(
    small_stage: Stage,
) -> None:
    """Without the embedding the letters serve."""
    member = await a_member(small_stage)
    await a_problem(member)
    await notes(member, "钛合金粉末打印的致密度上不去，总有气孔")
    assert "像是一回事" in member.hears
    await notes(member, ENGLISH)
    assert "像是一回事" not in member.hears


@pytest.mark.parametrize("way", ["/research", "tap"])
async def test_students_are_refused(stage: Stage, way: str) -> None:
    [student] = await students(stage, 1)
    if way == "tap":
        await student.types("你好")
        await student.taps_data(student.last.id, "rsnote", force=True)
    else:
        await student.types(way)

    assert "更高的角色" in student.hears


async def test_the_text_stays_when_its_author_goes(stage: Stage) -> None:
    one, other = await a_member(stage), await a_member(stage, "李学姐")
    await a_problem(one)
    await one.taps("投一票")
    await one.types("/privacy")
    await one.taps("删除全部")
    await one.taps("要删，下一步")
    await one.taps("全部删除")
    await opens(other, PORES)

    assert f"{PORES}（已退出的同学）" in other.hears
    assert "0 票" in other.hears
    assert "王学长" not in other.hears


async def test_a_problem_becomes_a_theme_of_a_theme_day(both_stages: Stage) -> None:
    member = await a_member(both_stages)
    [student] = await students(both_stages, 1)
    await a_problem(member)
    await member.taps("作为讨论主题")
    assert "近期没有安排主题党日" in member.hears
    await plans(member)
    await opens(member, PORES)
    await member.taps("作为讨论主题")
    await member.taps(TITLE)

    assert f"🚩 {TITLE} 讨论，12 月 10 日 19:00（周四）" in member.hears
    await student.types("/themedays")
    await student.taps(TITLE)
    assert f"🧩 要讨论的：\n• {PORES}" in student.hears
    await opens(member, PORES)
    await member.taps("作为讨论主题")
    await member.taps("不讨论了")
    assert "讨论，" not in member.hears
    await student.types("/themedays")
    await student.taps(TITLE)
    assert "要讨论的" not in student.hears


async def test_a_day_that_was_called_off_or_has_begun_takes_no_theme(stage: Stage) -> None:
    member = await a_member(stage)
    await plans(member, when="11月26日 19:00")
    await a_problem(member)
    await member.taps("作为讨论主题")
    message, data = member.button(TITLE)
    await later(stage, timedelta(days=5))
    await member.taps_data(message, data)

    assert "换一次" in member.toast


async def test_what_is_the_secretarys_or_the_authors_is_not_anybodys(stage: Stage) -> None:
    one, other = await a_member(stage), await a_member(stage, "李学姐")
    for text in (PORES, FUNDS):
        await a_problem(one, text)
    await opens(other, PORES)
    for forged in ("rsmerge:1:2", "rsname:1"):
        await other.taps_data(other.last.id, forged, force=True)
        if forged.startswith("rsname"):
            await other.types("别的名字")
        assert "更高的角色" in other.hears
    await one.types("/research")

    assert "2 个问题" in one.hears


async def test_the_form_survives_a_restart(sqlite_url: str) -> None:
    clock = MovableClock(NOW)
    world = World(clock)
    async with PlaygroundServer(world) as server:
        async with run_bot(world, server, clock, sqlite_url) as stage:
            member = await a_member(stage)
            await member.types("/research")
            await member.taps("记一条")
            await member.taps("热点")
        async with run_bot(world, server, clock, sqlite_url) as stage:
            member = Person(stage, member.id)
            await member.types(PORES)

            assert "记下了。\n热点：" in member.hears
