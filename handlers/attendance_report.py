"""Who was at a theme day, and at how many of a year, as workbooks."""

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import Final

from branch.content.workbook import Sheet, local, workbook
from branch.theme_days.attendance import AttendanceList, MemberYear

_CAME: Final = ("name", "class_name", "checked_in_at", "way")
_YEAR: Final = ("name", "held", "came", "excused", "absent")


def attendance_report(found: AttendanceList, label: Callable[..., str], zone: tzinfo) -> bytes:
    """One sheet of who came, one of who had said so and did not."""
    came = [
        (
            each.name or label("themeday.left"),
            each.class_name,
            local(each.at, zone),
            label(f"checkway.{each.way}"),
        )
        for each in found.came
    ]
    missing = [(each.name, each.class_name) for each in found.missing]
    return workbook(
        [
            Sheet(
                name=label("report.came"),
                columns=[label(f"column.{each}") for each in _CAME],
                widths=(16, 16, 20, 12),
                rows=came,
            ),
            Sheet(
                name=label("report.missing"),
                columns=[label(f"column.{each}") for each in _CAME[:2]],
                widths=(16, 16),
                rows=missing,
            ),
        ]
    )


def year_report(held: int, lines: Sequence[MemberYear], label: Callable[..., str]) -> bytes:
    rows = [(each.name, held, each.came, each.excused, each.absent) for each in lines]
    return workbook(
        [
            Sheet(
                name=label("report.people"),
                columns=[label(f"column.{each}") for each in _YEAR],
                widths=(16, 10, 10, 10, 10),
                rows=rows,
            )
        ]
    )
