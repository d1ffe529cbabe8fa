"""Figures in the chat: for members as pictures with words, for the secretary as files."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from PIL import Image
from sqlalchemy import insert, select

from branch.events.kinds import Kind
from branch.outcomes.model import HistoryYear
from branch.people.model import Role, TelegramId
from branch.statistics.model import Figure
from handlers.statistics_buttons import Choice, MakeReport, ShowFigure
from playground.clock import MovableClock
from storage.event_tables import EVENT_KEYS, EVENTS
from tests.handlers.conftest import a_member
from tests.noticing import readers, secretary, students
from tests.stage import NOW, Person, Stage, performance

CLASS = "材料2301"


def event(kind: Kind, about: str, *, ago: timedelta = timedelta(days=1), **more: Any) -> Any:
    usual = {
        "at": NOW - ago,
        "kind": str(kind),
        "who": "k1",
        "about": about,
        "path": "chat",
        "cohort": 2027,
        "class_name": CLASS,
        "topic": "scores",
        "stage": "registration",
        "value": None,
        "details": "{}",
    }
    return usual | more


def a_week() -> list[Any]:
    """Thirty questions of this week and ten of the week before; twenty tickets."""
    rows = []
    for number in range(1, 31):
        rows.append(event(Kind.QUESTION_ASKED, f"question:{number}"))
        if number <= 20:
            rows.append(event(Kind.QUESTION_ANSWERED, f"question:{number}"))
    for number in range(31, 41):
        rows.append(event(Kind.QUESTION_ASKED, f"question:{number}", ago=timedelta(days=10)))
    for number in range(1, 21):
        rows.append(event(Kind.TICKET_OPENED, f"ticket:{number}", ago=timedelta(days=3)))
        after = timedelta(days=3) - timedelta(hours=2)
        answer = event(Kind.TICKET_ANSWERED, f"ticket:{number}", ago=after, who=f"m{number % 6}")
        rows += [answer, event(Kind.TICKET_RATED, f"ticket:{number}", value=5.0)]
    return rows


async def happened(stage: Stage, rows: Sequence[Any]) -> None:
    async with stage.parts.engine.begin() as connection:
        await connection.execute(insert(EVENTS), rows)


async def belong(stage: Stage, people: Sequence[Person], class_name: str | None = CLASS) -> None:
    async with stage.parts.transactions.begin() as work:
        for each in people:
            known = await work.people.by_telegram(TelegramId(each.id), now=NOW)
            assert known is not None
            await work.people.change(known.id, cohort=2027, class_name=class_name)


async def opens(member: Person, figure: str) -> None:
    await member.types("/stats")
    await member.taps(figure)


def pictures(person: Person) -> list[Any]:
    return [each for each in person.stage.world.history(person.id) if each.photo]


async def test_a_member_sees_a_picture_with_its_numbers(both_stages: Stage) -> None:
    member = await a_member(both_stages)
    await happened(both_stages, a_week())
    await opens(member, "提问")

    picture = Image.open(BytesIO(member.last.photo.data))
    assert picture.width == 1080
    assert member.hears.splitlines()[:8] == [
        "提问",
        "最近 30 天 · 所有人",
        "",
        "问题 40，上一期 0",
        "直接答上 20（50%），上一期 0",
        "自己选的 0（0%），上一期 0",
        "党员回答 0（0%），上一期 0",
        "没答上 20（50%），上一期 0",
    ]
    assert "分母是这段时间里问的所有问题" in member.hears


async def test_the_picture_changes_in_its_place(stage: Stage) -> None:
    member = await a_member(stage)
    await happened(stage, a_week())
    await opens(member, "提问")
    day = member.last.photo.data

    await member.taps("深色")
    night = member.last.photo.data
    await member.taps("换一张图")
    other = member.last.photo.data
    await member.taps("换时间")
    assert "✓ 最近 30 天" in member.buttons
    await member.taps("最近 7 天")

    assert len({day, night, other, member.last.photo.data}) == 4
    assert len(pictures(member)) == 1
    assert "最近 7 天" in member.hears
    assert "问题 30，上一期 10" in member.hears
    # by night it stays
    night = Image.open(BytesIO(member.last.photo.data)).convert("L").resize((1, 1))
    assert night.tobytes()[0] < 90

    await member.taps("📊 统计")
    assert "最近 7 天" in member.hears


async def test_figures_are_narrowed_to_a_cohort_and_a_class_of_enough_people(
    both_stages: Stage,
) -> None:
    stage = both_stages
    member = await a_member(stage)
    await belong(stage, await readers(stage, 6))
    few = stage.person("少数")
    await few.joins()
    await belong(stage, [few], "材料2302")
    others = [event(Kind.QUESTION_ASKED, f"question:{n}", cohort=2020) for n in range(100, 107)]
    await happened(stage, [*a_week(), *others])
    await opens(member, "提问")
    assert "问题 47" in member.hears

    await member.taps("换届别")
    assert not any("2020" in each for each in member.buttons)
    await member.taps("2027 届")
    assert "问题 40" in member.hears
    await member.taps("换班级")
    assert not any("材料2302" in each for each in member.buttons)
    await member.taps(CLASS)

    assert f"最近 30 天 · {CLASS}" in member.hears
    assert "问题 40" in member.hears


async def test_a_forged_tap_shows_no_few_people(stage: Stage) -> None:
    member = await a_member(stage)
    await happened(stage, a_week())
    await opens(member, "提问")
    forged = ShowFigure(Figure.QUESTIONS, Choice("d30", 1999).written, 0).pack()
    await member.taps_data(member.last.id, forged, force=True)

    assert "不到 5 个人" in member.hears


async def answered(
    stage: Stage, by: Person, number: int, *, ago: timedelta = timedelta(days=1)
) -> None:
    """Tickets that somebody known to us has answered; each is another ticket."""
    async with stage.parts.transactions.begin() as work:
        known = await work.people.by_telegram(TelegramId(by.id), now=NOW)
    assert known is not None
    async with stage.parts.engine.begin() as connection:
        key = await connection.scalar(
            select(EVENT_KEYS.c.key).where(EVENT_KEYS.c.person_id == known.id)
        )
    rows = [
        event(Kind.TICKET_ANSWERED, f"ticket:{by.id}{each}", who=key, ago=ago)
        for each in range(number)
    ]
    await happened(stage, rows)


async def test_the_secretary_sees_who_answers_and_a_member_their_own_place(
    both_stages: Stage,
) -> None:
    stage = both_stages
    members = await students(stage, 6)
    chief, member = await secretary(stage), await a_member(stage)
    for place, each in enumerate(members):
        await answered(stage, each, 20 - place)
    await answered(stage, member, 3)
    await members[0].types("/privacy")
    await members[0].taps("删除全部")
    await members[0].taps("要删")
    await members[0].taps("全部删除")

    await opens(chief, "谁答了多少")
    assert "党员答了咨询单 108" in chief.hears
    assert "已经离开的一位 20（19%）" in chief.hears
    assert "学生1 19（18%）" in chief.hears

    await opens(member, "谁答了多少")
    assert "第 7 位（你） 3（3%）" in member.hears
    assert "学生" not in member.hears


async def test_who_answers_is_no_secret_to_the_secretary_of_a_small_branch(stage: Stage) -> None:
    chief, member = await secretary(stage), await a_member(stage)
    await answered(stage, member, 3)
    await answered(stage, member, 2, ago=timedelta(days=40))
    await opens(chief, "谁答了多少")
    assert "王学长 3（100%）" in chief.hears
    assert "回答过的党员 1，上一期 1" in chief.hears

    await opens(member, "谁答了多少")
    assert "回答过的党员 ＊" in member.hears
    assert "（你）" not in member.hears


async def nobody_answered(stage: Stage, people: Sequence[Person], text: str) -> None:
    async with stage.parts.transactions.begin() as work:
        for number, each in enumerate(people):
            known = await work.people.by_telegram(TelegramId(each.id), now=NOW)
            assert known is not None
            await work.questions.add(
                known.id,
                message_id=1_000 * len(text) + number,
                asked_at=NOW - timedelta(days=1),
                text=text,
                outcome="not_covered",
                entry=None,
                confidence=None,
            )


async def test_gaps_are_quoted_where_five_people_asked_and_lead_to_their_mending(
    both_stages: Stage,
) -> None:
    stage = both_stages
    member = await a_member(stage)
    asking = await students(stage, 6)
    await nobody_answered(stage, asking, "宿舍几点熄灯")
    await nobody_answered(stage, asking[:4], "我家猫能不能带去")
    await nobody_answered(stage, asking[:1], "我家的猫能不能带去呀")
    await opens(member, "没答上")

    assert "没答上的提问 11，上一期 0" in member.hears
    assert "“宿舍几点熄灯” 6 次（6 人问过）" in member.hears
    assert "猫" not in member.hears
    assert Image.open(BytesIO(member.last.photo.data)).width == 1080

    await member.taps("📝 没答上的")
    assert "宿舍几点熄灯" in member.hears


async def test_gaps_are_of_everybody(stage: Stage) -> None:
    member = await a_member(stage)
    asking = await readers(stage, 6)
    await belong(stage, asking)
    await nobody_answered(stage, asking, "宿舍几点熄灯")
    await opens(member, "没答上")
    await member.taps("换届别")
    await member.taps("2027 届")

    assert "不分届别和班级" in member.hears
    assert "熄灯" not in member.hears


async def test_what_has_not_happened_is_said_in_words(stage: Stage) -> None:
    member = await a_member(stage)
    await opens(member, "主题党日")

    assert pictures(member) == []
    assert "办了 0，上一期 0" in member.hears
    assert "还没有" in member.hears


async def test_association_is_called_that(stage: Stage) -> None:
    member = await a_member(stage)
    reported = [
        event(Kind.OUTCOME_REPORTED, f"outcome:{n}", who=f"g{n}", details='{"kind": "working"}')
        for n in range(12)
    ]
    await happened(stage, reported)
    await opens(member, "用没用过")

    assert "只是相关，不是因果" in member.hears
    assert "没问过 0.0%" in member.hears


async def test_outcomes_are_of_cohorts_and_of_no_period(stage: Stage) -> None:
    member = await a_member(stage)
    async with stage.parts.transactions.begin() as work:
        year = HistoryYear(cohort=2019, total=100, advanced=48, by_exam=30, by_recommendation=18)
        await work.outcome_years.add_history(year, by=None, now=NOW)
    await opens(member, "升学率")

    assert member.hears.splitlines()[:4] == [
        "升学率",
        "历年",
        "",
        "2019 届 48.0%（48 / 100，38%–58%）",
    ]
    assert "换时间" not in member.buttons
    await member.taps("换一张图")
    assert member.hears.splitlines()[:5] == [
        "升学率",
        "2019 届",
        "",
        "考研上岸 30.0%（30 / 100，22%–40%）",
        "保研 18.0%（18 / 100，12%–27%）",
    ]


async def test_students_see_nothing(stage: Stage) -> None:
    [student] = await students(stage, 1)
    await happened(stage, a_week())
    for command in ("/stats", "/report"):
        await student.types(command)
        assert "更高的角色" in student.hears
    for forged in (
        ShowFigure(Figure.QUESTIONS, Choice().written, 0).pack(),
        MakeReport(Choice("d7").written).pack(),
    ):
        await student.taps_data(student.last.id, forged, force=True)
        assert "更高的角色" in student.hears
    assert pictures(student) == []


async def test_members_make_no_reports(stage: Stage) -> None:
    member = await a_member(stage)
    await member.types("/stats")
    assert not any("报告" in each for each in member.buttons)
    await member.types("/report")

    assert "更高的角色" in member.hears


async def test_the_secretary_gets_the_files(both_stages: Stage) -> None:
    stage = both_stages
    chief = await secretary(stage)
    await happened(stage, a_week())
    await chief.types("/report")
    await chief.taps("最近 7 天")

    sent = {
        each.document.name: each.document.data
        for each in stage.world.history(chief.id)
        if each.document
    }
    assert list(sent) == [
        "linghang-d7.html",
        "linghang-d7.xlsx",
        "linghang-d7.csv",
        "linghang-d7-tickets.csv",
    ]
    assert "最近 7 天 数据报告" in sent["linghang-d7.html"].decode()
    assert load_workbook(BytesIO(sent["linghang-d7.xlsx"]))["咨询单"].max_row == 21
    tickets = list(csv.reader(io.StringIO(sent["linghang-d7-tickets.csv"].decode("utf-8-sig"))))
    assert len(tickets) == 21
    assert not any("k1" in cell or CLASS in cell for row in tickets for cell in row)


async def test_a_report_is_narrowed_as_figures_are(both_stages: Stage) -> None:
    stage = both_stages
    chief = await secretary(stage)
    await belong(stage, await readers(stage, 6))
    others = [event(Kind.QUESTION_ASKED, f"question:{n}", cohort=2020) for n in range(100, 107)]
    await happened(stage, [*a_week(), *others])
    await chief.types("/report")
    assert "所有人" in chief.hears
    await chief.taps("换届别")
    await chief.taps("2027 届")
    await chief.taps("换班级")
    await chief.taps(CLASS)
    assert CLASS in chief.hears
    await chief.taps("最近 30 天")

    sent = {
        each.document.name: each.document.data
        for each in stage.world.history(chief.id)
        if each.document
    }
    assert f"linghang-d30-2027-{CLASS}.html" in sent
    page = sent[f"linghang-d30-2027-{CLASS}.html"].decode()
    assert f"{CLASS} 最近 30 天 数据报告" in page
    assert f"🧾 {CLASS}，最近 30 天的 CSV" in chief.hears
    book = load_workbook(BytesIO(sent[f"linghang-d30-2027-{CLASS}.xlsx"]))
    asked = next(sheet for sheet in book if sheet.title.startswith("提问"))
    assert asked["B2"].value == 40


async def test_what_is_chosen_in_the_figures_goes_along_into_the_report(stage: Stage) -> None:
    chief = await secretary(stage)
    await belong(stage, await readers(stage, 6))
    await happened(stage, a_week())
    await opens(chief, "提问")
    await chief.taps("换届别")
    await chief.taps("2027 届")
    await chief.taps("📊 统计")
    await chief.taps("📄 做报告")

    assert "2027 届" in chief.hears


async def test_tickets_of_few_people_are_on_no_list(stage: Stage) -> None:
    chief = await secretary(stage)
    await belong(stage, await readers(stage, 6))
    await happened(stage, [event(Kind.TICKET_OPENED, f"ticket:{n}") for n in range(1, 4)])
    await chief.types("/report")
    await chief.taps("换届别")
    await chief.taps("2027 届")
    await chief.taps("最近 7 天")

    tickets = [each.document for each in stage.world.history(chief.id) if each.document][-1]
    assert tickets.name == "linghang-d7-2027-tickets.csv"
    assert len(tickets.data.decode("utf-8-sig").splitlines()) == 1


async def test_a_double_tap_makes_one_report(both_stages: Stage) -> None:
    stage = both_stages
    chief = await secretary(stage)
    await happened(stage, a_week())
    await chief.types("/report")
    menu = chief.last.id
    once = MakeReport(Choice("d7").written).pack()
    for _ in range(2):
        stage.world.tap(chief.id, chief.id, menu, once)
    await stage.settle()
    files = [each.document for each in stage.world.history(chief.id) if each.document]
    assert len(files) == 4

    await stage.clock.move_to(NOW + timedelta(minutes=1))
    await chief.taps_data(menu, once)
    files = [each.document for each in stage.world.history(chief.id) if each.document]
    assert len(files) == 8


async def at(stage: Stage, moment: datetime) -> None:
    await stage.clock.move_to(moment)
    await stage.settle()


@pytest.fixture
def ticking(both_stages: Stage) -> Stage:
    both_stages.clock.on_moved(both_stages.parts.alarm_clock.moved)
    return both_stages


async def test_on_monday_the_secretary_reads_the_week_once(ticking: Stage) -> None:
    chief, member = await secretary(ticking), await a_member(ticking)
    await happened(ticking, a_week())
    monday = datetime(2026, 11, 23, 1, 10, tzinfo=UTC)
    await at(ticking, monday - timedelta(minutes=1))
    assert not any("上周的数字" in each for each in chief.heard)
    for hours in (0, 1, 5):
        await at(ticking, monday + timedelta(hours=hours))

    [letter] = [each for each in chief.heard if "上周的数字" in each]
    assert "问题 30，前一周 10" in letter
    assert "一半不超过 2 小时" in letter
    assert not any("上周的数字" in each for each in member.heard)

    await chief.taps("看本周")
    assert "最近 7 天" in chief.hears


async def test_a_week_without_anything_has_no_letter(ticking: Stage) -> None:
    chief = await secretary(ticking)
    await at(ticking, datetime(2026, 11, 23, 3, 0, tzinfo=UTC))

    assert not any("上周的数字" in each for each in chief.heard)


async def test_after_the_season_its_report_is_a_tap_away(sqlite_url: str) -> None:
    first = datetime(2027, 9, 1, 1, 10, tzinfo=UTC)
    clock = MovableClock(first - timedelta(hours=2))
    async with performance(sqlite_url, clock=clock) as stage:
        clock.on_moved(stage.parts.alarm_clock.moved)
        chief = stage.person("陈书记")
        await chief.joins(cohort="2028")
        async with stage.parts.transactions.begin() as work:
            known = await work.people.by_telegram(TelegramId(chief.id), now=clock.now())
            assert known is not None
            await work.roles.grant(known.id, Role.SECRETARY, by=None, now=clock.now(), until=None)
        for hours in (0, 1, 24):
            await at(stage, first + timedelta(hours=hours))
        [letter] = [each for each in chief.heard if "录取季过完了" in each]
        assert "2027 届" in letter

        await chief.taps("做报告")
        names = [each.document.name for each in stage.world.history(chief.id) if each.document]
        assert names[0] == "linghang-s2027.html"


@pytest.mark.parametrize("choice", [Choice(), Choice("y2026", 2027, 2**32 - 1, dark=True)])
def test_what_is_chosen_stays_with_the_buttons(choice: Choice) -> None:
    assert Choice.read(choice.written) == choice


async def test_a_wish_that_was_refused_may_be_made_again_at_once(stage: Stage) -> None:
    chief = await secretary(stage)
    await happened(stage, a_week())
    await chief.types("/report")
    menu, once = chief.last.id, MakeReport(Choice("d7").written).pack()
    async with stage.parts.transactions.begin() as work:
        known = await work.people.by_telegram(TelegramId(chief.id), now=NOW)
        assert known is not None
        [grant] = [each for each in await work.roles.active(now=NOW) if each.person_id == known.id]
        await work.roles.end(grant.id, by=known.id, now=NOW)
    await chief.taps_data(menu, once)
    assert "更高的角色" in chief.hears
    async with stage.parts.transactions.begin() as work:
        await work.roles.grant(known.id, Role.SECRETARY, by=None, now=NOW, until=None)
    await chief.taps_data(menu, once)

    assert len([each for each in stage.world.history(chief.id) if each.document]) == 4


def test_a_letter_of_an_earlier_time_names_its_period_alone() -> None:
    assert Choice.read("s2027") == Choice("s2027")


@pytest.mark.parametrize("forged", ["", "d30.2027", "d30.20270.0", "d30.1.-1", "x.1.1"])
def test_what_is_forged_is_as_nothing_was_chosen(forged: str) -> None:
    assert Choice.read(forged) == Choice()
