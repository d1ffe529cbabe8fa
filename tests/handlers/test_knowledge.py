"""Members look after the base in the chat: they find, change, add, retire and take back."""

import pytest

from bot.content import Content
from playground.clock import MovableClock
from playground.server import PlaygroundServer
from playground.world import World
from tests.handlers.conftest import a_member
from tests.stage import NOW, Person, Stage, run_bot


async def asks(stage: Stage, question: str) -> str:
    """What a student who comes along now is told."""
    student = stage.person("学生")
    await student.joins()
    await student.types(question)
    return student.hears


async def opens(member: Person, words: str) -> None:
    """To the page of what the words find first."""
    await member.types(f"/knowledge {words}")
    await member.taps(member.buttons[0])


@pytest.fixture
async def member(small_stage: Stage) -> Person:
    return await a_member(small_stage)


async def test_a_member_finds_an_entry_by_word_by_topic_and_by_asking(member: Person) -> None:
    await member.types("/knowledge")
    assert member.hears.startswith("📖 知识库：5 条")
    assert len(set(member.buttons)) == len(member.buttons)
    await member.taps("🔎 搜索")
    await member.types("笔试是几号")
    assert member.buttons[0] == "考研初试是哪天"

    await member.types("/knowledge 学费")
    assert member.hears.startswith("🔎 「学费」找到 ")
    assert member.buttons[0] == "读研学费一年多少"

    await member.taps("📖 知识库")
    await member.taps("🗂 按主题")
    await member.taps("💰 钱")
    await member.taps("读研学费一年多少")
    assert "📌 读研学费一年多少" in member.hears
    assert "• 问法 8 个" in member.hears
    assert "• 来源：教育部（A 官方）" in member.hears


async def test_an_edit_is_seen_as_students_will_see_it_and_goes_live(
    small_stages: Stage,
) -> None:
    member = await a_member(small_stages)
    await opens(member, "学费")
    await member.taps("✏️ 改")
    await member.taps("答案")
    assert "多数学校一年 **8000** 元。" in member.hears
    await member.types("一年 **9000** 元\n# 奖学金另算")
    assert member.hears.startswith(
        "👀 学生会看到：\n\n📌 读研学费一年多少\n\n一年 9000 元\n\n# 奖学金另算"
    )
    assert "✏️ 改了：答案" in member.hears
    await member.taps("🚀 上线")

    assert member.hears.startswith("✅ 已上线")
    assert "王学长 修改" in member.hears
    assert "一年 9000 元" in await asks(small_stages, "学费一年多少")


async def test_several_fields_are_changed_and_then_one_thing_goes_live(member: Person) -> None:
    await opens(member, "学费")
    await member.taps("✏️ 改")
    await member.taps("适用届")
    await member.taps("2027")
    await member.taps("再改一处")
    assert "已改 1 处" in member.hears
    await member.taps("问法")
    await member.types("-8 7")
    assert "7. 非全学费" not in member.hears
    await member.types("读研要多少钱\n研究生一年花多少")
    assert "7. 读研要多少钱\n8. 研究生一年花多少" in member.hears
    await member.taps("好了")
    assert "✏️ 改了：问法、适用届" in member.hears
    await member.taps("🚀 上线")

    assert "• 适用：2027 届" in member.hears
    assert "• 问法 8 个" in member.hears


async def test_what_does_not_fit_is_asked_again_with_the_reason(member: Person) -> None:
    await opens(member, "学费")
    await member.taps("✏️ 改")
    await member.taps("来源")
    await member.types("财务处")
    assert member.hears.startswith("⚠️ 可靠性 A 和 B 要有网址。")
    await member.types("财务处 https://cw.example.edu/fees")
    assert "✏️ 改了：来源" in member.hears
    await member.taps("再改一处")
    await member.taps("复核日期")
    await member.types("明年再说")
    assert member.hears.startswith("⚠️ 没看懂日期")
    await member.taps("返回")
    await member.taps("不改了")
    assert member.hears.startswith("没有改动。")


