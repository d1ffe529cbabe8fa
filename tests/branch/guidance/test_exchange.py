"""The base as a table and back, and a stranger's table: nothing unseen, nothing twice."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from branch.content.spreadsheets import NotATable, rows_in, written
from branch.guidance.entry_fields import Field
from branch.guidance.errors import GoldenBroken, Why
from branch.guidance.exchange import Exchange, Outlook
from branch.guidance.exporting import export_of
from branch.guidance.importing import ColumnsMissing
from branch.guidance.live_shelf import LiveShelf
from branch.guidance.model import Library, Origin, Slug
from branch.guidance.publishing import Publishing, Step
from branch.guidance.replies import Answered
from branch.guidance.revisions import THE_FILES, RevisionDeed
from branch.guidance.service import GuidanceLibrary
from branch.people.errors import NotAllowed
from storage.work import Transactions
from tests.branch.guidance.conftest import MILESTONES
from tests.storage.newcomers import newcomer
from texts.language import Language

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
SPOILING = """question,answer,wordings
食堂几点关门,八点,
怎样做红烧肉,加糖,红烧肉怎么做|怎么做红烧肉
校车几点,七点,
"""


@pytest.fixture
def shelf(library: Library, transactions: Transactions) -> LiveShelf:
    return LiveShelf(GuidanceLibrary(library), transactions.glance, milestones=lambda: MILESTONES)


@pytest.fixture
def exchange(shelf: LiveShelf, transactions: Transactions) -> Exchange:
    publishing = Publishing(transactions.begin, shelf, zone=ZONE)
    return Exchange(transactions.look, shelf, publishing, milestones=lambda: MILESTONES, zone=ZONE)


async def looked(exchange: Exchange, text: str | bytes) -> Outlook:
    raw = text if isinstance(text, bytes) else text.encode()
    return await exchange.look_at_table(None, raw, name="校友 FAQ.csv", note="未核对", now=NOW)


def asked(shelf: LiveShelf, question: str) -> str | None:
    reply = shelf.library.ask(question, language=Language.ZH, on=date(2026, 11, 25))
    return reply.entry.markdown[Language.ZH] if isinstance(reply, Answered) else None


async def test_what_is_exported_is_the_same_when_it_is_imported(exchange: Exchange) -> None:
    outlook = await looked(exchange, await exchange.table(None, now=NOW))

    assert (outlook.plan.same, outlook.steps) == (5, ())
    assert (outlook.plan.misfits, outlook.plan.doubled) == ([], [])


async def test_the_table_holds_every_field_as_it_is(exchange: Exchange, shelf: LiveShelf) -> None:
    header, *rows = [row.cells for row in rows_in(await exchange.table(None, now=NOW))]
    dates = dict(zip(header, next(row for row in rows if row[0] == "exam-dates"), strict=True))

    assert dates["question"] == "考研初试是哪天"
    assert dates["answer"] == "初试在 {{ preliminary_exam }}。"
    assert dates["wordings"].split("\n") == list(
        shelf.files[Slug("exam-dates")].wordings[Language.ZH]
    )
    assert dates["question_en"] == "When is the exam"
    assert (dates["intake"], dates["reliability"], dates["origin"]) == ("2027", "A", "file")


async def test_two_columns_are_enough_and_what_comes_so_is_marked_unchecked(
    exchange: Exchange, shelf: LiveShelf
) -> None:
    outlook = await looked(
        exchange,
        "question,answer,wordings\n"
        '食堂几点关门,"晚上八点。\n周末七点。",食堂开到几点|食堂营业时间;食堂晚饭\n'
        "=校车几点,# 七点,\n",
    )
    count = await exchange.bring_in(None, outlook, now=NOW)

    assert count == 2
    entry = next(each for each in outlook.plan.new.values() if "食堂" in each.question(Language.ZH))
    assert entry.wordings[Language.ZH] == ("食堂开到几点", "食堂营业时间", "食堂晚饭")
    assert (entry.origin, entry.reliability, entry.needs_check) == (Origin.IMPORT, "C", "未核对")
    assert (entry.source.name, entry.topic) == ("校友 FAQ", "scores")
    assert asked(shelf, "食堂几点关门") == "晚上八点。\n\n周末七点。"

    again = await looked(exchange, "question,answer\n食堂几点关门,晚上八点。\n")
    assert (len(again.plan.changed), len(again.plan.new)) == (1, 0)


async def test_every_bad_row_is_told_with_its_line_and_the_good_ones_come_in(
    exchange: Exchange,
) -> None:
    outlook = await looked(
        exchange,
        "question,answer,topic,intake,reliability,review_after,colour\n"
        ",没有问题,,,,,\n"
        "没有答案,,,,,,\n"
        "主题不对,x,nowhere,,,,\n"
        "届不对,x,,soon,,,\n"
        "可靠性不对,x,,,Z,,\n"
        "日期不对,x,,,,2026-13-01,\n"
        "官方没网址,x,,,A,,\n"
        "日历没有,{{ no_such }},,,,,\n"
        "短行\n"
        "好的一行,好答案,钱,2027,c,2027/3/1,red\n",
    )

    assert [(each.line, each.unfit.field, each.unfit.why) for each in outlook.plan.misfits] == [
        (2, Field.QUESTION, Why.EMPTY),
        (3, Field.BODY, Why.EMPTY),
        (4, Field.TOPIC, Why.UNKNOWN_TOPIC),
        (5, Field.INTAKE, Why.NO_YEAR),
        (6, Field.RELIABILITY, Why.UNKNOWN_KIND),
        (7, Field.REVIEW_AFTER, Why.NO_DAY),
        (8, Field.SOURCE, Why.LINK_MISSING),
        (9, Field.BODY, Why.UNKNOWN_DATE),
        (10, Field.BODY, Why.EMPTY),
    ]
    (good,) = outlook.plan.new.values()
    assert (good.topic, good.intake, good.review_after) == ("money", 2027, date(2027, 3, 1))
    assert outlook.plan.unknown_columns == ("colour",)


async def test_what_is_said_twice_comes_in_once(exchange: Exchange) -> None:
    outlook = await looked(
        exchange,
        "question,answer,wordings\n"
        "食堂几点关门,八点,食堂开到几点|学费标准\n"
        "食堂几点关门,九点,\n"
        "食堂开到几点,九点,\n"
        "读研学费一年多少,八千,\n"
        "学费标准,八千,\n"
        "校车几点,七点,食堂开到几点|校车时间\n",
    )

    assert [
        (each.line, each.earlier, each.entry.slug if each.entry else None)
        for each in outlook.plan.doubled
    ] == [(3, 2, None), (4, 2, None), (5, None, "tuition"), (6, None, "tuition")]
    assert outlook.plan.wordings_left_out == 2
    assert [each.wordings[Language.ZH] for each in outlook.plan.new.values()] == [
        ("食堂开到几点",),
        ("校车时间",),
    ]


async def test_a_row_that_spoils_an_answer_is_left_out_and_the_rest_comes_in(
    exchange: Exchange, shelf: LiveShelf
) -> None:
    outlook = await looked(exchange, SPOILING)
    await exchange.bring_in(None, outlook, now=NOW)

    assert outlook.held == (3,)
    assert [each.ask for each in outlook.broken] == ["怎样做红烧肉"]
    assert asked(shelf, "食堂几点关门") == "八点"
    assert asked(shelf, "怎样做红烧肉") is None


async def test_what_breaks_comes_in_only_where_somebody_has_accepted_it(
    shelf: LiveShelf, transactions: Transactions, exchange: Exchange
) -> None:
    outlook = await looked(exchange, SPOILING)
    steps = [
        Step(slug=each.slug, entry=each, deed=RevisionDeed.IMPORTED, parent=THE_FILES)
        for each in outlook.plan.entries
    ]
    publishing = Publishing(transactions.begin, shelf, zone=ZONE)

    with pytest.raises(GoldenBroken):
        await publishing.put_up(None, steps, now=NOW, accepted={"别的题"})
    assert asked(shelf, "怎样做红烧肉") is None

    tried = await publishing.tried(steps, now=NOW)
    await publishing.put_up(None, steps, now=NOW, accepted={"怎样做红烧肉"}, tried=tried)
    assert asked(shelf, "怎样做红烧肉") == "加糖"


async def test_a_row_like_an_entry_is_pointed_out(exchange: Exchange) -> None:
    outlook = await looked(exchange, "question,answer\n请问研究生学费贵不贵,八千\n")

    assert [(each.line, each.entry.slug) for each in outlook.plan.near] == [(2, "tuition")]
    assert len(outlook.steps) == 1


@pytest.mark.parametrize("raw", [b"", b"a,b\n1,2\n", "问题,答案\n1,2".encode()])
async def test_a_table_without_its_columns(exchange: Exchange, raw: bytes) -> None:
    with pytest.raises(ColumnsMissing):
        await looked(exchange, raw)


async def test_what_is_no_table_at_all(exchange: Exchange) -> None:
    with pytest.raises(NotATable):
        await looked(exchange, b"PK\x03\x04\0\0")


async def test_hostile_cells_stay_text(exchange: Exchange, shelf: LiveShelf) -> None:
    hostile = [
        ("question", "answer", "wordings"),
        ("=HYPERLINK(1)", "<script>alert(1)</script> **粗", "@x|+1|-2"),
        ("../../etc/passwd", "`code` [a](javascript:x) ![b](http://x/y.png)", "\u202e反"),
        ("a" * 5000, "长" * 3000, "|".join(f"w{number}" for number in range(400))),
    ]
    outlook = await looked(exchange, written(hostile))
    await exchange.bring_in(None, outlook, now=NOW)
    again = await looked(exchange, await exchange.table(None, now=NOW))

    assert (outlook.plan.misfits, len(outlook.steps)) == ([], 3)
    assert (again.plan.same, again.steps) == (8, ())
    assert all(entry.slug.startswith("q-") for entry in outlook.plan.entries)


async def test_thousands_of_rows_come_in_at_once(exchange: Exchange, shelf: LiveShelf) -> None:
    table = [("question", "answer")]
    table += [(f"第{number}号柜台几点开门", f"{number} 号柜台八点开。") for number in range(300)]
    outlook = await exchange.look_at_table(
        None, written(table), name="x.csv", note="", now=NOW, most_compared=10
    )
    await exchange.bring_in(None, outlook, now=NOW)

    assert (len(outlook.steps), outlook.plan.not_compared) == (300, 290)
    assert len(shelf.library.library.entries) == 305


async def test_who_is_no_member_may_neither(exchange: Exchange, transactions: Transactions) -> None:
    student = await newcomer(transactions)
    with pytest.raises(NotAllowed):
        await exchange.table(student, now=NOW)
    with pytest.raises(NotAllowed):
        await exchange.look_at_table(student, b"", name="x", note="", now=NOW)


async def test_what_came_in_is_written_to_files_that_can_be_read(
    exchange: Exchange, shelf: LiveShelf
) -> None:
    outlook = await looked(exchange, "question,answer\n食堂几点关门,八点\n")
    await exchange.bring_in(None, outlook, now=NOW)
    export = export_of(shelf)

    ((file, text),) = export.files.items()
    assert file.parts[:2] == ("guidance", "scores")
    assert "question: 食堂几点关门" in str(text)
    assert "origin: import" in str(text)
    assert len(export.revisions) == 1
