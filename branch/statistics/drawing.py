"""Which charts tell a group of figures, and with which words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from branch.statistics.canvas import WIDTH, Canvas, Measure
from branch.statistics.chart_axes import thinned
from branch.statistics.chart_frame import BarRow, Line, RateRow, SharesRow, Words
from branch.statistics.chart_labels import SMALL
from branch.statistics.charts import bar_chart, line_chart, rate_chart, shares_chart, stars_chart
from branch.statistics.desk import Seen
from branch.statistics.model import (
    Association,
    Count,
    DayFigures,
    GapFigures,
    LoadFigures,
    NoticeFigures,
    OutcomeFigures,
    PaperFigures,
    QuestionFigures,
    Rate,
    Ratings,
    ResearchFigures,
    TicketFigures,
    Ways,
)
from branch.statistics.number_words import Speech
from branch.statistics.palette import Theme
from branch.statistics.period import Filter, Step
from branch.statistics.telling import Telling

ROWS_SHOWN: Final = 12
_AXIS: Final = WIDTH - 220


class Drawing:
    """Charts by number: the first tells most. There is none where there is nothing to draw."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._telling = Telling(speech)

    def count(self, seen: Seen) -> int:
        return len(self._kinds(seen))

    def kind(self, seen: Seen, number: int) -> str:
        """What the chart with this number shows; "" where there is none."""
        kinds = self._kinds(seen)
        return kinds[number % len(kinds)] if kinds else ""

    def draw(self, seen: Seen, number: int, theme: Theme) -> bytes | None:
        """The chart with this number as a PNG."""
        kind = self.kind(seen, number)
        return self._one(seen, kind, theme).png() if kind else None

    def all(self, seen: Seen, theme: Theme) -> Iterator[Canvas]:
        """One after the other: a sheet takes as much memory as a photo."""
        return (self._one(seen, kind, theme) for kind in self._kinds(seen))

    def _kinds(self, seen: Seen) -> Sequence[str]:
        """The names of the charts that there is something for."""
        now = seen.now
        match now:
            case QuestionFigures() if now.ways.total:
                stages = ["by_stage"] if set(now.by_stage) - {""} else []
                return ["by_topic", "over_time", *stages]
            case TicketFigures() | DayFigures():
                stars = ["stars"] if now.ratings.n else []
                return [*(["flow"] if self._flow(seen) else []), *stars]
            case OutcomeFigures():
                parts = (("cohorts", now.cohorts), ("classes", now.classes))
                bars = (("paths", now.paths), ("targets", now.targets))
                return [name for name, rows in (*parts, *bars) if rows]
            case Association():
                return ["use"] if any(row.n for row in now.rows) else []
            case _:
                return ["flow"] if self._flow(seen) else []

    def _one(self, seen: Seen, kind: str, theme: Theme) -> Canvas:
        now = seen.now
        words = self._words(seen, kind)
        match now:
            case QuestionFigures() if kind == "over_time":
                return self._over_time(words, seen, now, theme)
            case QuestionFigures():
                table = now.by_topic if kind == "by_topic" else now.by_stage
                return self._shares(words, now.ways, table, kind.removeprefix("by_"), theme)
            case TicketFigures() | DayFigures() if kind == "stars":
                return self._stars(words, now.ratings, theme)
            case OutcomeFigures():
                return self._rates_of(words, now, kind, theme)
            case Association():
                rows = [
                    Rate(
                        name=self._speech.label(f"use.{row.use}"),
                        n=row.n,
                        advanced=row.advanced,
                        rate=row.rate,
                        interval=row.interval,
                    )
                    for row in now.rows
                ]
                return rate_chart(words, [self._rate_row(row) for row in rows], theme)
            case _:
                return bar_chart(words, self._flow(seen), theme)

    def _words(self, seen: Seen, kind: str) -> Words:
        label = self._speech.label
        return Words(
            title=label(f"chart.{seen.figure}_{kind}"),
            subtitle=self._telling.scope(seen, kind),
            foot=label(f"foot.{seen.figure}"),
        )

    def _shares(
        self, words: Words, whole: Ways, table: Mapping[str, Ways], of: str, theme: Theme
    ) -> Canvas:
        label, speech = self._speech.label, self._speech
        known = sorted(
            ((name, ways) for name, ways in table.items() if name),
            key=lambda each: (-(each[1].total or 0), each[0]),
        )
        rows = [self._shares_row(label("chart.all"), whole)]
        rows += [self._shares_row(speech.name(of, name), ways) for name, ways in known[:ROWS_SHOWN]]
        if "" in table:
            rows.append(self._shares_row(label(f"chart.no_{of}"), table[""]))
        return shares_chart(words, [label(f"way.{way}") for way in whole.parts], rows, theme)

    def _shares_row(self, name: str, ways: Ways) -> SharesRow:
        parts = [part for part in ways.parts.values() if part is not None]
        whole = parts if len(parts) == len(ways.parts) else None
        return SharesRow(label=name, said=self._telling.count(ways.total), parts=whole)

    def _over_time(self, words: Words, seen: Seen, now: QuestionFigures, theme: Theme) -> Canvas:
        measure, of = Measure(), seen.of
        labels = thinned(self._points(of), _AXIS, lambda text: measure.width(text, SMALL))
        values = [
            None if start > seen.today else count
            for (start, _), count in zip(of.period.parts(), now.over_time, strict=True)
        ]
        line = Line(name=self._telling.period(of), values=values)
        before = Line(name=self._telling.before(of), values=now.over_time_before)
        return line_chart(words, labels, line, before, theme)

    def _points(self, of: Filter) -> list[str]:
        label, by_month = self._speech.label, of.period.step is Step.MONTH
        return [
            label("chart.months" if by_month else "chart.days", day=start.day).split("|")[
                start.month - 1
            ]
            for start, _ in of.period.parts()
        ]

    def _stars(self, words: Words, ratings: Ratings, theme: Theme) -> Canvas:
        rows = [
            BarRow(
                label=self._speech.label("chart.stars", number=number),
                said=self._telling.count(count),
                value=count,
            )
            for number, count in enumerate(ratings.counts, start=1)
        ]
        return stars_chart(words, rows, theme)

    def _rates_of(self, words: Words, now: OutcomeFigures, kind: str, theme: Theme) -> Canvas:
        rows: dict[str, Sequence[Rate]] = {
            "cohorts": now.cohorts[-ROWS_SHOWN:],
            "classes": now.classes,
            "paths": now.paths,
            "targets": now.targets[:ROWS_SHOWN],
        }
        named = [replace(row, name=self._speech.name(kind, row.name)) for row in rows[kind]]
        return rate_chart(words, [self._rate_row(row) for row in named], theme)

    def _rate_row(self, row: Rate) -> RateRow:
        label, count = self._speech.label, self._telling.count
        note = "" if row.n is None else label("chart.n", n=count(row.n))
        if row.rate is not None and row.n is None:
            note = label("chart.n_unknown")
        if row.rate is not None and row.n is not None and row.advanced is not None:
            note = f"{row.advanced:,} / {row.n:,}"
        said = label("told.none") if row.n == 0 else self._telling.rate(row.rate)
        return RateRow(label=row.name, said=said, note=note, rate=row.rate, interval=row.interval)

    def _bar(self, name: str, count: Count) -> BarRow:
        return BarRow(label=name, said=self._telling.count(count), value=count)

    def _members(self, now: LoadFigures) -> list[tuple[str, Count]]:
        """Those who have answered most, and the reader, wherever they stand."""
        member = self._telling.member
        return [
            (member(place, load, named=now.named), load.tickets)
            for place, load in enumerate(now.each or (), start=1)
            if place <= ROWS_SHOWN or load.own
        ]

    def _flow(self, seen: Seen) -> list[BarRow]:
        """Bars for what has a row of numbers; empty where there is nothing at all."""
        label, name, now = self._speech.label, self._speech.name, seen.now
        pairs: list[tuple[str, Count]] = []
        match now:
            case TicketFigures():
                told: tuple[str, ...] = ("opened", "answered")
                pairs = [(label(f"told.{each}"), getattr(now, each)) for each in told]
            case NoticeFigures():
                told = ("letters", "delivered", "acknowledged", "blocked", "failed")
                pairs = [(label(f"told.{each}"), getattr(now, each)) for each in told]
            case DayFigures():
                pairs = [
                    (label("told.signed_up"), now.signed_up),
                    (label("told.came"), now.came),
                    (label("told.came_of"), now.came_of_signed_up),
                ]
            case GapFigures() if now.gaps:
                pairs = [(gap.heading, gap.times) for gap in now.gaps[:ROWS_SHOWN]]
                pairs.append((label("chart.other_gaps"), now.rest))
            case LoadFigures():
                pairs = self._members(now)
            case PaperFigures():
                pairs = [(label("told.submitted"), now.submitted)]
                pairs += [(name("decision", key), count) for key, count in now.decided.items()]
            case ResearchFigures():
                pairs = [(name("achievement", key), n) for key, n in now.confirmed.items()]
            case _:
                pass
        return [self._bar(*pair) for pair in pairs] if any(pair[1] for pair in pairs) else []
