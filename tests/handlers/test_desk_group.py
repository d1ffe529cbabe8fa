"""The members' group as the desk: a reply is the answer, // a note, the second hears who has it."""

from copy import copy
from dataclasses import dataclass
from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import delete

from playground.model import Media, MediaKind
from storage.letter_tables import POSTS
from tests.handlers.test_asking_a_member import PNG
from tests.handlers.test_tickets import asks, member_of
from tests.stage import Person, Stage


@dataclass
class Group:
    """The student in private; the members in private and in their group."""

    stage: Stage
    student: Person
    one: Person
    other: Person
    one_there: Person
    other_there: Person

    def post(self, words: str) -> int:
        """Our newest message in the group with these words."""
        history = self.stage.world.history(self.one_there.chat_id)
        return next(m.id for m in reversed(history) if m.from_bot and words in (m.text or ""))


async def gathered(stage: Stage, *, topics: bool = False) -> Group:
    admin = await stage.admin()
    one, other = await member_of(stage, "张党员"), await member_of(stage, "赵党员")
    student = stage.person()
    await student.joins()
    people = [admin, one, other]
    if topics:
        chat = stage.world.add_group("党员群", [each.id for each in people], topics=True)
        stage.world.add_bot(chat, by=admin.id, as_admin=True)
        there = [Person(stage, each.id, chat) for each in people]
    else:
        there = stage.group("党员群", *people)
    [admin_there, one_there, other_there] = there
    await stage.settle()
    await admin_there.types("/bind")
    assert "这里就是咨询台了" in admin_there.hears
    return Group(stage, student, one, other, one_there, other_there)


@pytest.fixture
async def group(stage: Stage) -> Group:
    return await gathered(stage)


async def test_a_reply_in_the_group_is_the_answer(both_stages: Stage) -> None:
    group = await gathered(both_stages)
    await asks(group.student, "怎么联系导师 <b>急")
    assert "新的咨询 #1 · 27 届 · 林小雨" in group.one_there.hears
    assert "怎么联系导师 <b>急" in group.one_there.hears
    assert "新的咨询" not in "".join(group.one.heard)  # the group is enough

    await group.one_there.types("先看主页 <i>再发邮件", reply_to=group.post("新的咨询 #1"))
    assert "先看主页 <i>再发邮件" in group.student.hears
    assert group.one_there.hears.startswith("✓ #1 的回答送到了")
    # a reply to the receipt is for the same ticket
    await group.one_there.types("半页就够", reply_to=group.post("的回答送到了"))
    assert "半页就够" in group.student.hears


async def test_two_slashes_make_a_note_and_talk_among_members_stays_there(group: Group) -> None:
    await asks(group.student, "怎么联系导师")
    post = group.post("新的咨询 #1")
    heard = list(group.student.heard)
    await group.one_there.types("//这位同学上周也问过", reply_to=post)
    assert "只有党员看得到" in group.one_there.hears
    mine = [m for m in group.stage.world.history(group.one_there.chat_id) if not m.from_bot]
    await group.other_there.types("我知道是谁", reply_to=mine[-1].id)
    await group.other_there.types("随便聊聊")
    assert group.student.heard == heard

    await group.other.types("/desk")
    await group.other.taps("#1")
    assert "📝 张党员 这位同学上周也问过" in group.other.hears


async def test_the_second_to_tap_is_told_who_has_it(group: Group) -> None:
    await asks(group.student, "怎么联系导师")
    await group.one_there.taps("我来答")
    assert "归你了" in group.one_there.toast
    assert "有党员接了" in group.student.hears
    await group.other_there.taps("我来答")
    assert "张党员 已经接了" in group.other_there.toast
    await group.other_there.types("我来答", reply_to=group.post("新的咨询 #1"))
    assert "张党员 已经接了" in group.other_there.hears
    assert "我来答" not in group.student.hears


async def test_files_travel_both_ways(group: Group) -> None:
    world = group.stage.world
    await group.student.types("/ask")
    world.send_photo(group.student.id, group.student.chat_id, PNG, "分数.png", caption="能过吗")
    await group.stage.settle()
    await group.student.taps("发给党员")
    posted = [m for m in world.history(group.one_there.chat_id) if m.from_bot][-1]
    assert posted.photo is not None
    world.send(
        group.one.id,
        group.one_there.chat_id,
        **_document(group.stage, "历年线.pdf"),
        reply_to=posted.id,
    )
    await group.stage.settle()

    assert group.student.last.document is not None
    assert group.student.last.document.name == "历年线.pdf"


