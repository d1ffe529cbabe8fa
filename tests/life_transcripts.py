"""`python -m tests.life_transcripts`: a whole theme day and a whole call, written down.

What comes out is docs/transcript-theme-day.md, docs/transcript-call.md and three pictures:
nothing in them is written by hand but what people type.
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

from branch.theme_days.attendance import code_at
from branch.theme_days.model import ThemeDayId
from playground.clock import MovableClock
from tests.handlers.conftest import a_member
from tests.noticing import later, secretary, worked
from tests.stage import ROOT, Person, Stage, performance
from tests.ticket_transcript import Play

DOCS = ROOT / "docs"
PLAYED_AT = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
"""Noon in Shanghai, on a Thursday."""
SERIES, DAY = "红色故事代代传", "红色故事代代传 · 第 1 期"
THEME = "党建引领科研攻关"
MADE_UP = [
    *[("论文", "SCI", 2026)] * 6,
    *[("论文", "EI", 2025)] * 4,
    *[("专利", "发明", 2025)] * 2,
    ("获奖", "国家级", 2026),
    ("项目", "省部级", 2024),
]
HEAD = """# {title}

{lead} Played in the playground with the bot as it is in this tree; the clock was moved. What people
typed and tapped was chosen; everything else is what came. In brackets: in whose chat.
`python -m tests.life_transcripts` plays it anew."""


class LongPlay(Play):
    """A play in which days pass and files are sent."""

    async def waits(self, words: str, passed: timedelta) -> None:
        self._note(f"*{words}*")
        await later(self.stage, passed)
        await worked(self.stage)
        self._hear()

    async def sends(self, person: Person, name: str, file: str, data: bytes) -> None:
        self._note(f"**{name}** ({self.chats[person.chat_id]}) sends a file: {file}")
        self.stage.world.send_document(person.id, person.chat_id, data, file)
        await self.stage.settle()
        self._hear()

    async def taps_all(self, person: Person, name: str, *labels: str) -> None:
        for label in labels:
            await self.taps(person, name, label)

    async def types_all(self, person: Person, name: str, *texts: str) -> None:
        for text in texts:
            await self.types(person, name, text)


def keep_picture(stage: Stage, person: Person, name: str) -> None:
    """The newest picture that somebody has got."""
    shown = [m.photo for m in stage.world.history(person.chat_id) if m.photo and m.from_bot]
    assert shown[-1] is not None
    (DOCS / "pictures" / name).write_bytes(shown[-1].data)


async def _theme_day(stage: Stage) -> str:  # noqa: PLR0915 -- it is told from its beginning to its end
    member, student = await a_member(stage, "周学长"), stage.person("林小雨")
    other = stage.person("王一鸣")
    for person in (student, other):
        await person.joins()
    play = LongPlay(
        stage, {member.chat_id: "周学长", student.chat_id: "小雨", other.chat_id: "一鸣"}
    )
    play.skip()
    play.title("1 · A series with a rule; the week of the exam is avoided")
    await play.types(member, "周学长", "/themedays")
    await play.taps_all(member, "周学长", "系列", "建一个系列")
    await play.types_all(member, "周学长", SERIES, "退休教师、校友和同事，讲学科和学校的故事。")
    await play.taps(member, "周学长", "不要标志")
    await play.types_all(member, "周学长", "每月第三个周四 19:00", "材料楼 A204", "1")
    await play.taps(member, "周学长", "建好")
    play.title("2 · The day is completed, moved, and given a picture")
    await play.taps_all(member, "周学长", "补全", "主讲")
    await play.types(member, "周学长", "退休教师王老师，讲他 1978 年参加高考")
    await play.taps(member, "周学长", "海报")
    await play.shows(member, "周学长", "海报")
    await play.taps(member, "周学长", "时间")
    await play.types(member, "周学长", "12月3日 19:00")
    await play.taps(member, "周学长", "就这么改")
    play.title("3 · Announced; one place, two who want it")
    await play.taps_all(member, "周学长", "写通知", "所有人", "下一步", "确认发给")
    await worked(stage)
    await play.types(student, "小雨", "/start day_1")
    await play.taps(student, "小雨", "我去")
    await play.types(other, "一鸣", "/start day_1")
    await play.taps(other, "一鸣", "排队")
    play.title("4 · Questions for the speaker")
    await play.taps_all(student, "小雨", "问讲者", "我来问")
    await play.types(student, "小雨", "那时没有辅导书，数学是怎么复习的？")
    await play.taps_all(other, "一鸣", "问讲者", "1（1）", "我也想听")
    play.title("5 · Somebody cannot come; the queue moves up")
    await play.types(student, "小雨", "/themedays")
    await play.taps_all(student, "小雨", DAY, "去不了", "有课")
    await play.taps(other, "一鸣", "我去")
    play.title("6 · Reminders; then the door")
    start = datetime(2026, 12, 3, 11, 0, tzinfo=UTC)
    await play.waits(
        "Half an hour before it begins.", start - timedelta(minutes=30) - stage.clock.now()
    )
    await play.types(member, "周学长", "/themedays")
    await play.taps_all(member, "周学长", DAY, "现场与会后", "打开签到码")
    keep_picture(stage, member, "theme-day-door.png")
    async with stage.parts.transactions.begin() as work:
        secret = await work.doors.secret(ThemeDayId(1), otherwise="")
    digits = code_at(secret, stage.clock.now())
    await play.types(other, "一鸣", digits)
    await play.types(member, "周学长", f"/start in_1_{digits}")
    await stage.parts.services.theme_days.watch.go_on(now=stage.clock.now())
    play.title("7 · Minutes, the answer to the question, and how it was")
    await play.waits("Three hours later.", timedelta(hours=3))
    await play.types(member, "周学长", "/themedays")
    await play.taps_all(member, "周学长", "往期", DAY, "现场与会后", "写纪要")
    await play.types(member, "周学长", "王老师讲了煤油灯下做题的一年：一本樊映川，三遍。")
    await play.taps(member, "周学长", "存下")
    await play.taps_all(member, "周学长", "看活动", "问讲者", "1（2）", "记下回答")
    await play.types(
        member, "周学长", "白天上班，晚上做题；不会的抄在本子上，周末去问厂里的老工程师。"
    )
    await play.taps(other, "一鸣", "5")
    await play.taps(other, "一鸣", "说两句")
    await play.types(other, "一鸣", "下次想听听实验室建起来的事")
    play.title("8 · What is left: the list, the feedback, the year")
    await play.types(member, "周学长", "/themedays")
    await play.taps_all(member, "周学长", "往期", DAY, "现场与会后", "签到名单")
    await play.types(member, "周学长", "/themedays")
    await play.taps_all(member, "周学长", "往期", DAY, "现场与会后", "看评分")
    await play.types(member, "周学长", "/themedays")
    await play.taps(member, "周学长", "年度考勤")
    head = HEAD.format(
        title="A theme day, from its series to its feedback",
        lead="A member and two students, one place.",
    )
    door = "![The sign at the door](pictures/theme-day-door.png)"
    return "\n\n".join([head, *play.lines, door]) + "\n"


async def _call(stage: Stage) -> str:  # noqa: PLR0915 -- the same
    opener, chief = await a_member(stage, "周学长"), await secretary(stage, "陈书记")
    writers = [await a_member(stage, name) for name in ("林小雨", "王一鸣")]
    judges = [await a_member(stage, name) for name in ("李学姐", "赵学长", "孙学姐")]
    names = {
        opener.chat_id: "周学长",
        chief.chat_id: "陈书记",
        writers[0].chat_id: "小雨",
        writers[1].chat_id: "一鸣",
        **{each.chat_id: name for each, name in zip(judges, ("李", "赵", "孙"), strict=True)},
    }
    play = LongPlay(stage, names)
    play.skip()
    play.title("1 · A call is opened")
    await play.types(opener, "周学长", "/call")
    await play.taps(opener, "周学长", "发起征文")
    await play.types(opener, "周学长", THEME)
    await play.taps(opener, "周学长", "不写要求")
    await play.types(opener, "周学长", "12月10日")
    await play.taps_all(opener, "周学长", "只收党员", "开始征文")
    play.title("2 · One begins, and is reminded of what is missing")
    first, second = writers
    await play.types(first, "小雨", "/submit")
    await play.types(first, "小雨", "一名党员的炉前十年")
    await play.waits("A week before the deadline.", timedelta(days=8))
    play.title("3 · Handed in, with a receipt; the same file twice is told")
    await play.types(first, "小雨", "/submit")
    await play.taps(first, "小雨", "跳过")
    await play.types(first, "小雨", "写炉前工人怎样带着学生攻下一炉钢。")
    await play.taps(first, "小雨", "跳过")
    await play.sends(first, "小雨", "论文.exe", b"MZ")
    await play.sends(first, "小雨", "论文.pdf", b"%PDF-1.7 first")
    await play.taps(first, "小雨", "提交")
    await play.taps(first, "小雨", "换文件")
    await play.sends(first, "小雨", "论文.pdf", b"%PDF-1.7 first")
    await play.sends(first, "小雨", "论文 改.pdf", b"%PDF-1.7 second")
    await play.types(second, "一鸣", "/submit")
    await play.types(second, "一鸣", "实验室里的党小组")
    await play.taps(second, "一鸣", "跳过")
    await play.types(second, "一鸣", "记录一个党小组三年的学习。")
    await play.taps(second, "一鸣", "跳过")
    await play.sends(second, "一鸣", "党小组.pdf", b"%PDF-1.7 other")
    await play.taps(second, "一鸣", "提交")
    play.title("4 · After the deadline: two reviewers each, without names")
    await play.waits("The deadline passes.", timedelta(days=7))
    await play.types(opener, "周学长", "/call")
    await play.taps_all(opener, "周学长", THEME, "开始评审", "确定开始")
    await _reviewed(play, [*writers, chief, *judges])
    play.title("5 · Decisions as letters, let out together by a secretary")
    await play.types(opener, "周学长", "/call")
    await play.taps_all(opener, "周学长", THEME, "结果", "DJ2026-001", "录用", "一等奖", "就用这封")
    await play.taps_all(opener, "周学长", "DJ2026-002", "不录用", "就用这封")
    await play.types(chief, "陈书记", "/call")
    await play.taps_all(chief, "陈书记", THEME, "结果", "一起发出", "确定发出")
    play.title("6 · The table")
    await play.types(opener, "周学长", "/call")
    await play.taps_all(opener, "周学长", THEME, "📊 表", "图片")
    keep_picture(stage, opener, "papers-table.png")
    head = HEAD.format(
        title="A call for papers, from the call to the table",
        lead="A member who calls, two who write, a secretary and three more who review.",
    )
    table = "![The table of papers](pictures/papers-table.png)"
    return "\n\n".join([head, *play.lines, table]) + "\n"


async def _research(stage: Stage) -> None:
    """Some outcomes, made up, for the picture of their table."""
    one, other = await a_member(stage, "周学长"), await a_member(stage, "李学姐")
    book = Workbook()
    book.active.append(["类别", "题目", "人员", "出处", "年份", "级别", "DOI", "编号"])
    for number, (kind, level, year) in enumerate(MADE_UP):
        row = [kind, f"样例 {number + 1}", "张三; 李四", "样例来源", year, level, "", ""]
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    await one.types("/research")
    await one.taps("导入")
    stage.world.send_document(one.id, one.chat_id, out.getvalue(), "成果.xlsx")
    await stage.settle()
    await one.taps(f"导入 {len(MADE_UP)} 条")
    await other.types("/research")
    await other.taps(f"待确认 {len(MADE_UP)}")
    await other.taps("样例 1")
    await other.taps(f"这批 {len(MADE_UP)} 项都确认")
    await other.types("/research")
    await other.taps("成果表")
    await other.taps("发成图")
    keep_picture(stage, other, "research-table.png")


async def _reviewed(play: LongPlay, judges: list[Person]) -> None:
    """Everybody looks what they are to review, until nothing is left."""
    for judge in judges:
        name = play.chats[judge.chat_id]
        while True:
            await judge.types("/call")
            await judge.taps("我评的")
            if not any("🖊 DJ" in each for each in judge.buttons):
                play.skip()
                break
            await play.taps_all(judge, name, "🖊 DJ", "看稿件", "4", "5", "4", "写评语")
            await play.types(judge, name, "例子实在，结尾可以短一些")
            await play.taps(judge, name, "交评审")


async def _main() -> None:
    plays: dict[str, Callable[[Stage], Awaitable[str]]] = {
        "transcript-theme-day.md": _theme_day,
        "transcript-call.md": _call,
    }
    for file, play in plays.items():
        with tempfile.TemporaryDirectory() as folder:
            database = f"sqlite:///{Path(folder) / 'transcript.db'}"
            async with performance(database, clock=MovableClock(PLAYED_AT)) as stage:
                (DOCS / file).write_text(await play(stage), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'transcript.db'}"
        async with performance(database, clock=MovableClock(PLAYED_AT)) as stage:
            await _research(stage)


if __name__ == "__main__":
    asyncio.run(_main())
