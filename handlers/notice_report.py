"""The report of a notice as a workbook: a line a person, and the sums."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import Final

from branch.content.workbook import Sheet, local, workbook
from branch.notices.model import Notice
from branch.notices.ports import Line

_COLUMNS: Final = (
    "name",
    "class_name",
    "cohort",
    "intake",
    "fate",
    "settled_at",
    "receipt_at",
    "reason",
)
_WIDTHS: Final = (16, 16, 10, 10, 14, 20, 20, 40)


def report(notice: Notice, lines: Sequence[Line], label: Callable[..., str], zone: tzinfo) -> bytes:
    """An .xlsx file; moments stand in it in the branch's zone."""
    people = Sheet(
        name=label("report.people"),
        columns=[label(f"column.{column}") for column in _COLUMNS],
        widths=_WIDTHS,
        rows=[
            (
                line.name,
                line.class_name,
                line.cohort,
                line.intake,
                label(f"letterfate.{line.fate or 'waiting'}"),
                local(line.at, zone),
                local(line.receipt_at, zone),
                line.reason,
            )
            for line in lines
        ],
    )
    return workbook([people, _sums(notice, lines, label)])


def _sums(notice: Notice, lines: Sequence[Line], label: Callable[..., str]) -> Sheet:
    counted = Counter(str(line.fate or "waiting") for line in lines)
    rows = [(label(f"letterfate.{fate}"), number) for fate, number in counted.most_common()]
    if notice.draft.wants_receipt:
        said = sum(line.receipt_at is not None for line in lines)
        rows.append((label("column.receipt_at"), said))
    return Sheet(
        name=label("report.sums"),
        columns=[label("column.fate"), label("column.people")],
        widths=(20,),
        rows=rows,
        filtered=False,
    )
