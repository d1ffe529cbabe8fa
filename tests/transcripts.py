"""`python -m tests.transcripts`: plays conversations with the real bot, and writes them down.

What comes out is docs/transcripts.md: nothing in it is written by hand but what people type.
"""

import asyncio
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from playground.clock import MovableClock
from tests.stage import ROOT, Person, performance

FILE = ROOT / "docs" / "transcripts.md"
PLAYED_AT = datetime(2026, 11, 25, 15, 40, tzinfo=UTC)
"""Twenty to midnight in Shanghai, three and a half weeks before the exam."""
HEAD = """# Transcripts

Ten conversations with the bot as it is in this tree, played in the playground with the clock at
25 November 2026. What students typed was chosen; everything else is what came.
`python -m tests.transcripts` plays them anew.
"""


class Scene(Struct, frozen=True):
    """What one student types, or taps where it begins with `→`."""

    title: str
    does: Sequence[str]
    language: str = "中文"


SCENES = (
    Scene("1 · A plain question", ["准考证啥时候能打啊"]),
    Scene(
        "2 · Over, when it was, and when the next is likely", ["现在还能报名吗", "那明年什么时候"]
    ),
    Scene(
        "3 · Two questions with only a gap between, and a word back",
        ["档案怎么调 体检去哪做", "→有用"],
    ),
    Scene("4 · Torn between several, chosen with a tap", ["填志愿能填几个", "→调剂能填几个志愿"]),
    Scene("5 · In English", ["How much is the tuition?"], "English"),
    Scene(
        "6 · Hard: abbreviations, slips of the keyboard, no punctuation",
        ["gjx出来之前能不能先填条剂系统啊 我一字愿还没动静", "二站生在那个报考点考"],
    ),
    Scene(
        "7 · Hard: a widespread wrong belief",
        ["听说辽宁是旱区 压分压得狠 是不是该换个地方考", "学姐说调剂先到先得 手慢就没了 真的吗"],
    ),
    Scene(
        "8 · Hard: another year, another university",
        ["2024年工学国家线多少", "浙大材料2025复试线"],
    ),
    Scene(
        "9 · Hard: traditional characters, then a question that leans on the answer",
        ["請問網上確認要準備哪些材料", "那照片呢"],
    ),
    Scene(
        "10 · Hard: what is one's own to decide, another field, and despair",
        ["二战还是先就业 好纠结", "雅思几号报名", "考不上的话 大家是不是没有我更好"],
    ),
)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _said(person: Person, after: int) -> tuple[list[str], int]:
    """What the bot has said since that message, with its buttons, and the newest of all."""
    lines, newest = [], after
    for message in person.stage.world.history(person.chat_id):
        if message.id <= after:
            continue
        newest = max(newest, message.id)
        if message.from_bot:
            buttons = [f"`{label}`" for row in message.buttons or () for label, _ in row]
            lines.append(_quoted(f"**领航:** {message.text or ''}"))
            if buttons:
                lines.append(_quoted(" ".join(buttons)))
    return lines, newest


async def _play(scene: Scene) -> str:
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'transcripts.db'}"
        async with performance(database, clock=MovableClock(PLAYED_AT)) as stage:
            admin = await stage.admin()
            await admin.types("/cancel")
            code = "zh-hans" if scene.language == "中文" else "en"
            student = stage.person("小明", language_code=code)
            await student.joins(language=scene.language)
            _, newest = _said(student, 0)
            lines = [f"## {scene.title}"]
            for deed in scene.does:
                if deed.startswith("→"):
                    await student.taps(deed[1:])
                    lines.append(_quoted(f"*taps `{deed[1:]}`*"))
                else:
                    await student.types(deed)
                    lines.append(_quoted(f"**小明:** {deed}"))
                said, newest = _said(student, newest)
                lines += said
            return "\n\n".join(lines)


async def _main() -> None:
    scenes = [await _play(scene) for scene in SCENES]
    FILE.write_text("\n\n".join([HEAD.strip(), *scenes]) + "\n")


if __name__ == "__main__":
    asyncio.run(_main())