async def test_a_change_that_breaks_an_answer_is_refused_and_nothing_is_lost(
    small_stage: Stage, member: Person
) -> None:
    await opens(member, "初试")
    await member.taps("✏️ 改")
    await member.taps("问题")
    await member.types("宿舍怎么分")
    await member.taps("再改一处")
    await member.taps("问法")
    await member.types("-1 2 3 4 5 6 7 8")
    await member.types("宿舍几人间\n住哪个楼\n宿舍有空调吗")
    await member.taps("好了")
    await member.taps("🚀 上线")

    assert member.hears.startswith("⛔️ 没有上线")
    assert "• 「笔试到底是几号」\n应答：考研初试是哪天" in member.hears
    assert "考研初试是哪天" in await asks(small_stage, "今年考研几号")

    await member.taps("再改一处")
    assert "已改 2 处" in member.hears
    await member.taps("不改了")
    assert member.hears.startswith("没有改动。")


async def test_of_two_members_one_wins_and_the_other_keeps_what_was_written(
    small_stages: Stage,
) -> None:
    first = await a_member(small_stages)
    second = await a_member(small_stages, "李学姐")
    for person, body in ((first, "甲写的答案"), (second, "乙写的答案")):
        await opens(person, "学费")
        await person.taps("✏️ 改")
        await person.taps("答案")
        await person.types(body)
    await second.taps("再改一处")
    await second.taps("适用届")
    await second.taps("2027")
    await first.taps("🚀 上线")
    await second.taps("🚀 上线")

    assert second.hears.startswith("⚠️ 你改的时候，王学长在 ")
    assert "甲写的答案" in await asks(small_stages, "学费一年多少")

    await second.taps("接着改")
    assert "乙写的答案" in second.hears
    assert "✏️ 改了：答案、适用届" in second.hears
    await second.taps("🚀 上线")
    assert "乙写的答案" in await asks(small_stages, "学费一年多少")


async def test_a_form_goes_on_after_a_restart(sqlite_url: str, small_content: Content) -> None:
    world = World(MovableClock(NOW))
    async with PlaygroundServer(world) as server:
        async with run_bot(
            world, server, world.clock, sqlite_url, content=small_content, embedding=False
        ) as before:
            member = await a_member(before)
            await opens(member, "学费")
            await member.taps("✏️ 改")
            await member.taps("答案")
            await member.types("重启以前写的")
        async with run_bot(
            world, server, world.clock, sqlite_url, content=small_content, embedding=False
        ) as after:
            member.stage = after
            await member.taps("🚀 上线")
            assert "重启以前写的" in await asks(after, "学费一年多少")


async def test_a_new_entry_from_question_to_answer(small_stage: Stage, member: Person) -> None:
    assert "食堂晚上八点关门" not in await asks(small_stage, "食堂几点关门")
    await member.types("/knowledge")
    await member.taps("➕ 新增一条")
    await member.types("食堂几点关门")
    assert member.hears.startswith("「食堂几点关门」（2/5）")
    await member.types("食堂**晚上八点**关门。\n- 周末七点")
    await member.types("食堂开到几点")
    assert "还差 2 个" in member.hears
    assert "好了" not in member.buttons
    await member.types("食堂营业时间\n食堂晚饭到几点\n食堂开到几点")
    assert "3. 食堂晚饭到几点" in member.hears
    await member.taps("好了")
    await member.types("后勤处")
    await member.taps("💰 钱")
    assert "食堂晚上八点关门。\n• 周末七点" in member.hears
    assert "有待对照官方" in member.hears
    await member.taps("🚀 上线")

    assert member.hears.startswith("✅ 已上线")
    answer = await asks(small_stage, "食堂几点关门")
    assert "食堂晚上八点关门" in answer
    assert "有待对照官方" in answer


async def test_what_is_there_already_is_pointed_out_before_anything_is_written(
    member: Person,
) -> None:
    await member.types("/knowledge")
    await member.taps("➕ 新增一条")
    await member.types("研究生学费贵不贵")

    assert "很像。多半改它就行" in member.hears
    assert member.buttons == ["读研学费一年多少", "不一样，继续", "← 返回"]
    await member.taps("读研学费一年多少")
    assert "📌 读研学费一年多少" in member.hears
    await member.types("学费一年多少")
    assert "8000" in member.hears


