"""Workbooks that we write: what stands where, and that nothing in them calculates."""

from datetime import datetime
from io import BytesIO

from openpyxl import load_workbook

from branch.content.workbook import Sheet, workbook


def test_a_sheet_has_its_heading_its_rows_and_below_them_a_total() -> None:
    raw = workbook(
        [
            Sheet(
                name="2026: 成果/表",
                columns=["年份", "论文"],
                widths=[8, 30],
                rows=[[2025, 3], [2024, None], [], ["=1+1", datetime(2026, 11, 26, 19)]],
                total=["合计", 3],
            ),
            Sheet(name="空", columns=["年份"], total=["合计"], filtered=False),
        ]
    )
    sheet, empty = load_workbook(BytesIO(raw)).worksheets

    assert sheet.title == "2026  成果 表"
    assert [[cell.value for cell in row] for row in sheet] == [
        ["年份", "论文"],
        [2025, 3],
        [2024, None],
        [None, None],
        ["'=1+1", datetime(2026, 11, 26, 19)],
        ["合计", 3],
    ]
    assert [row[0].font.bold for row in sheet] == [True, False, False, False, False, True]
    assert sheet["B5"].number_format == "yyyy-mm-dd hh:mm:ss"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B6")
    assert sheet.column_dimensions["B"].width == 30
    assert [row[0].value for row in empty] == ["年份", "合计"]
    assert empty.auto_filter.ref is None


def test_what_may_stand_in_a_column_is_offered_below_its_heading() -> None:
    raw = workbook([Sheet(name="表", columns=["题目", "类别"], choices={1: ["论文", "专利"]})])
    [choice] = load_workbook(BytesIO(raw)).active.data_validations.dataValidation

    assert (choice.type, choice.formula1) == ("list", '"论文,专利"')
    assert str(choice.sqref) == "B2:B1048576"
