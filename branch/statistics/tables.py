"""Figures as tables: numbers as numbers, what is hidden as its sign."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo

from msgspec import Struct
from msgspec.structs import replace

from branch.content.workbook import local
from branch.statistics.desk import Seen
from branch.statistics.model import (
    Association,
    Count,
    DayFigures,
    Durations,
    Figures,
    GapFigures,
    LoadFigures,
    NoticeFigures,
    OutcomeFigures,
    PaperFigures,
    QuestionFigures,
    Rate,
    Rated,
    ResearchFigures,
    TicketFigures,
    Ways,
)
from branch.statistics.number_words import Speech
from branch.statistics.ports import TicketRow
from branch.statistics.telling import Telling

Cell = str | int | float | date | datetime | None


class Share(float):
    """A part of a whole: shown as so many of a hundred."""


class Table(Struct, frozen=True, kw_only=True):
    """`name` says of which group it is, `title` is said where that is known.

    `names`: the column that says who people are, if there is one.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    names: str = ""


class Tables:
    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._telling = Telling(speech)

    def of(self, seen: Seen) -> list[Table]:
        """The tables of a group of figures; none that is empty."""
        now = seen.now
        match now:
            case QuestionFigures():
                found = self._questions(seen, now)
            case OutcomeFigures():
                found = self._outcomes(now)
            case Association():
                rows = [
                    (self._speech.label(f"use.{each.use}"), *self._rated(each)) for each in now.rows
                ]
                columns = ("name", "n", "advanced", "rate", "low", "high")
                found = [self._table("use", columns, rows)]
            case _:
                found = [self._numbers(seen), *self._more(now)]
        title = self._telling.title(seen.figure)
        return [replace(each, name=f"{title} {each.title}") for each in found if each.rows]

    def tickets(self, rows: Sequence[TicketRow], zone: tzinfo) -> Table:
        columns = ("ticket", "opened_at", "topic", "stage", "answered_at", "hours", "answers")
        return self._table(
            "tickets",
            (*columns, "rating"),
            [
                (
                    row.ticket,
                    local(row.opened_at, zone),
                    self._named("topic", row.topic),
                    self._named("stage", row.stage),
                    local(row.answered_at, zone),
                    _hours(row),
                    row.answers,
                    row.rating,
                )
                for row in rows
            ],
        )

    def _table(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
        label = self._speech.label
        heads = tuple(label(f"figurecolumn.{each}") for each in columns)
        title = label(f"figuretable.{name}")
        return Table(name=title, title=title, columns=heads, rows=rows)

    def _rated(self, row: Rated) -> tuple[Cell, ...]:
        """How many, of how many, which share, from where to where."""
        if self._is_a_rate_alone(row):
            # not hidden: nobody knows
            said = self._speech.label("chart.n_unknown")
            return said, said, self._cell(Share(row.rate or 0.0)), said, said
        low, high = row.interval or (None, None)
        shares = [None if each is None else Share(each) for each in (row.rate, low, high)]
        return tuple(map(self._cell, (row.n, row.advanced, *shares)))

    def _silent(self, row: Rate) -> Cell:
        """Of whom nothing is known."""
        alone = self._is_a_rate_alone(row)
        return self._speech.label("chart.n_unknown") if alone else self._cell(row.unknown)

    def _is_a_rate_alone(self, row: Rated) -> bool:
        """A year of before the bot, of which only the rate is known."""
        return row.rate is not None and row.n is None

    def _cell(self, value: Cell) -> Cell:
        return self._speech.label("told.hidden") if value is None else value

    def _named(self, table: str, code: str) -> str:
        return self._speech.name(table, code) if code else ""

    def _questions(self, seen: Seen, now: QuestionFigures) -> list[Table]:
        label = self._speech.label
        parts = seen.of.period.parts()
        lines = zip(parts, now.over_time, now.over_time_before, strict=True)
        days = [
            (start, self._cell(n), self._cell(before))
            for (start, _), n, before in lines
            if start <= seen.today
        ]
        return (
            [
                self._ways(
                    "topics", "topic", {"": now.ways} | {k: v for k, v in now.by_topic.items() if k}
                ),
                self._ways("stages", "stage", {k: v for k, v in now.by_stage.items() if k}),
                self._table(
                    "over_time", ("from", "count", "before"), days if any(now.over_time) else []
                ),
            ]
            if now.ways.total != 0
            else [self._table("topics", ("name",), [(label("told.none"),)])]
        )

    def _ways(self, name: str, of: str, rows: Mapping[str, Ways]) -> Table:
        label = self._speech.label
        heads = (
            label("figurecolumn.name"),
            label("figurecolumn.total"),
            *(label(f"way.{way}") for way in Ways().parts),
        )
        ordered = sorted(rows.items(), key=lambda each: -(each[1].total or 0))
        cells = [
            (
                self._speech.name(of, code) if code else label("chart.all"),
                self._cell(ways.total),
                *map(self._cell, ways.parts.values()),
            )
            for code, ways in ordered
        ]
        title = label(f"figuretable.{name}")
        return Table(name=title, title=title, columns=heads, rows=cells)

    def _outcomes(self, now: OutcomeFigures) -> list[Table]:
        rated = ("n", "advanced", "rate", "low", "high", "unknown")
        cohorts = [(row.name, *self._rated(row), self._silent(row)) for row in now.cohorts]
        classes = [(row.name, *self._rated(row), self._silent(row)) for row in now.classes]
        return [
            self._table("cohorts", ("cohort", *rated), cohorts),
            self._table("classes", ("name", *rated), classes),
            self._shares("paths", now.paths),
            self._shares("targets", now.targets),
        ]

    def _shares(self, name: str, shares: Sequence[Rate]) -> Table:
        columns = ("name", "of", "count", "share", "low", "high")
        rows = [(self._speech.name(name, each.name), *self._rated(each)) for each in shares]
        return self._table(name, columns, rows)

    def _counts(self, name: str, counts: Mapping[str, Count]) -> Table:
        rows = [(key, self._cell(count)) for key, count in counts.items()]
        return self._table(name, ("name", "count"), rows)

    def _numbers(self, seen: Seen) -> Table:
        """Each number as a number, with what it was before."""
        before = {} if seen.before is None else _numbers_of(seen.before)
        rows = [
            (self._speech.label(f"told.{name}"), self._cell(value), self._cell(before.get(name)))
            for name, value in _numbers_of(seen.now).items()
        ]
        return self._table("numbers", ("measure", "value", "before"), rows)

    def _gaps(self, now: GapFigures) -> Table:
        rows = [(gap.heading, self._cell(gap.times), gap.people) for gap in now.gaps]
        rest = (self._speech.label("chart.other_gaps"), self._cell(now.rest), "")
        return self._table("gaps", ("asked", "count", "people"), [*rows, rest])

    def _members(self, now: LoadFigures) -> Table:
        """By place; with names for who may see them, in what is not passed on to programs."""
        ranked = list(enumerate(now.each or (), start=1))
        if not now.named:
            places = [(place, load.tickets) for place, load in ranked]
            return self._table("members", ("rank", "count"), places)
        rows = [
            (place, self._telling.member(place, load, named=True), load.tickets)
            for place, load in ranked
        ]
        table = self._table("members", ("rank", "member", "count"), rows)
        return replace(table, names=table.columns[1])

    def _more(self, now: Figures) -> list[Table]:
        match now:
            case TicketFigures() | DayFigures() if now.ratings.n:
                stars = enumerate(now.ratings.counts, start=1)
                rows = [(number, self._cell(count)) for number, count in stars]
                return [self._table("ratings", ("stars", "count"), rows)]
            case GapFigures() if now.gaps:
                return [self._gaps(now)]
            case LoadFigures() if now.each:
                return [self._members(now)]
            case PaperFigures():
                name = self._speech.name
                return [
                    self._counts(
                        "decisions", {name("decision", k): n for k, n in now.decided.items()}
                    )
                ]
            case ResearchFigures():
                name = self._speech.name
                kinds = {name("achievement", k): n for k, n in now.confirmed.items()}
                return [self._counts("kinds", kinds)]
        return []


def _numbers_of(figures: Figures) -> Mapping[str, float | None]:
    found: dict[str, float | None] = {}
    match figures:
        case TicketFigures():
            found = {
                "opened": figures.opened,
                "answered": figures.answered,
                **_times("first", figures.first_answer),
                "ratings": figures.ratings.mean,
            }
        case LoadFigures():
            found = {"by_members": figures.tickets, "members": figures.members}
        case GapFigures() if figures.told:
            found = {"unmet": figures.questions, "kinds": figures.kinds}
        case NoticeFigures():
            told = ("notices", "letters", "delivered", "blocked", "failed", "acknowledged")
            found = {name: getattr(figures, name) for name in told}
            found |= _times("said", figures.to_acknowledge)
        case DayFigures():
            found = {
                "held": figures.days,
                "signed_up": figures.signed_up,
                "came": figures.came,
                "came_of": figures.came_of_signed_up,
                "feedback": figures.ratings.mean,
            }
        case PaperFigures():
            found = {"submitted": figures.submitted, "authors": figures.authors}
        case ResearchFigures():
            found = {"confirmed": sum(n or 0 for n in figures.confirmed.values())}
    return found


def _times(what: str, times: Durations) -> dict[str, float | None]:
    named = {f"{what}_median_seconds": times.median, f"{what}_ninth_seconds": times.ninth}
    # a whole second is written as one
    return {name: int(n) if n is not None and n == int(n) else n for name, n in named.items()}


def _hours(row: TicketRow) -> float | None:
    if row.answered_at is None:
        return None
    return round((row.answered_at - row.opened_at).total_seconds() / 3_600, 2)
