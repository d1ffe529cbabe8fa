"""`python -m tests.ticket_transcript`: one ticket from the question to the base, written down.

What comes out is docs/transcript-ticket.md: nothing in it is written by hand but what people type.
"""

import asyncio
import struct
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from playground.clock import MovableClock
from tests.handlers.test_tickets import member_of
from tests.stage import ROOT, Person, Stage, performance

FILE = ROOT / "docs" / "transcript-ticket.md"
PLAYED_AT = datetime(2026, 11, 25, 12, 10, tzinfo=UTC)
"""Ten past eight in the evening in Shanghai."""
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480) + b"\x08\x02"
HEAD = """# A ticket, from the question to the base

A student, two members and their group, played in the playground with the bot as it is in this tree.
What people typed and tapped was chosen; everything else is what came. In brackets: in which chat.
`python -m tests.ticket_transcript` plays it anew."""


@dataclass
class Play:
    """Notes what people do, and what the bot says in any chat after it."""

    stage: Stage
    chats: dict[int, str]
    lines: list[str] = field(default_factory=list)
    seen: dict[tuple[int, int], str] = field(default_factory=dict)

    def title(self, words: str) -> None:
        self.lines.append(f"## {words}")

    async def types(self, person: Person, name: str, text: str, *, to: str = "") -> None:
        reply = self._post(person.chat_id, to) if to else None
        self._note(f"**{name}** ({self.chats[person.chat_id]}){', replying' if to else ''}: {text}")
        await person.types(text, **({"reply_to": reply} if reply else {}))
        self._hear()

    async def taps(self, person: Person, name: str, label: str) -> None:
        toasts = len(self.stage.world.toasts(person.id))
        self._note(f"*{name} ({self.chats[person.chat_id]}) taps `{label}`*")
        await person.taps(label)
        for toast in self.stage.world.toasts(person.id)[toasts:]:
            if toast.text:
                self._note(f"*{name} is shown for a moment:* {toast.text}")
        self._hear()

    async def shows(self, person: Person, name: str, caption: str) -> None:
        self._note(f"**{name}** ({self.chats[person.chat_id]}) sends a picture: {caption}")
        world = self.stage.world
        world.send_photo(person.id, person.chat_id, PNG, "transcript.png", caption=caption)
        await self.stage.settle()
        self._hear()

    def skip(self) -> None:
        """What was said so far is not part of the play."""
        for chat in self.chats:
            for message in self.stage.world.history(chat):
                self.seen[chat, message.id] = message.text

    def _post(self, chat: int, words: str) -> int:
        history = self.stage.world.history(chat)
        return next(m.id for m in reversed(history) if m.from_bot and words in (m.text or ""))

    def _hear(self) -> None:
        for chat, name in self.chats.items():
            for message in self.stage.world.history(chat):
                known = self.seen.get((chat, message.id))
                self.seen[chat, message.id] = message.text
                if not message.from_bot or known == message.text:
                    continue
                verb = "领航" if known is None else "领航, in its place"
                picture = " 🖼" if message.photo else ""
                self._note(f"**{verb}** ({name}):{picture} {message.text}")
                buttons = [f"`{label}`" for row in message.buttons or () for label, _ in row]
                if buttons:
                    self._note(" ".join(buttons))

    def _note(self, text: str) -> None:
        self.lines.append("\n".join(f"> {line}".rstrip() for line in text.split("\n")))


async def _play(stage: Stage) -> str:
    admin = await stage.admin("陈老师")
    one, other = await member_of(stage, "张党员"), await member_of(stage, "赵党员")
    student, later = stage.person("林小雨"), stage.person("王一鸣")
    for person in (student, later):
        await person.joins()
    there, one_there, other_there = stage.group("党员群", admin, one, other)
    await stage.settle()
    play = Play(
        stage,
        {
            student.chat_id: "小雨",
            later.chat_id: "一鸣",
            one.chat_id: "张党员",
            there.chat_id: "党员群",
        },
    )
    play.skip()
    play.title("1 · The secretary makes the group the desk")
    await play.types(there, "陈老师", "/bind")
    play.title("2 · A student asks, with a picture")
    await play.types(student, "小雨", "/ask")
    await play.types(student, "小雨", "材料专硕想调剂，初试 330，导师组没回我邮件，要不要再发一封")
    await play.shows(student, "小雨", "成绩单")
    await play.taps(student, "小雨", "发给党员")
    play.title("3 · Two members reach for it; one has it")
    await play.taps(one_there, "张党员", "我来答")
    await play.taps(other_there, "赵党员", "我来答")
    await play.types(one_there, "张党员", "//上周也有人问过这位老师", to="新的咨询 #1")
    await play.types(
        one_there,
        "张党员",
        "等满一周再发一封，附成绩单和一句话的研究兴趣，别催第三次",
        to="新的咨询 #1",
    )
    play.title("4 · The student asks on, by a reply, and judges")
    await play.types(student, "小雨", "那可以打电话吗", to="有回复了")
    await play.types(one_there, "张党员", "先别，秘书处的电话可以打", to="补充了")
    await play.taps(student, "小雨", "评一下")
    await play.taps(student, "小雨", "5 · 解决了")
    await play.types(student, "小雨", "很具体，谢谢")
    play.title("5 · Somebody else asks the same, anonymously; one tap answers")
    await play.types(later, "一鸣", "/ask")
    await play.types(later, "一鸣", "想调剂材料专硕，导师组没回邮件，要不要再发一封")
    await play.taps(later, "一鸣", "匿名发")
    await play.taps(other_there, "赵党员", "发 💬 #1")
    play.title("6 · It becomes an entry")
    await play.types(one, "张党员", "/desk")
    await play.taps(one, "张党员", "已关闭的")
    await play.taps(one, "张党员", "#1")
    await play.taps(one, "张党员", "写进知识库")
    return "\n\n".join([HEAD, *play.lines]) + "\n"


async def _main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'transcript.db'}"
        async with performance(database, clock=MovableClock(PLAYED_AT)) as stage:
            FILE.write_text(await _play(stage), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(_main())
