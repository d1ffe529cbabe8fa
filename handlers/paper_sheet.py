"""The table of a call's papers in the forms in which it leaves: a workbook, a picture, a list."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from branch.content.picture_table import MOST_ROWS, Align, Column, PictureTable
from branch.content.workbook import Sheet, workbook
from branch.papers.tabling import PaperTable, TableLine

Label = Callable[..., str]
_COLUMNS: Final = (
    "receipt",
    "author",
    "coauthors",
    "paper_title",
    "state",
    "award",
    "scores",
    "versions",
    "late",
)
_WIDTHS: Final = (14, 14, 20, 48, 12, 10, 14, 8, 8)
_NO_SCORE: Final = "\u2013"


def sheet(table: PaperTable, label: Label) -> bytes:
    """An .xlsx file: a line a paper, the sums, and who has not handed in."""
    return workbook(
        [
            Sheet(
                name=label("report.papers"),
                columns=[*(label(f"column.{each}") for each in _COLUMNS), *table.call.plan.own],
                widths=(*_WIDTHS, *(24 for _ in table.call.plan.own)),
                rows=[[*_cells(line, label), *_answers(line, table)] for line in table.lines],
            ),
            Sheet(
                name=label("report.sums"),
                columns=[label("report.sums"), label("column.people")],
                widths=(20, 10),
                rows=sums_of(table, label),
                filtered=False,
            ),
            Sheet(
                name=label("report.absent"),
                columns=[label("column.name")],
                widths=(20,),
                rows=[(name,) for name in table.absent],
            ),
        ]
    )


def sums_of(table: PaperTable, label: Label) -> Sequence[tuple[str, int]]:
    return [
        (label("papersum.called"), table.called),
        (label("papersum.members"), table.members),
        (label("papersum.others"), table.others),
        (label("papersum.drafts"), table.drafts),
        (label("papersum.accepted"), table.accepted),
        (label("papersum.awarded"), table.awarded),
    ]


def picture_of(table: PaperTable, label: Label, *, lead: str) -> PictureTable:
    """What is drawn of it: enough to read on a phone."""
    columns = [
        Column(title=label("column.receipt"), share=1.6),
        Column(title=label("column.author"), share=1.4),
        Column(title=label("column.paper_title"), share=3.0),
        Column(title=label("column.state"), share=1.1),
        Column(title=label("column.award"), share=1.0),
        Column(title=label("column.scores"), share=1.0, align=Align.RIGHT),
    ]
    rows = [
        [
            line.receipt,
            line.name,
            line.submission.paper.title or "",
            label(f"paperstate.{line.submission.state}"),
            _award(line, label),
            _scores(line),
        ]
        for line in table.lines
    ]
    more = len(rows) - MOST_ROWS
    foot = [label("papersum.more", count=more)] if more > 0 else []
    if table.absent:
        names = label("papersum.between").join(table.absent)
        foot.append(label("papersum.absent", name=names))
    return PictureTable(
        heading=table.call.plan.theme, lead=lead, columns=columns, rows=rows, foot=foot
    )


def _cells(line: TableLine, label: Label) -> list[Any]:
    return [
        line.receipt,
        line.name,
        line.submission.paper.coauthors or "",
        line.submission.paper.title or "",
        label(f"paperstate.{line.submission.state}"),
        _award(line, label),
        _scores(line),
        line.newest.number if line.newest else 0,
        label("papersum.late") if line.submission.late else "",
    ]


def _answers(line: TableLine, table: PaperTable) -> list[str]:
    """To the call's own questions."""
    return [line.submission.paper.answer(each) or "" for each, _ in table.call.plan.own_fields]


def _award(line: TableLine, label: Label) -> str:
    award = line.submission.award
    return "" if award == "none" else label(f"award.{award}")


def _scores(line: TableLine) -> str:
    return " / ".join(str(each or _NO_SCORE) for each in line.totals)