def _document(stage: Stage, name: str) -> dict[str, object]:
    file = stage.world.files.keep(b"%PDF-1.4", name, kind="document")
    return {"text": "", "media": Media(kind=MediaKind.DOCUMENT, file=file)}


async def test_who_is_no_member_sends_nothing_and_hears_how(group: Group) -> None:
    await asks(group.student, "怎么联系导师")
    stranger = group.stage.person("路人")
    there = copy(group.one_there)
    there.id = stranger.id
    group.stage.world.join(group.one_there.chat_id, stranger.id)
    await there.types("乱答一句", reply_to=group.post("新的咨询 #1"))

    assert "党员身份" in there.hears
    assert "乱答一句" not in "".join(group.student.heard)


async def test_a_member_whose_role_has_ended_answers_nothing(group: Group) -> None:
    await asks(group.student, "怎么联系导师")
    await group.stage.clock.move_to(group.stage.clock.now() + timedelta(days=31))
    await group.one_there.types("我还能答吗", reply_to=group.post("新的咨询 #1"))

    assert "我还能答吗" not in "".join(group.student.heard)


async def test_one_who_blocked_us_is_seen_on_the_answer_and_gets_it_on_return(
    group: Group,
) -> None:
    await asks(group.student, "怎么联系导师")
    group.stage.world.block(group.student.id)
    await group.stage.settle()
    await group.one_there.types("先看主页", reply_to=group.post("新的咨询 #1"))
    assert "对方把我停用了" in group.one_there.hears
    group.stage.world.unblock(group.student.id)
    await group.stage.settle()
    assert "先看主页" in group.student.hears
    await group.one_there.taps("送到了吗")
    assert group.one_there.hears.startswith("✓ #1 的回答送到了")


async def test_more_and_edits_of_the_question_reach_the_thread(group: Group) -> None:
    await asks(group.student, "怎么联系导师")
    opened = group.post("新的咨询 #1")
    await group.student.types("/tickets")
    await group.student.taps("#1")
    await group.student.taps("补充")
    await group.student.types("材料方向的")
    await group.student.taps("发给党员")
    history = group.stage.world.history(group.one_there.chat_id)
    added = next(m for m in reversed(history) if m.from_bot)
    assert "补充了：\n\n材料方向的" in (added.text or "")
    assert added.reply_to == opened
    await group.one_there.types("两个都答了", reply_to=added.id)
    assert "两个都答了" in group.student.hears


async def test_only_those_in_charge_bind_and_unbind(group: Group) -> None:
    await group.one_there.types("/bind")
    assert "这里就是咨询台了" not in group.one_there.hears
    await group.one_there.taps("解绑")
    await asks(group.student, "还在群里吗")
    assert "新的咨询 #1" in group.one_there.hears


async def test_unbound_members_hear_in_private_and_old_threads_still_work(stage: Stage) -> None:
    group = await gathered(stage)
    await asks(group.student, "怎么联系导师")
    admin = next(
        Person(stage, person.id, group.one_there.chat_id)
        for person in stage.world.people.values()
        if person.name.startswith("陈")
    )
    await admin.taps("解绑")
    assert any("解绑了" in text for text in admin.heard)
    await asks(group.student, "第二个")
    assert "新的咨询 #2" in group.one.hears
    await group.one_there.types("照样送到", reply_to=group.post("新的咨询 #1"))
    assert "照样送到" in group.student.hears


