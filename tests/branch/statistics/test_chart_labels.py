"""Nothing that is written in a chart is cut, leaves the picture, or lies on something else."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from branch.outbox.enclosures import LONGEST_CAPTION
from branch.outcomes.model import LONGEST_TARGET
from branch.people.register import LONGEST_CLASS
from branch.statistics.canvas import WIDTH, Canvas
from branch.statistics.chart_frame import BarRow, Line, RateRow, SharesRow, Words
from branch.statistics.charts import bar_chart, line_chart, rate_chart, shares_chart, stars_chart
from branch.statistics.desk import Seen
from branch.statistics.drawing import Drawing
from branch.statistics.model import (
    OutcomeFigures,
    PaperFigures,
    QuestionFigures,
    Rate,
    ResearchFigures,
)
from branch.statistics.palette import Theme
from branch.statistics.telling import Telling
from tests.branch.statistics.made import ways
from tests.branch.statistics.test_report import YEAR, everything, speech
from tests.stage import SHANGHAI, content_of
from texts.language import Language
from texts.renderer import Texts, labels
from texts.telegram_html import shown_units

LONG = {
    Language.ZH: (
        "中国科学院大学材料科学与光电技术学院" * 5,
        "高分子材料与工程实验班二〇二三级第一行政班",
    ),
    Language.EN: (
        "École polytechnique fédérale de Lausanne, Institute of Materials " * 2,
        "Polymer Materials 2301",
    ),
}


def faults(chart: Canvas) -> list[str]:
    """Texts beyond the margin of the paper, and pairs that touch."""
    room = (12, 12, WIDTH - 12, chart.height - 12)
    found = [
        f"outside: {each.text}"
        for each in chart.written
        if any(a < b for a, b in zip(each.box[:2], room[:2], strict=True))
        or any(a > b for a, b in zip(each.box[2:], room[2:], strict=True))
    ]
    return found + [
        f"{one.text} on {two.text}"
        for one, two in combinations(chart.written, 2)
        if one.box[0] < two.box[2]
        and two.box[0] < one.box[2]
        and one.box[1] < two.box[3]
        and two.box[1] < one.box[3]
    ]


def reads(chart: Canvas, text: str) -> bool:
    """Whether it stands there in full, in however many lines."""
    return _bare(text) in _bare("".join(each.text for each in chart.written))


def _bare(text: str) -> str:
    return "".join(text.split())


async def long_year(language: Language) -> Sequence[Seen]:
    """A year of a department whose names are as long as they may be."""
    content = content_of()
    intake = max(content.calendar.intakes)
    target, group = LONG[language]
    group = group[:LONGEST_CLASS]
    cohort = Rate(name="2026", n=10_110, advanced=5_063, rate=0.5, interval=(0.49, 0.51))
    targets = [f"{at} {target}"[:LONGEST_TARGET].strip() for at in range(8)]
    targets.append("W" * LONGEST_TARGET)
    outcomes = OutcomeFigures(
        cohorts=(cohort,),
        of=2026,
        classes=tuple(replace(cohort, name=f"{at}{group}"[:LONGEST_CLASS]) for at in range(3)),
        paths=(replace(cohort, name="advanced_exam"), replace(cohort, name="advanced_recommended")),
        targets=tuple(replace(cohort, name=name) for name in targets),
    )
    topics = [topic.id for topic in content.library.topics()]
    stages = [step.id for step in content.calendar.milestones(intake)]
    by_topic = {name: ways(10_000, 1_000, 100, 10) for name in topics} | {"": ways(9, 9, 9, 9)}
    by_stage = {name: ways(10_000, 1_000, 100, 10) for name in stages}
    kinds = [each for each in labels(language) if each.startswith("achievement.")]
    states = [each for each in labels(language) if each.startswith("paperstate.")]
    year = await everything()
    [first] = [each.now for each in year.seen if isinstance(each.now, QuestionFigures)]
    made: dict[type, Any] = {
        OutcomeFigures: outcomes,
        QuestionFigures: replace(first, by_topic=by_topic, by_stage=by_stage),
        ResearchFigures: ResearchFigures(
            confirmed={each.partition(".")[2]: 1_000_000 for each in kinds}
        ),
        PaperFigures: PaperFigures(
            submitted=1_000_000, decided={each.partition(".")[2]: None for each in states}
        ),
    }
    of = replace(YEAR, cohort=2026, class_name=group)
    return [replace(each, of=of, now=made.get(type(each.now), each.now)) for each in year.seen]


@pytest.mark.parametrize("language", Language)
async def test_the_longest_names_of_every_language_stand_in_full_and_apart(
    language: Language,
) -> None:
    year = await long_year(language)
    drawing = Drawing(speech(language))
    charts = [chart for seen in year for chart in drawing.all(seen, Theme.LIGHT)]

    assert [fault for chart in charts for fault in faults(chart)] == []
    assert not any("\u2026" in each.text for chart in charts for each in chart.written)
    assert not any(chart.height > 4_000 for chart in charts)
    for name in (each for seen in year for each in names_of(seen.now)):
        assert any(reads(chart, name) for chart in charts), name


def names_of(figures: object) -> Iterator[str]:
    if isinstance(figures, OutcomeFigures):
        yield from (row.name for row in (*figures.classes, *figures.targets))


@pytest.mark.parametrize("language", Language)
async def test_words_of_the_longest_names_fit_below_a_picture(language: Language) -> None:
    said, saying = speech(language), Texts(SHANGHAI)
    drawing, telling = Drawing(said), Telling(said)
    for seen in await long_year(language):
        for number in range(drawing.count(seen)):
            caption = saying.render(
                "stats/figure",
                language,
                title=telling.title(seen.figure),
                scope=telling.scope(seen, drawing.kind(seen, number)),
                lines=telling.lines(seen, drawing.kind(seen, number)),
                meaning=telling.meaning(seen.figure),
                warns=False,
            )
            assert shown_units(caption) <= LONGEST_CAPTION


names = st.text(st.sampled_from("材料科学与工程 abcdefgW-1，。"), min_size=1, max_size=90).filter(
    str.strip
)
numbers = st.integers(0, 10**7)


@given(st.lists(st.tuples(names, numbers), min_size=1, max_size=6), names, st.sampled_from(Theme))
@example([("1", 10**7), ("11111111WW。。。", 0)], "1", Theme.LIGHT)  # a scale of a hand's breadth
@settings(max_examples=30, deadline=None)
def test_whatever_the_names_are_every_chart_shows_them_whole(
    rows: list[tuple[str, int]], around: str, theme: Theme
) -> None:
    words = Words(title=around, subtitle=around, foot=around)
    said = [(name, f"{number:,}", number) for name, number in rows]
    charts = [
        bar_chart(words, [BarRow(label=a, said=b, value=c) for a, b, c in said], theme),
        rate_chart(
            words,
            [
                RateRow(label=a, said="57.3%", note=f"{b} / {b}", rate=0.5, interval=(0.1, 0.9))
                for a, b, _ in said
            ],
            theme,
        ),
        shares_chart(
            words,
            [a for a, _, _ in said][:4],
            [SharesRow(label=a, said=b, parts=[c, c, 1, 0]) for a, b, c in said],
            theme,
        ),
    ]

    for chart in charts:
        assert faults(chart) == []
        assert all(reads(chart, name) for name, _ in rows)


@given(numbers, numbers)
@settings(max_examples=20, deadline=None)
def test_numbers_of_any_size_stay_apart(first: int, second: int) -> None:
    words = Words(title="x")
    line = line_chart(
        words, ["1", "2"], Line(name="now", values=[first, second]), None, Theme.LIGHT
    )
    stars = stars_chart(
        words,
        [BarRow(label=f"{at}", said=f"{first:,}", value=second) for at in range(1, 6)],
        Theme.LIGHT,
    )

    assert faults(line) + faults(stars) == []
