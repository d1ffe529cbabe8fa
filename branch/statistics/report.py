"""A report as files: a page that opens anywhere, a workbook, and tables as text."""

import base64
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, tzinfo
from typing import Any, Final

from msgspec import Struct

from branch.content.spreadsheets import written
from branch.content.workbook import Sheet, workbook
from branch.statistics.canvas import Canvas
from branch.statistics.desk import Everything, Seen
from branch.statistics.drawing import Drawing
from branch.statistics.model import Figure
from branch.statistics.number_words import Speech
from branch.statistics.palette import Theme
from branch.statistics.period import Filter
from branch.statistics.tables import Cell, Share, Table, Tables
from branch.statistics.telling import Telling, Told

RenderPage = Callable[..., str]
"""A page with the values it is given; every value escaped."""
_WIDTH: Final = 18


class Section(Struct, frozen=True):
    """A group of figures on the page. `warns`: its meaning has to be read with it."""

    figure: str
    title: str
    meaning: str
    warns: bool
    lines: Sequence[Told]
    light: Sequence[str]
    dark: Sequence[str]
    tables: Sequence[Table]


class ReportFile(Struct, frozen=True):
    name: str
    data: bytes


class ReportWriter:
    """Nothing is asked of the database here: it may run in a thread of its own."""

    def __init__(self, speech: Speech, render: RenderPage, *, zone: tzinfo, language: str) -> None:
        self._speech = speech
        self._render = render
        self._zone = zone
        self._language = language
        self._telling = Telling(speech)
        self._drawing = Drawing(speech)
        self._tables = Tables(speech)

    def files(
        self,
        everything: Everything,
        *,
        now: datetime,
        told: Callable[[int, int], None] = lambda _done, _of: None,
    ) -> list[ReportFile]:
        """All of them, telling how many steps of how many are done."""
        steps = len(everything.seen) + 2
        sections = []
        for done, seen in enumerate(everything.seen):
            told(done, steps)
            sections.append(self.section(seen))
        told(steps - 2, steps)
        page = self.page(everything, sections, now=now)
        told(steps - 1, steps)
        tables = [table for each in sections for table in each.tables]
        tickets = self._tables.tickets(everything.tickets, self._zone)
        stem = _stem(everything.of)
        found = [
            ReportFile(f"{stem}.html", page.encode()),
            ReportFile(f"{stem}.xlsx", _workbook([*tables, tickets])),
            ReportFile(f"{stem}.csv", self._csv(tables)),
            ReportFile(f"{stem}-tickets.csv", _csv_of(tickets)),
        ]
        told(steps, steps)
        return found

    def section(self, seen: Seen) -> Section:
        return Section(
            figure=str(seen.figure),
            title=self._telling.title(seen.figure),
            meaning=self._telling.meaning(seen.figure),
            warns=seen.figure is Figure.ASSOCIATION,
            lines=self._telling.lines(seen),
            light=_inline(self._drawing.all(seen, Theme.LIGHT)),
            dark=_inline(self._drawing.all(seen, Theme.DARK)),
            tables=self._tables.of(seen),
        )

    def page(self, everything: Everything, sections: Sequence[Section], *, now: datetime) -> str:
        label, of, telling = self._speech.label, everything.of, self._telling
        local = now.astimezone(self._zone)
        return self._render(
            "report",
            language=self._language,
            title=label(
                "reportpage.title" if of.of_everybody else "reportpage.title_of",
                period=telling.period(of),
                whose=telling.whose(of),
            ),
            made=label(
                "reportpage.made", moment=f"{local:%Y-%m-%d %H:%M}", whose=telling.whose(of)
            ),
            days=f"{of.period.start} \u2013 {of.period.last}",
            compared=label("reportpage.compared", period=telling.before(of)),
            hidden=label("reportpage.hidden"),
            before=label("reportpage.before"),
            contents=label("reportpage.contents"),
            nothing=label("reportpage.nothing"),
            sections=sections,
            shown=_shown,
        )

    def _csv(self, tables: Iterable[Table]) -> bytes:
        """Every number on a line of its own: the table, its row, its column, the number.

        Nobody's name: it is for other programs, and who knows where those keep it.
        """
        label = self._speech.label
        names = ("table", "row", "measure", "value")
        rows = [[label(f"figurecolumn.{name}") for name in names]]
        rows += [
            [table.name, _shown(row[0]), column, _plain(cell)]
            for table in tables
            for row in table.rows
            for column, cell in zip(table.columns[1:], row[1:], strict=True)
            if column != table.names
        ]
        return written(rows)


def _stem(of: Filter) -> str:
    """What the files are called: by their period, and by whose figures they are."""
    words = ["linghang", of.period.code, str(of.cohort or ""), of.class_name or ""]
    return "-".join(re.sub(r"[^\w-]+", "_", word) for word in words if word)


def _workbook(tables: Sequence[Table]) -> bytes:
    return workbook(
        Sheet(
            name=table.name,
            columns=table.columns,
            widths=(28, *(_WIDTH for _ in table.columns[1:])),
            rows=table.rows,
        )
        for table in tables
    )


def _csv_of(table: Table) -> bytes:
    return written([table.columns, *([_plain(cell) for cell in row] for row in table.rows)])


def _inline(pictures: Iterable[Canvas]) -> list[str]:
    return [f"data:image/png;base64,{base64.b64encode(each.png()).decode()}" for each in pictures]


def _plain(cell: Cell) -> str:
    """As a program reads it: a number with all its places."""
    match cell:
        case None:
            return ""
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M:%S}"
        case float():
            return f"{cell:.10g}"
    return str(cell)


def _shown(cell: Any) -> str:
    """As people read it."""
    match cell:
        case None:
            return ""
        case Share():
            return f"{cell:.1%}"
        case float():
            return f"{cell:,.1f}"
        case int():
            return f"{cell:,}"
        case date():
            return f"{cell:%Y-%m-%d}"
    return str(cell)
