"""A report: complete in both languages, opening anywhere, the same numbers in every file."""

import csv
import io
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from html.parser import HTMLParser
from typing import Any, cast

import pytest
from openpyxl import load_workbook

from branch.people.errors import NotAllowed
from branch.people.model import Person, Role
from branch.statistics.desk import Everything, StatisticsDesk
from branch.statistics.drawing import Drawing
from branch.statistics.errors import TooFewPeople
from branch.statistics.model import Figure
from branch.statistics.palette import Theme
from branch.statistics.period import Filter, Period
from branch.statistics.ports import StatisticsWork
from branch.statistics.report import ReportFile, ReportWriter
from branch.statistics.telling import Telling
from handlers.figure_words import FigureWords
from tests.branch.statistics.made import MadeGaps, MadeOutcomes, MadeStatistics, interval
from tests.stage import NOW, SHANGHAI, content_of
from tests.texts.samples import person
from texts.language import Language
from texts.pages import render_page
from texts.renderer import Texts

HIDDEN_OF_A_RATE = ("升学人数", "升学率", "95% 下限", "95% 上限")
YEAR = Filter(period=Period.year(2026))


class MadeWork:
    statistics = MadeStatistics()

    def __init__(self, role: Role) -> None:
        self._role = role

    @property
    def people(self) -> Any:
        return self

    async def by_id(self, _person: Any, *, now: datetime) -> Person:  # noqa: ARG002 -- as in the port
        return person(role=self._role)


def desk(role: Role = Role.SECRETARY, **more: Any) -> StatisticsDesk:
    @asynccontextmanager
    async def look() -> AsyncIterator[StatisticsWork]:
        yield cast("StatisticsWork", MadeWork(role))

    return StatisticsDesk(
        look, zone=SHANGHAI, outcomes=MadeOutcomes(), gaps=MadeGaps(), interval=interval, **more
    )


def speech(language: Language) -> Any:
    content = content_of()
    return FigureWords(Texts(SHANGHAI), content.library, content.calendar).speech(language)


async def everything() -> Everything:
    return await desk().everything(None, YEAR, now=NOW)


async def files(language: Language = Language.ZH) -> dict[str, bytes]:
    writer = ReportWriter(speech(language), render_page, zone=SHANGHAI, language=str(language))
    written: list[ReportFile] = writer.files(await everything(), now=NOW)
    return {each.name: each.data for each in written}


