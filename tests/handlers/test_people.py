"""Profile, privacy, invitations, roles and the audit log, as people go through them."""

import json
from datetime import datetime, timedelta

from branch.people.model import TelegramId
from tests.stage import Person, Stage


async def test_the_profile_can_be_changed(student: Person) -> None:
    await student.types("/profile")
    await student.taps("改考研年")
    await student.taps("2028")

    assert "考研年：2028 届" in student.hears
    assert "毕业年：2027" in student.hears


async def test_my_data_comes_as_a_json_file(student: Person) -> None:
    await student.types("今年考研哪天考")
    await student.types("/privacy")
    await student.taps("导出")

    kept = json.loads(student.last.document.data)
    assert kept["people"][0]["telegram_id"] == student.id
    assert kept["questions"][0]["text"] == "今年考研哪天考"


async def test_deleting_asks_twice_and_is_done_at_once(both_stages: Stage) -> None:
    student = both_stages.person()
    await student.joins()
    await student.types("/privacy")
    await student.taps("删除全部")
    assert "（1/2）" in student.hears
    await student.taps("要删")
    assert "（2/2）" in student.hears
    await student.taps("全部删除")

    assert student.hears.startswith("都删掉了")
    await student.types("/privacy")
    assert "没有存你的任何资料" in student.hears
    await student.types("/start")
    assert "开始前说清楚" in student.hears


async def test_deleting_can_be_thought_better_of(student: Person) -> None:
    await student.types("/privacy")
    await student.taps("删除全部")
    await student.taps("先留着")

    assert "我存了你的这些" in student.hears


async def test_the_claim_link_makes_one_admin_and_then_closes(both_stages: Stage) -> None:
    admin = await both_stages.admin()
    assert "✉️ 邀请" in admin.buttons
    other = both_stages.person("小王")
    await other.joins(payload=both_stages.claims[-1].rpartition("=")[2])

    assert "这个认领链接不能用了" in other.hears


async def test_an_invitation_makes_one_member(both_stages: Stage) -> None:
    admin = await both_stages.admin()
    await admin.types("/invite")
    await admin.taps("党员")
    await admin.taps("到 2027 年 8 月")
    assert "角色：党员\n任期：到 2027 年 8 月 31 日" in admin.hears
    await admin.taps("生成链接")
    payload = admin.hears.partition("?start=")[2].split()[0]

    member, late = both_stages.person("周舟"), both_stages.person("小王")
    await member.joins(payload=payload)
    assert "欢迎，你现在是党员了，任期到 2027 年 8 月 31 日。" in member.heard[-2]
    assert "📝 没答上的" in member.buttons
    await late.joins(payload=payload)
    assert "已经有人用过了" in late.hears


async def test_an_invitation_expires(stage: Stage) -> None:
    admin = await stage.admin()
    payload = await invitation(admin, "党员", "不设期限")
    await stage.clock.move_to(stage.clock.now() + timedelta(hours=49))
    member = stage.person("周舟")

    await member.joins(payload=payload)

    assert "过期了" in member.hears


async def test_a_role_ends_with_its_term(stage: Stage) -> None:
    admin = await stage.admin()
    member = stage.person("周舟")
    await member.joins(payload=await invitation(admin, "党员", "到 2027 年 8 月"))
    await stage.clock.move_to(stage.clock.now() + timedelta(days=400))

    await member.types("/start")

    assert "📝 没答上的" not in member.buttons


async def test_roles_are_listed_and_taken_back(stage: Stage) -> None:
    admin = await stage.admin()
    member = stage.person("周舟")
    await member.joins(payload=await invitation(admin, "党员", "不设期限"))
    await admin.types("/roles")
    assert "• 陈老师：管理员" in admin.hears
    assert "• 周舟：党员" in admin.hears
    await admin.taps("收回 周舟")
    await admin.taps("收回")

    assert "周舟" not in admin.hears
    await member.types("/unanswered")
    assert "更高的角色" in member.hears


async def test_the_only_admin_stays(stage: Stage) -> None:
    admin = await stage.admin()
    await admin.types("/roles")
    await admin.taps("收回 陈老师")
    await admin.taps("收回")

    assert "唯一的管理员" in admin.toast


async def test_the_audit_log_tells_what_was_done(stage: Stage) -> None:
    admin = await stage.admin()
    await invitation(admin, "支部书记", "不设期限")
    await admin.types("/audit")

    assert "发出邀请：支部书记" in admin.hears
    assert "认领管理员" in admin.hears


async def test_students_are_refused_what_is_not_theirs(student: Person) -> None:
    for command in ("/invite", "/roles", "/audit", "/unanswered"):
        await student.types(command)
        assert "更高的角色" in student.hears


async def test_members_see_what_nothing_covered_without_names(stage: Stage) -> None:
    admin, student = await stage.admin(), stage.person("小林")
    await student.joins()
    await student.types("我们这门课的出题老师是哪位")
    await admin.types("/unanswered")

    assert "我们这门课的出题老师是哪位" in admin.hears
    assert "小林" not in admin.hears


async def test_the_command_list_follows_the_role_and_the_language(stage: Stage) -> None:
    admin = await stage.admin()

    names = [each["command"] for each in stage.world.commands_for(admin.id, admin.id)]
    assert names[-5:] == ["invite", "roles", "audit", "bind", "roster"]
    await admin.types("/language")
    await admin.taps("English")

    told = {
        each["command"]: each["description"]
        for each in stage.world.commands_for(admin.id, admin.id)
    }
    assert told["help"].isascii()


async def test_who_blocks_us_is_unreachable_until_they_write(stage: Stage, student: Person) -> None:
    stage.world.block(student.id)
    await stage.settle()
    assert await unreachable_since(stage, student) is not None
    stage.world.unblock(student.id)
    await student.types("/start")

    assert await unreachable_since(stage, student) is None


async def unreachable_since(stage: Stage, student: Person) -> datetime | None:
    async with stage.parts.transactions.look() as work:
        person = await work.people.by_telegram(TelegramId(student.id), now=stage.clock.now())
    assert person is not None
    return person.unreachable_since


async def invitation(admin: Person, role: str, term: str) -> str:
    """The payload of a new invitation."""
    await admin.types("/invite")
    await admin.taps(role)
    await admin.taps(term)
    await admin.taps("生成链接")
    return admin.hears.partition("?start=")[2].split()[0]
