"""What becomes of papers: proposed, looked through by another, let out together and once."""

from datetime import timedelta

from tests.handlers.calling import THEME, TITLE, opens, sends, submits
from tests.handlers.conftest import a_member
from tests.handlers.test_calls import DEADLINE, moves_to
from tests.handlers.test_paper_reviews import starts
from tests.noticing import later, secretary, worked
from tests.stage import Person, Stage


async def a_reviewed_call(
    stage: Stage, *, papers: int = 1
) -> tuple[Person, Person, list[Person], list[Person]]:
    """Who opened it, the secretary, the authors, and the reviewers."""
    opener, chief = await a_member(stage, "发起人"), await secretary(stage)
    authors = [await a_member(stage, f"作者{each}") for each in range(papers)]
    await opens(opener)
    for number, author in enumerate(authors):
        await submits(author, data=f"%PDF {number}".encode())
    judges = [await a_member(stage, f"评审{each}") for each in range(2)]
    # they have less in hand only if authors have more: so let the authors be no members
    for author in authors:
        await leaves(stage, author)
    await starts(opener)
    for judge in judges:
        for _ in range(papers):
            await reviews_one(judge)
    await worked(stage)
    return opener, chief, authors, judges


async def leaves(stage: Stage, person: Person) -> None:
    """They are no member any more; what they have handed in stays."""
    now = stage.clock.now()
    async with stage.parts.transactions.begin() as work:
        grants = await work.roles.active(now=now)
        name = stage.world.people[person.id].name
        grant = next(each for each in grants if each.name == name)
        await work.roles.end(grant.id, by=grant.person_id, now=now)


async def reviews_one(judge: Person) -> None:
    await judge.types("/call")
    await judge.taps("我评的")
    await judge.taps("🖊 DJ2026")
    for score in "454":
        await judge.taps(score)
    await judge.taps("写评语")
    await judge.types("扎实")
    await judge.taps("交评审")


async def to_decisions(person: Person) -> None:
    await person.types("/call")
    await person.taps(THEME)
    await person.taps("结果")


async def proposes(
    person: Person, receipt: str, verdict: str, *, award: str = "", words: str = ""
) -> None:
    await to_decisions(person)
    await person.taps(receipt)
    await person.taps(verdict)
    if award:
        await person.taps(award)
    if words:
        await person.types(words)
    await person.taps("就用这封")


async def lets_out(person: Person) -> None:
    await to_decisions(person)
    await person.taps("一起发出")
    await person.taps("确定发出")
    await worked(person.stage)


def letters(person: Person) -> list[str]:
    return [each for each in person.heard if each[:1] in "🎉✏📄" and "DJ2026" in each[:12]]


async def test_proposed_looked_through_and_let_out_together(both_stages: Stage) -> None:
    stage = both_stages
    opener, chief, [first, second], _ = await a_reviewed_call(stage, papers=2)
    assert any("两份评审都到了" in each for each in opener.heard)
    await proposes(opener, "DJ2026-001", "录用", award="一等奖", words="写得好，登在第一篇。")
    assert "13 / 13，拟 录用 · 一等奖" in opener.hears
    assert "还有 1 份没拟结果" in opener.hears
    await to_decisions(chief)
    assert "一起发出" not in chief.buttons
    await proposes(opener, "DJ2026-002", "不录用")
    await worked(stage)

    assert "一起发出" not in opener.buttons
    assert "等书记" in opener.hears
    assert any("2 份结果都拟好了" in each for each in chief.heard)
    assert letters(first) == letters(second) == []
    await lets_out(chief)

    assert "发出了，2 封信" in chief.hears
    assert "录用了，一等奖" in letters(first)[0]
    assert "写得好，登在第一篇。" in letters(first)[0]
    assert "扎实" in letters(first)[0]
    assert "评审0" not in letters(first)[0]
    assert "这次没有录用" in letters(second)[0]
    assert "下次接着写" in letters(second)[0]


async def test_a_double_tap_lets_out_once(both_stages: Stage) -> None:
    stage = both_stages
    opener, chief, [author], _ = await a_reviewed_call(stage)
    other = await secretary(stage, "副书记")
    await proposes(opener, "DJ2026-001", "录用", award="不评奖")
    for person in (chief, other):
        await to_decisions(person)
        await person.taps("一起发出")
    for person in (chief, other, chief):
        message, data = person.button("确定发出")
        stage.world.tap(person.id, person.chat_id, message, data, force=True)
    await stage.settle()
    await worked(stage)

    assert len(letters(author)) == 1
    said = [each for person in (chief, other) for each in person.heard if "发出了，1 封信" in each]
    assert len(said) == 1


async def test_what_changed_after_it_was_looked_at_is_not_let_out(both_stages: Stage) -> None:
    stage = both_stages
    opener, chief, [author], _ = await a_reviewed_call(stage)
    await proposes(opener, "DJ2026-001", "录用", award="不评奖")
    await to_decisions(chief)
    await chief.taps("一起发出")
    await proposes(opener, "DJ2026-001", "不录用")
    await chief.taps("确定发出")
    await worked(stage)

    assert "刚刚有人改过" in chief.hears
    assert letters(author) == []
    await lets_out(chief)
    assert "没有录用" in letters(author)[0]