class Page(HTMLParser):
    """What a page refers to, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)


@pytest.mark.parametrize("language", Language)
async def test_the_page_needs_nothing_from_outside(language: Language) -> None:
    page = (await files(language))["linghang-y2026.html"].decode()

    found = Page(page).addresses
    assert len(found) > 2 * len(Figure)
    assert [
        each[:40] for each in found if not each.startswith(("#", "data:image/png;base64,"))
    ] == []
    assert re.findall(r"<script|@import|url\(|https?:", page) == []
    assert "prefers-color-scheme: dark" in page
    assert "size: A4" in page
    assert len(page) < 4_000_000


@pytest.mark.parametrize("language", Language)
async def test_every_figure_stands_on_the_page_with_what_is_counted(language: Language) -> None:
    said = speech(language)
    words = "".join(Page((await files(language))["linghang-y2026.html"].decode()).words)

    for figure in Figure:
        assert said.label(f"figure.{figure}") in words
        assert said.label(f"meaning.{figure}") in words
    assert ("只是相关，不是因果" if language is Language.ZH else "association, not cause") in words


async def test_no_few_people_are_in_any_file() -> None:
    """Three questions had one topic; two of six who asked most did not advance."""
    written = await files()
    rows = list(csv.reader(io.StringIO(written["linghang-y2026.csv"].decode("utf-8-sig"))))
    topic = [row[3] for row in rows if row[0] == "提问 按主题" and row[1] == "网上确认"]
    many = [row[2:] for row in rows if row[1] == "20 次以上"]

    assert topic == ["＊"] * 5
    assert many == [["人数", "6"], *([name, "＊"] for name in HIDDEN_OF_A_RATE)]


async def test_gaps_are_quoted_only_where_five_people_asked() -> None:
    written = await files()
    rows = load_workbook(io.BytesIO(written["linghang-y2026.xlsx"]))["没答上的问题 归组"]
    assert [tuple(cell.value for cell in row) for row in rows.iter_rows()] == [
        ("问题", "数量", "几人问过"),
        ("宿舍几点熄灯，能不能晚点", 31, 24),
        ("研究生有没有医保", 18, 15),
        ("能不能带宠物读研", 6, 6),
        ("其他", 65, None),
    ]
    page = "".join(Page(written["linghang-y2026.html"].decode()).words)
    assert "“研究生有没有医保”18 次15 人问过" in page
    for data in written.values():
        assert "我家那边的事".encode() not in data


async def test_who_answered_how_much_is_in_what_the_secretary_reads_and_not_in_csv() -> None:
    written = await files()
    rows = load_workbook(io.BytesIO(written["linghang-y2026.xlsx"]))["谁答了多少 按党员"]
    assert [tuple(cell.value for cell in row) for row in rows.iter_rows(max_row=5)] == [
        ("名次", "党员", "数量"),
        (1, "李明", 61),
        (2, "王芳", 44),
        (3, "Alexandra Konstantinopolskaya", 30),
        (4, "已经离开的一位", 28),
    ]
    page = "".join(Page(written["linghang-y2026.html"].decode()).words)
    assert "王芳44（19%）" in page
    for name in ("linghang-y2026.csv", "linghang-y2026-tickets.csv"):
        text = written[name].decode("utf-8-sig")
        assert "王芳" not in text
        assert "离开" not in text
    assert "谁答了多少 按党员,2,数量,44" in written["linghang-y2026.csv"].decode("utf-8-sig")


async def test_the_workbook_has_a_sheet_a_table_with_real_types() -> None:
    book = load_workbook(io.BytesIO((await files())["linghang-y2026.xlsx"]))

    assert all(sheet.freeze_panes == "A2" for sheet in book)
    assert "咨询单" in book.sheetnames
    tickets = book["咨询单"]
    opened, answered = datetime(2026, 11, 2, 11, 4, 5), datetime(2026, 11, 2, 14, 4, 5)
    assert [cell.value for cell in tickets[2]] == [
        1,
        opened,
        "网上报名",
        "网上报名",
        answered,
        3,
        2,
        5,
    ]
    assert tickets.max_row == 3
    rates = book["升学率 各届"]
    assert [cell.value for cell in rates[3]][:4] == ["2020", "人数不详", "人数不详", 0.482]


async def test_paths_and_targets_stand_with_share_interval_and_of_how_many() -> None:
    written = await files()
    book = load_workbook(io.BytesIO(written["linghang-y2026.xlsx"]))
    rows = list(csv.reader(io.StringIO(written["linghang-y2026.csv"].decode("utf-8-sig"))))

    heads = ("名称", "全届人数", "数量", "占全届", "95% 下限", "95% 上限")
    for sheet, first in (
        ("升学率 途径", ("考研上岸", 110, 44, 0.4, 0.313, 0.493)),
        ("升学率 去向", ("大连理工大学", 110, 21, 0.1909, 0.128, 0.274)),
    ):
        found = [tuple(cell.value for cell in row) for row in book[sheet].iter_rows(max_row=2)]
        assert found == [heads, first]
        assert [row[2:] for row in rows if row[:2] == [sheet, first[0]]] == [
            [name, f"{value:.10g}"] for name, value in zip(heads[1:], first[1:], strict=True)
        ]
    page = "".join(Page(written["linghang-y2026.html"].decode()).words)
    assert "考研上岸40.0%44 / 110，31%–49%" in page


async def test_words_below_a_chart_of_outcomes_are_those_of_what_it_shows() -> None:
    seen = await desk(Role.MEMBER).see(person(), Figure.OUTCOMES, YEAR, now=NOW)
    said = speech(Language.ZH)
    drawing, telling = Drawing(said), Telling(said)
    told = [
        [
            (each.name, each.value, each.note)
            for each in telling.lines(seen, drawing.kind(seen, number))
        ]
        for number in range(drawing.count(seen))
    ]

    assert told == [
        [
            ("2015 届", "27.4%", ""),
            ("2020 届", "48.2%", ""),
            ("2025 届", "51.8%", "56 / 108，42%–61%"),
            ("2026 届", "57.3%", "63 / 110，48%–66%"),
        ],
        [
            ("材料2201", "66.7%", "24 / 36，50%–80%"),
            ("材料2202", "52.6%", "20 / 38，37%–68%"),
            ("材料2203", "＊", ""),
        ],
        [("考研上岸", "40.0%", "44 / 110，31%–49%"), ("保研", "17.3%", "19 / 110，11%–25%")],
        [
            ("大连理工大学", "19.1%", "21 / 110，13%–27%"),
            ("东北大学", "8.2%", "9 / 110，4%–15%"),
        ],
    ]
    assert len(telling.lines(seen)) == 6


async def test_text_tables_begin_with_the_mark_that_programs_look_for() -> None:
    written = await files()

    for name in ("linghang-y2026.csv", "linghang-y2026-tickets.csv"):
        assert written[name].startswith(b"\xef\xbb\xbf")
    tickets = written["linghang-y2026-tickets.csv"].decode("utf-8-sig").splitlines()
    assert tickets[1].startswith("1,2026-11-02 11:04:05,")


async def test_numbers_stand_beside_those_of_the_time_before() -> None:
    seen = await desk(Role.MEMBER).see(person(), Figure.ANSWERS, YEAR, now=NOW)
    lines = Telling(speech(Language.ZH)).lines(seen)

    assert [(each.name, each.value, each.before) for each in lines] == [
        ("开了咨询单", "240", "120"),
        ("答上了", "226（94%）", "113（94%）"),
        ("一半不超过", "3.2 小时", "6.5 小时"),
        ("九成不超过", "22.5 小时", "22.5 小时"),
        ("评分", "4.4 分（170 人评）", "4.4 分（170 人评）"),
    ]


@pytest.mark.parametrize(
    ("figure", "chart", "scope"),
    [
        (Figure.QUESTIONS, "by_topic", "Last 30 days · Everybody"),
        (Figure.ASSOCIATION, "use", "Until 2026-11-22 · Everybody"),
        (Figure.OUTCOMES, "cohorts", "All years"),
        (Figure.OUTCOMES, "paths", "Cohort 2026"),
    ],
)
async def test_each_chart_says_of_when_and_of_whom_it_is(
    figure: Figure, chart: str, scope: str
) -> None:
    of = Filter(period=Period.days(30, today=NOW.date()))
    seen = await desk().see(person(), figure, of, now=NOW)

    assert Telling(speech(Language.EN)).scope(seen, chart) == scope


@pytest.mark.parametrize(
    ("period", "before"),
    [(Period.days(7, today=NOW.date()), "7 days before"), (Period.year(2026), "2025")],
)
async def test_the_page_says_with_what_it_is_compared(period: Period, before: str) -> None:
    writer = ReportWriter(speech(Language.EN), render_page, zone=SHANGHAI, language="en")
    counted = await desk().everything(None, Filter(period=period), now=NOW)
    page = writer.page(counted, [], now=NOW)

    assert f"that of the time before ({before})." in page


@pytest.mark.parametrize(
    ("language", "period", "points"),
    [
        (Language.ZH, Period.year(2026), {"1 月", "11 月"}),
        (Language.EN, Period.year(2026), {"Jan", "Nov"}),
        (Language.ZH, Period.days(7, today=NOW.date()), {"11/16", "11/22"}),
        (Language.EN, Period.days(7, today=NOW.date()), {"16 Nov", "22 Nov"}),
    ],
)
async def test_a_line_has_its_days_and_months_below_it_as_people_write_them(
    language: Language, period: Period, points: set[str]
) -> None:
    seen = await desk().see(person(), Figure.QUESTIONS, Filter(period=period), now=NOW)
    [chart] = [
        each
        for at, each in enumerate(Drawing(speech(language)).all(seen, Theme.LIGHT))
        if Drawing(speech(language)).kind(seen, at) == "over_time"
    ]

    assert points <= {each.text for each in chart.written}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("figure", Figure)
async def test_each_group_has_charts_and_lines_in_both_languages(
    figure: Figure, language: Language
) -> None:
    seen = await desk(Role.MEMBER).see(person(), figure, YEAR, now=NOW)
    drawing = Drawing(speech(language))

    assert len(list(drawing.all(seen, Theme.DARK))) == drawing.count(seen) >= 1
    assert drawing.draw(seen, drawing.count(seen), Theme.LIGHT) == drawing.draw(
        seen, 0, Theme.LIGHT
    )
    assert Telling(speech(language)).lines(seen)


async def test_only_members_look_and_only_secretaries_take_everything() -> None:
    with pytest.raises(NotAllowed):
        await desk(Role.STUDENT).see(person(), Figure.QUESTIONS, YEAR, now=NOW)
    with pytest.raises(NotAllowed):
        await desk(Role.MEMBER).everything(person(), YEAR, now=NOW)
    with pytest.raises(NotAllowed):
        await desk(Role.STUDENT).groups(person(), now=NOW)


@pytest.mark.parametrize(
    ("cohort", "class_name"), [(2027, "材料2302"), (2026, None), (1999, None), (None, "材料2301")]
)
async def test_few_people_are_not_counted_apart(cohort: int | None, class_name: str | None) -> None:
    of = Filter(period=YEAR.period, cohort=cohort, class_name=class_name)

    with pytest.raises(TooFewPeople):
        await desk().see(person(), Figure.QUESTIONS, of, now=NOW)
    with pytest.raises(TooFewPeople):
        await desk().everything(None, of, now=NOW)
    assert [(each.cohort, each.class_name) for each in await desk().groups(person(), now=NOW)] == [
        (2027, None),
        (2027, "材料2301"),
    ]


async def test_whoever_waits_for_a_report_sees_how_far_it_is() -> None:
    steps: list[tuple[int, int]] = []
    found = await desk().everything(None, YEAR, now=NOW, told=lambda *at: steps.append(at))
    writer = ReportWriter(speech(Language.EN), render_page, zone=SHANGHAI, language="en")
    writer.files(found, now=NOW, told=lambda *at: steps.append(at))

    assert steps[len(Figure)] == (len(Figure), len(Figure))
    assert steps[-1] == (len(Figure) + 2, len(Figure) + 2)
