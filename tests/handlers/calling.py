"""How people open calls and hand in papers, for tests of all kinds."""

import io

from docx import Document

from tests.stage import Person

THEME = "党建引领科研攻关"
TITLE = "一名党员的炉前十年"
ABSTRACT = "写炉前工人怎样带着学生攻下一炉钢。"
PDF = b"%PDF-1.7 first"


async def opens(
    member: Person, *, theme: str = THEME, deadline: str = "12月10日", everybody: bool = False
) -> None:
    """Four questions; the rest as it usually is."""
    await asks_for(member, theme=theme, deadline=deadline, everybody=everybody)
    await member.taps("开始征文")


async def asks_for(
    member: Person, *, theme: str = THEME, deadline: str = "12月10日", everybody: bool = False
) -> None:
    """Up to the last look."""
    await member.types("/call")
    await member.taps("发起征文")
    await member.types(theme)
    await member.taps("不写要求")
    await member.types(deadline)
    await member.taps("党员和同学" if everybody else "只收党员")


async def sends(person: Person, data: bytes = PDF, name: str = "论文.pdf") -> None:
    person.stage.world.send_document(person.id, person.chat_id, data, name)
    await person.stage.settle()


async def writes(person: Person, *, title: str = TITLE, data: bytes = PDF) -> None:
    """Up to the last look."""
    await person.types("/submit")
    await person.types(title)
    await person.taps("跳过")
    await person.types(ABSTRACT)
    await person.taps("跳过")
    await sends(person, data)


async def submits(person: Person, *, title: str = TITLE, data: bytes = PDF) -> str:
    """The receipt."""
    await writes(person, title=title, data=data)
    await person.taps("提交")
    assert person.hears.startswith("✅ 收到，编号"), person.hears
    return person.hears.partition("编号 ")[2].partition("。")[0]


def a_docx(words: int) -> bytes:
    document = Document()
    document.add_paragraph("字" * words)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


async def reviews(person: Person, *, scores: str = "444", words: str = "可以") -> None:
    """The newest that they were asked for, from the letter to the end."""
    await person.taps("去评")
    for score in scores:
        await person.taps(score)
    await person.taps("写评语")
    await person.types(words)
    await person.taps("交评审")
