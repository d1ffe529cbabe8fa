"""A small library of answers on disk, and ways to read and ask it."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from branch.content.faults import Faults
from branch.guidance.model import Library
from branch.guidance.reading import read_library
from branch.guidance.service import GuidanceLibrary
from storage.engine import close_engine, open_engine
from storage.work import Transactions
from tests.guidance import library_in

MILESTONES = frozenset({(2027, "preliminary_exam"), (2027, "registration"), (2026, "registration")})

FILES = {
    "topics.yaml": """
- {id: timeline, emoji: "🗓", name: {zh: 时间安排, en: Dates}}
- {id: money, emoji: "💰", name: {zh: 钱, en: Money}}
- {id: scores, emoji: "📊", name: {zh: 分数, en: Scores}}
""",
    "boundaries.yaml": """
- kind: smalltalk
  patterns: ['^(你好|hi)\\W*$']
  asks: greeting
- kind: despair
  phrases: [不想活, want to die]
  except: [不想活动]
- kind: elsewhere
  phrases: [雅思]
  except: [雅思能免]
""",
    "synonyms.yaml": "- [初试, 笔试]\n- [调剂, 调济]\n- [大连理工, 大工]\n",
    "phrasing.yaml": """
fillers: [请问, 学长]
same:
  - [什么时候, 哪天, 几号]
after_short_year: [考研, 届]
""",
    "names.yaml": """
home: [大连交通大学]
schools:
  - [大连理工]
  - [清华大学, 清华]
fields: []
""",
    "golden/first.yaml": """
- {ask: 笔试到底是几号, expect: exam-dates}
- {ask: 不想活了, expect: despair}
- {ask: 怎样做红烧肉, expect: elsewhere}
""",
}

ENTRIES = {
    "timeline/exam-dates": (
        "2027",
        "考研初试是哪天",
        (
            "今年考研几号, 初试时间安排, 研究生考试是哪几天, 什么时候考研, 27考研哪天考, "
            "考研还有几天, 12月哪天考试, 初试是哪个周末"
        ),
        "复试是哪天",
        "初试在 {{ preliminary_exam }}。\n",
    ),
    "timeline/registration-dates": (
        "2027",
        "考研什么时候报名",
        (
            "网报几号开始, 报名截止了吗, 正式报名是哪几天, 现在还能报名吗, 今年报名到几号, "
            "考研报名是几月, 27届报名时间, 网上报名日期"
        ),
        "雅思什么时候报名",
        "报名{{ registration.status }}，上一届在 {{ registration@2026.date }}。\n",
    ),
    "scores/national-line": (
        "2026",
        "2026 年国家线是多少",
        (
            "材料国家线多少分, 工学过线要几分, 26考研国家线, 去年的国家线, 国家线单科多少, "
            "A区国家线, 上一届分数线, 2026工学线"
        ),
        "2027国家线是多少",
        "2026 届工学 A 区总分 **264**。\n",
    ),
    "scores/dalian-line": (
        "2026",
        "大连理工复试线是多少",
        (
            "大工复试要多少分, 大连理工材料线, 大工自划线, 大连理工工学校线, 大工进复试多少分, "
            "大连理工去年分数线, 大工材料多少分能进, 大连理工要考多少"
        ),
        "国家线是多少",
        "2026 年大连理工工学校线 **300**。\n",
    ),
    "money/tuition": (
        "every",
        "读研学费一年多少",
        (
            "研究生学费贵吗, 专硕学费多少, 一年要交多少钱, 学硕学费, 学费怎么交, "
            "读研三年花多少, 非全学费, 学费标准"
        ),
        "报名费多少钱",
        "多数学校一年 **8000** 元。\n\n> 非全日制更贵。\n",
    ),
}

ENGLISH = """---
question: When is the exam
wordings: [exam date, what day is the exam, date of the preliminary exam, exam when, which weekend]
---
The exam: {{ preliminary_exam }}.
"""


def entry_text(
    intake: str, question: str, wordings: str, not_wording: str, body: str, *, more: str = ""
) -> str:
    return f"""---
question: {question}
wordings: [{wordings}]
not_wordings: [{not_wording}]
source: {{name: 教育部, url: https://example.org/}}
intake: {intake}
reliability: A
checked_on: 2026-11-22
review_after: 2027-01-10
{more}---
{body}"""


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder of good content, to be used or spoiled."""
    folder = tmp_path / "content"
    entries = {
        f"guidance/{name}.md": entry_text(
            *fields, more="related: [registration-dates]\n" if "exam-dates" in name else ""
        )
        for name, fields in ENTRIES.items()
    }
    write(folder, FILES | entries | {"guidance/timeline/exam-dates.en.md": ENGLISH})
    return folder


@pytest.fixture
def faults_after(content: Path) -> Callable[[dict[str, str]], list[str]]:
    """Write these files over the good content and tell the faults, their paths shortened."""

    def told(files: dict[str, str]) -> list[str]:
        write(content, files)
        faults = Faults()
        read_library(content, faults, milestones=MILESTONES)
        return [
            f"{fault.file.relative_to(content)}:{fault.line}: {fault.reason}".replace(
                f"{content}/", ""
            )
            for fault in faults.noted
        ]

    return told


@pytest.fixture
def library(content: Path) -> Library:
    return library_in(content, milestones=MILESTONES)


@pytest.fixture
def shelf(library: Library) -> GuidanceLibrary:
    return GuidanceLibrary(library)


@pytest.fixture
async def engine(either_url: str) -> AsyncIterator[AsyncEngine]:
    engine = open_engine(either_url)
    yield engine
    await close_engine(engine)


@pytest.fixture
async def transactions(engine: AsyncEngine) -> AsyncIterator[Transactions]:
    transactions = Transactions(engine)
    yield transactions
    await transactions.close()


@pytest.fixture
async def replica(either_url: str) -> AsyncIterator[Transactions]:
    """A second process's door to the same database: nothing is shared but the data."""
    engine = open_engine(either_url)
    transactions = Transactions(engine)
    yield transactions
    await transactions.close()
    await close_engine(engine)