async def test_retire_restore_undo_and_history(small_stage: Stage, member: Person) -> None:
    await opens(member, "学费")
    await member.taps("下线")
    assert member.buttons == ["先留着", "下线"]
    await member.taps("下线")
    assert member.hears.startswith("🗄 已下线。")
    assert "8000" not in await asks(small_stage, "学费一年多少")

    await member.types("/knowledge")
    await member.taps("🗄 已下线 1")
    await member.taps("读研学费一年多少")
    await member.taps("恢复")
    assert member.hears.startswith("✅ 已恢复。")
    assert "8000" in await asks(small_stage, "学费一年多少")

    await member.taps("🕘 历史")
    assert [line.split(" ")[-2:] for line in member.hears.splitlines()[2:]] == [
        ["王学长", "恢复"],
        ["王学长", "下线"],
    ]
    await member.taps("返回")
    await member.taps("↩️ 撤销")
    assert member.hears.startswith("↩️ 已撤销上一次改动")
    assert "🗄 已下线，学生看不到。" in member.hears


async def test_a_button_of_an_older_version_says_so(member: Person) -> None:
    await opens(member, "学费")
    await member.taps("下线")
    await member.taps("下线")
    await member.taps("恢复")
    message, data = member.button("↩️ 撤销")
    await member.taps("↩️ 撤销")
    await member.taps_data(message, data, force=True)

    assert member.hears.startswith("⚠️ 你改的时候，王学长在 ")


async def test_what_is_due_is_looked_at_with_one_tap_each(
    small_stage: Stage, member: Person
) -> None:
    await member.types("/knowledge")
    assert not any("待复核" in button for button in member.buttons)
    await small_stage.clock.move_to(NOW.replace(year=2027, month=7, day=3))
    await member.types("/knowledge")
    await member.taps("⏰ 待复核 5")
    assert member.hears.startswith("⏰ 待复核 5 条。")
    await member.taps("1 仍有效")
    assert member.hears.startswith("⏰ 待复核 4 条。")
    while "待复核" in member.hears:
        await member.taps("1 仍有效")

    assert member.hears == "✅ 都复核过了。"


async def test_students_see_none_of_it(small_stage: Stage, member: Person) -> None:
    await opens(member, "学费")
    forged = [member.button(label)[1] for label in ("✏️ 改", "核对过", "下线", "📖 知识库")]
    student = small_stage.person("学生")
    await student.joins()
    await student.types("/knowledge")
    heard = [student.hears]
    await student.types("/knowledge 学费")
    heard.append(student.hears)
    await student.types("/start")
    assert not any("知识库" in button for button in student.buttons)
    for data in forged:
        await student.types("/start")
        await student.taps_data(student.last.id, data, force=True)
        heard.append(student.hears)

    assert [each for each in heard if not each.startswith("这一步要更高的角色")] == []


async def test_a_role_that_ended_meanwhile_ends_the_form(
    small_stage: Stage, member: Person
) -> None:
    await opens(member, "学费")
    await member.taps("✏️ 改")
    await member.taps("答案")
    async with small_stage.parts.transactions.begin() as work:
        (grant,) = await work.roles.active(now=NOW)
        await work.roles.end(grant.id, by=grant.person_id, now=NOW)
    await member.types("写了也没用")

    assert member.hears.startswith("这一步要更高的角色")
    await member.types("学费一年多少")
    assert "8000" in member.hears


async def test_everything_in_english_too(small_stage: Stage) -> None:
    member = await a_member(small_stage, "Ann")
    await member.types("/language")
    await member.taps("English")
    await opens(member, "tuition")
    assert "• 8 wordings" in member.hears
    await member.taps("✏️ Change")
    await member.taps("English question")
    await member.types("Tuition fees a year")
    assert "One thing is still missing: English answer" in member.hears
    await member.taps("Change more")
    await member.taps("English answer")
    await member.types("About **8000** yuan a year.")
    assert member.hears.startswith("👀 Students will see:\n\n📌 Tuition fees a year")
    await member.taps("🚀 Go live")
    assert member.hears.startswith("✅ Live")