async def test_where_the_group_has_topics_each_ticket_is_one(both_stages: Stage) -> None:
    group = await gathered(both_stages, topics=True)
    world, chat = group.stage.world, group.one_there.chat_id
    await asks(group.student, "怎么联系导师")
    await asks(group.student, "第二个问题")
    topics = world.chat(chat).topics
    assert topics is not None
    assert list(topics.values()) == ["#1 怎么联系导师", "#2 第二个问题"]
    first, second = topics
    post = group.post("新的咨询 #1")
    assert world.message(chat, post).thread == first
    # talk in the topic is talk; a reply to us is the answer, and the receipt stands beside it
    await group.other_there.types("这个我会", thread=first)
    assert "这个我会" not in "".join(group.student.heard)
    await group.one_there.types("先看主页", reply_to=post)
    assert "先看主页" in group.student.hears
    assert world.message(chat, group.post("的回答送到了")).thread == first

    # a topic that somebody deleted begins anew
    world.close_topic(chat, second)
    await group.student.types("/tickets")
    await group.student.taps("#2")
    await group.student.taps("补充")
    await group.student.types("再说一句")
    await group.student.taps("发给党员")
    assert "再说一句" in group.one_there.hears
    assert (
        list(world.chat(chat).topics or {})[-1]
        == world.message(chat, group.post("再说一句")).thread
    )


async def test_without_the_right_to_begin_topics_it_says_what_is_missing(stage: Stage) -> None:
    admin = await stage.admin()
    chat = stage.world.add_group("党员群", [admin.id], topics=True)
    await stage.settle()
    there = Person(stage, admin.id, chat)
    await there.types("/bind")
    assert "给我「管理话题」的权限" in there.hears
    stage.world.add_bot(chat, by=admin.id, as_admin=True)
    await there.types("/bind")
    assert "管理话题" not in there.hears


async def test_in_private_leads_to_the_ticket(group: Group) -> None:
    await asks(group.student, "怎么联系导师")
    await group.one_there.taps("私聊里看")
    url = group.stage.world.toasts(group.one.id)[-1].url
    assert url.endswith("?start=ticket_1")
    await group.one.types(f"/start {url.rpartition('=')[2]}")
    assert "怎么联系导师" in group.one.hears
    assert "答应在" in group.one.hears
    await group.student.types("/start ticket_999")
    assert "找不到这个咨询" in group.student.hears


@pytest.mark.parametrize("buttons", [True, False])
async def test_a_reply_finds_the_ticket_though_we_never_heard_that_the_post_arrived(
    group: Group, *, buttons: bool
) -> None:
    """The program may die between sending a post and knowing of it; members answer meanwhile."""
    await asks(group.student, "怎么联系导师")
    post = group.stage.world.message(group.one_there.chat_id, group.post("新的咨询 #1"))
    async with group.stage.parts.transactions.begin() as work:
        await work._connection.execute(delete(POSTS))
    if not buttons:
        group.stage.world.change(replace(post, markup=None))
    await group.one_there.types("先看主页", reply_to=post.id)
    assert "先看主页" in group.student.hears


async def test_a_number_that_a_person_wrote_finds_nothing(group: Group) -> None:
    await asks(group.student, "怎么联系导师")
    await group.other_there.types("#1")
    mine = [m for m in group.stage.world.history(group.one_there.chat_id) if not m.from_bot][-1]
    await group.one_there.types("先看主页", reply_to=mine.id)
    assert "先看主页" not in "".join(group.student.heard)


async def test_a_member_s_edit_is_never_passed_over(group: Group) -> None:
    world, chat = group.stage.world, group.one_there.chat_id
    await asks(group.student, "怎么联系导师")
    await group.one_there.types("先看主夜", reply_to=group.post("新的咨询 #1"))
    answer = [m for m in world.history(chat) if not m.from_bot][-1].id
    world.edit(group.one.id, chat, answer, "先看主页")
    await group.stage.settle()
    assert "这次改动没有送到" in group.one_there.hears
    await group.one_there.types("//问过了", reply_to=group.post("新的咨询 #1"))
    note = [m for m in world.history(chat) if not m.from_bot][-1].id
    world.edit(group.one.id, chat, note, "//上周问过")
    await group.stage.settle()
    await group.other.types("/desk")
    await group.other.taps("已回复的")
    await group.other.taps("#1")
    assert "📝 张党员 上周问过" in group.other.hears
    # talk among members is theirs
    await group.one_there.types("大家好")
    talk = [m for m in world.history(chat) if not m.from_bot][-1].id
    heard = group.one_there.hears
    world.edit(group.one.id, chat, talk, "各位好")
    await group.stage.settle()
    assert group.one_there.hears == heard
