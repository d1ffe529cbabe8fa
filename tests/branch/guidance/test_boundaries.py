"""What is not answered from the base is recognised, despair before all else."""

import re

import pytest

from branch.guidance.boundaries import Boundaries, Crossing
from branch.guidance.model import Boundary, BoundaryKind, Smalltalk
from branch.guidance.normalising import Normaliser
from branch.guidance.wording import Vocabulary

BOUNDARIES = Boundaries(
    [
        Boundary(
            kind=BoundaryKind.SMALLTALK,
            patterns=(re.compile(r"^(你好|hello)\W*$"),),
            asks=Smalltalk.GREETING,
        ),
        Boundary(kind=BoundaryKind.ELSEWHERE, phrases=("雅思", "考公"), exceptions=("雅思能免",)),
        Boundary(kind=BoundaryKind.ABUSE, phrases=("傻瓜", "stupid bot")),
        Boundary(
            kind=BoundaryKind.DESPAIR,
            phrases=("不想活", "want to die"),
            exceptions=("不想活动",),
        ),
    ],
    Normaliser(Vocabulary()),
)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("我不想活了", BoundaryKind.DESPAIR),
        ("我 不 想 活 了", BoundaryKind.DESPAIR),
        ("不.想.活", BoundaryKind.DESPAIR),
        ("不\u200b想活", BoundaryKind.DESPAIR),
        ("I Want To Die", BoundaryKind.DESPAIR),
        ("傻瓜，我不想活了", BoundaryKind.DESPAIR),
        ("今天不想活动，也不想活", BoundaryKind.DESPAIR),
        ("你个傻瓜", BoundaryKind.ABUSE),
        ("Stupid  BOT!", BoundaryKind.ABUSE),
        ("雅思几号考", BoundaryKind.ELSEWHERE),
        ("你好！！", BoundaryKind.SMALLTALK),
        ("ＨＥＬＬＯ", BoundaryKind.SMALLTALK),
    ],
)
def test_each_kind_is_recognised_however_it_is_typed(question: str, kind: BoundaryKind) -> None:
    crossing = BOUNDARIES.crossed_by(question)

    assert crossing is not None
    assert crossing.kind is kind


@pytest.mark.parametrize(
    "question",
    ["考研几号", "周末不想活動", "雅思能免英语吗，考公呢", "你好，国家线是多少", "", "😀"],
)
def test_other_questions_are_let_through(question: str) -> None:
    assert BOUNDARIES.crossed_by(question) is None


def test_small_talk_says_what_is_asked() -> None:
    assert BOUNDARIES.crossed_by("你好") == Crossing(BoundaryKind.SMALLTALK, Smalltalk.GREETING)