async def test_nobody_lets_out_what_they_proposed_or_decides_on_their_own(stage: Stage) -> None:
    opener, chief, _, _ = await a_reviewed_call(stage)
    await proposes(chief, "DJ2026-001", "录用", award="二等奖")
    await to_decisions(chief)
    assert "一起发出" not in chief.buttons
    _, data = chief.button("DJ2026-001")
    version = 0
    while version < 9:  # whatever the version is: a forged tap is refused, not obeyed
        await chief.taps_data(chief.last.id, f"decout2:1:{version}", force=True)
        version += 1
    assert any("要换一个人来" in each for each in chief.heard)
    await opener.taps_data(opener.last.id, "decout2:1:2", force=True)
    assert "发起人和书记才能" in opener.hears
    assert data.startswith("dec:")


async def test_the_openers_own_paper_is_decided_by_another(both_stages: Stage) -> None:
    stage = both_stages
    opener, chief = await a_member(stage, "发起人"), await secretary(stage)
    boss = await secretary(stage, "副书记")
    for name in ("甲", "乙"):
        await a_member(stage, name)
    await opens(opener)
    await submits(opener)
    await starts(opener)
    await proposes(opener, "DJ2026-001", "录用", award="一等奖")
    assert "要换一个人来" in opener.hears
    await proposes(chief, "DJ2026-001", "录用", award="三等奖")
    await lets_out(boss)
    assert "三等奖" in letters(opener)[0]


async def test_revised_in_a_week_and_back_to_the_same_reviewers(both_stages: Stage) -> None:
    stage = both_stages
    opener, chief, [author], [first, second] = await a_reviewed_call(stage)
    await proposes(opener, "DJ2026-001", "改后再审", words="结尾再短些。")
    await lets_out(chief)
    assert "修改后再审" in letters(author)[0]
    assert "12 月 18 日" in letters(author)[0]

    await author.types("/submit")
    assert "待修改" in author.hears
    await author.taps("改内容")
    await author.taps("交修改稿")
    assert any("还是原来那一版" in each for each in author.heard[-2:])
    await author.taps("文件")
    await sends(author, b"%PDF revised")
    await author.taps("交修改稿")
    assert "在评审，结果会写信" in author.hears
    assert "第 2 版" in author.hears
    await worked(stage)
    for judge in (first, second):
        assert any("改过的稿子回来了" in each for each in judge.heard)
        await judge.taps("去评")
        assert "主题 4 · 内容 5 · 写作 4" in judge.hears
        await judge.taps("交评审")
    await proposes(opener, "DJ2026-001", "录用", award="二等奖")
    await lets_out(chief)
    assert "二等奖" in letters(author)[1]


async def test_what_never_comes_back_is_reminded_of_and_decided_all_the_same(stage: Stage) -> None:
    opener, chief, [author], _ = await a_reviewed_call(stage)
    await proposes(opener, "DJ2026-001", "改后再审")
    await lets_out(chief)
    await to_decisions(opener)
    await opener.taps("DJ2026-001")
    assert "不录用" not in opener.buttons
    await later(stage, timedelta(days=6))
    assert sum("的修改稿" in each for each in author.heard) >= 1
    await later(stage, timedelta(days=2))
    await author.types("/submit")
    assert "修改的时间过了" in author.hears
    await proposes(opener, "DJ2026-001", "不录用")
    await lets_out(chief)
    assert "没有录用" in letters(author)[-1]


async def test_accepted_papers_are_published_and_nothing_else(both_stages: Stage) -> None:
    stage = both_stages
    opener, chief, [first, second], _ = await a_reviewed_call(stage, papers=2)
    await proposes(opener, "DJ2026-001", "录用", award="不评奖")
    await proposes(opener, "DJ2026-002", "不录用")
    await lets_out(chief)
    await to_decisions(opener)
    await opener.taps("标成刊出")
    await opener.taps("确定刊出")
    await worked(stage)

    assert "刊出了 1 份" in opener.hears
    assert any("刊出了。" in each for each in first.heard)
    assert not any("刊出了。" in each for each in second.heard)
    await opener.taps_data(opener.last.id, "decpub2:1", force=True)
    assert "没有可以这样处理的" in opener.hears


async def test_a_paper_withdrawn_meanwhile_is_left_out(both_stages: Stage) -> None:
    stage = both_stages
    opener, chief, [first, second], _ = await a_reviewed_call(stage, papers=2)
    for receipt in ("DJ2026-001", "DJ2026-002"):
        await proposes(opener, receipt, "录用", award="不评奖")
    await first.types("/submit")
    await first.taps("撤回")
    await first.taps("确定撤回")
    await lets_out(chief)

    assert "发出了，1 封信" in chief.hears
    assert letters(first) == []
    assert len(letters(second)) == 1
    await moves_to(stage, DEADLINE + timedelta(days=2))
    assert TITLE in first.hears


async def test_members_who_do_not_look_after_it_see_no_decisions(stage: Stage) -> None:
    opener, _, _, [judge, _] = await a_reviewed_call(stage)
    await judge.types("/call")
    await judge.taps(THEME)
    assert "结果" not in "".join(judge.buttons)
    await to_decisions(opener)
    _, data = opener.button("DJ2026-001")
    await judge.taps_data(judge.last.id, data, force=True)
    assert "发起人和书记才能" in judge.hears
    await judge.types("/call")
    await judge.taps("我评的")
    assert "都交了" in judge.hears
