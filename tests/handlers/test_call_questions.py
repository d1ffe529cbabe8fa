"""A call asks what it wants to know besides: up to three questions, each answered."""

from io import BytesIO

from openpyxl import load_workbook

from tests.handlers.calling import ABSTRACT, THEME, TITLE, asks_for, sends
from tests.handlers.conftest import a_member
from tests.stage import Stage


async def test_own_questions_are_asked_kept_and_shown(both_stages: Stage) -> None:
    stage = both_stages
    opener, author = await a_member(stage), await a_member(stage, "林小雨")
    await asks_for(opener)
    await opener.taps("另问")
    await opener.types("一\n二\n三\n四")
    assert any("1 到 3 个" in each for each in opener.heard)
    await opener.types("所在党小组\n指导教师")
    assert "另外要答：所在党小组" in opener.hears
    await opener.taps("开始征文")

    await author.types("/submit")
    await author.types(TITLE)
    await author.taps("跳过")
    await author.types(ABSTRACT)
    await author.taps("跳过")
    assert "5/7 所在党小组" in author.hears
    await author.types("答" * 201)
    assert any("200" in each for each in author.heard)
    await author.types("第二党小组")
    assert "6/7 指导教师" in author.hears
    await author.types("王老师")
    await sends(author)
    assert "所在党小组：第二党小组" in author.hears
    await author.taps("指导教师")
    await author.types("李老师")
    await author.taps("提交")
    assert "收到，编号" in author.hears

    await opener.types("/call")
    await opener.taps(THEME)
    await opener.taps("📊 表")
    await opener.taps("表格")
    sent = next(m.document for m in reversed(stage.world.history(opener.id)) if m.document)
    names, row = list(load_workbook(BytesIO(sent.data)).worksheets[0].iter_rows(values_only=True))
    assert names[-2:] == ("所在党小组", "指导教师")
    assert row[-2:] == ("第二党小组", "李老师")


async def test_what_is_asked_later_is_missing_and_named(stage: Stage) -> None:
    opener, author = await a_member(stage), await a_member(stage, "林小雨")
    await asks_for(opener)
    await opener.taps("开始征文")
    await author.types("/submit")
    await author.types(TITLE)
    await author.taps("跳过")
    await author.types(ABSTRACT)
    await author.taps("跳过")
    await sends(author)
    message, data = author.button("提交")
    await opener.types("/call")
    await opener.taps(THEME)
    await opener.taps("改征文")
    await opener.taps("另问")
    await opener.types("所在党小组")
    await opener.taps("就这么改")

    await author.taps_data(message, data)

    assert any("所在党小组" in each for each in author.heard[-2:])
    await author.types("/submit")
    assert "5/6 所在党小组" in author.hears
