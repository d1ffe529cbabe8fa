"""Figures in words: a line a number with what it was before, and what is counted."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from branch.statistics.desk import Seen
from branch.statistics.model import (
    Association,
    DayFigures,
    Durations,
    Figure,
    Figures,
    GapFigures,
    LoadFigures,
    MemberLoad,
    NoticeFigures,
    OutcomeFigures,
    PaperFigures,
    QuestionFigures,
    Rate,
    Rated,
    ResearchFigures,
    TicketFigures,
)
from branch.statistics.number_words import NumberWords
from branch.statistics.period import Filter, Span

_RATES_TOLD: Final = 6
"""In words below a picture, which have to fit there with the longest names."""


class Told(Struct, frozen=True):
    """A number with its name; `before` is empty where there is nothing to compare with.

    `note`: of a share, how many of how many it is, and its interval.
    """

    name: str
    value: str
    before: str = ""
    note: str = ""


class Telling(NumberWords):
    def title(self, figure: Figure) -> str:
        return self._speech.label(f"figure.{figure}")

    def meaning(self, figure: Figure) -> str:
        return self._speech.label(f"meaning.{figure}")

    def period(self, of: Filter) -> str:
        label, period = self._speech.label, of.period
        if period.span is Span.DAYS:
            return label("period.days", days=period.length)
        if period.span is Span.YEAR:
            return label("period.year", year=period.start.year)
        return label("period.season", start=period.start.year, end=period.last.year)

    def whose(self, of: Filter) -> str:
        label = self._speech.label
        if of.class_name is not None:
            return of.class_name
        return label("period.everybody") if of.cohort is None else self.cohort(of.cohort)

    def before(self, of: Filter) -> str:
        """The time that stands beside it."""
        if of.period.span is Span.DAYS:
            return self._speech.label("period.days_before", days=of.period.length)
        return self.period(of.before())

    def scope(self, seen: Seen, chart: str = "") -> str:
        """Of when and of whom it is: cohorts are of no period, and use is of all that was."""
        label = self._speech.label
        match seen.now:
            case OutcomeFigures():
                of = seen.of.cohort if chart in ("", "cohorts") else seen.now.of
                return label("chart.all_cohorts") if of is None else self.cohort(of)
            case Association():
                when = label("period.until", day=f"{min(seen.of.period.last, seen.today):%Y-%m-%d}")
            case _:
                when = self.period(seen.of)
        return f"{when} \u00b7 {self.whose(seen.of)}"

    def cohort(self, cohort: int) -> str:
        return self._speech.label("period.cohort", year=cohort)

    def lines(self, seen: Seen, chart: str = "") -> tuple[Told, ...]:
        """A line a number; of outcomes those that are in the chart, if one is named."""
        now = self._numbers(seen.now)
        before = {} if seen.before is None else self._numbers(seen.before)
        told = [Told(name, value, before.get(name, "")) for name, value in now.items()]
        figures = seen.now
        more = (*self._gaps(figures), *self._loads(figures), *self._rates(figures, chart))
        return (*told, *more)

    def _rates(self, figures: Figures, chart: str) -> Sequence[Told]:
        match figures:
            case OutcomeFigures():
                return [self._rated(row.name, row) for row in self._outcomes_of(figures, chart)]
            case Association():
                label = self._speech.label
                return [self._rated(label(f"use.{row.use}"), row) for row in figures.rows]
        return []

    def _numbers(self, figures: Figures) -> Mapping[str, str]:
        say = {
            QuestionFigures: self._questions,
            GapFigures: self._unmet,
            TicketFigures: self._tickets,
            LoadFigures: self._load,
            NoticeFigures: self._notices,
            DayFigures: self._days,
            PaperFigures: self._papers,
            ResearchFigures: self._research,
            OutcomeFigures: self._outcomes,
            Association: self._association,
        }
        found: Mapping[str, str] = say[type(figures)](figures)  # type: ignore[operator]  # each takes its own
        return found

    def _questions(self, figures: QuestionFigures) -> Mapping[str, str]:
        label, ways = self._speech.label, figures.ways
        return {label("told.asked"): self.count(ways.total)} | {
            label(f"way.{way}"): self.of(part, ways.total) for way, part in ways.parts.items()
        }

    def _tickets(self, figures: TicketFigures) -> Mapping[str, str]:
        label = self._speech.label
        return {
            label("told.opened"): self.count(figures.opened),
            label("told.answered"): self.of(figures.answered, figures.opened),
            **self._times(figures.first_answer, "first"),
            label("told.ratings"): self.mean(figures.ratings),
        }

    def _times(self, times: Durations, what: str) -> Mapping[str, str]:
        if times.n == 0:
            return {}
        label = self._speech.label
        return {
            label(f"told.{what}_median"): self.long(times.median),
            label(f"told.{what}_ninth"): self.long(times.ninth),
        }

    def _load(self, figures: LoadFigures) -> Mapping[str, str]:
        label = self._speech.label
        numbers = {
            label("told.by_members"): self.count(figures.tickets),
            label("told.members"): self.count(figures.members),
        }
        if figures.each:
            numbers[label("told.load_median")] = f"{figures.median:g}"
            numbers[label("told.load_most")] = self.of(figures.each[0].tickets, figures.tickets)
        return numbers

    def member(self, place: int, load: MemberLoad, *, named: bool) -> str:
        """Who it is, or which place they have; the reader is told which is theirs."""
        label = self._speech.label
        who = label("chart.rank", number=place)
        if named:
            who = label("chart.left") if load.person is None else load.name or who
        return label("chart.own", who=who) if load.own else who

    def _unmet(self, figures: GapFigures) -> Mapping[str, str]:
        label = self._speech.label
        if not figures.told:
            return {label("told.unmet"): label("told.of_everybody_only")}
        unmet = {label("told.unmet"): self.count(figures.questions)}
        if figures.kinds:
            unmet[label("told.kinds")] = self.count(figures.kinds)
        return unmet

    def _gaps(self, figures: Figures) -> Sequence[Told]:
        if not isinstance(figures, GapFigures):
            return []
        label = self._speech.label
        return [
            Told(
                label("told.quoted", words=gap.heading),
                label("told.times", count=self.count(gap.times)),
                note=label("told.by_people", count=gap.people),
            )
            for gap in figures.gaps[:_RATES_TOLD]
        ]

    def _loads(self, figures: Figures) -> Sequence[Told]:
        """Who has answered most, for who sees names; for others, where they stand themselves."""
        if not isinstance(figures, LoadFigures):
            return []
        ranked = enumerate(figures.each or (), start=1)
        return [
            Told(
                self.member(place, load, named=figures.named),
                self.of(load.tickets, figures.tickets),
            )
            for place, load in ranked
            if load.own or (figures.named and place <= _RATES_TOLD)
        ]

    def _notices(self, figures: NoticeFigures) -> Mapping[str, str]:
        label, letters = self._speech.label, figures.letters
        return {
            label("told.notices"): self.count(figures.notices),
            label("told.letters"): self.count(letters),
            label("told.delivered"): self.of(figures.delivered, letters),
            label("told.blocked"): self.of(figures.blocked, letters),
            label("told.failed"): self.of(figures.failed, letters),
            label("told.acknowledged"): self.of(figures.acknowledged, figures.delivered),
            **self._times(figures.to_acknowledge, "said"),
        }

    def _days(self, figures: DayFigures) -> Mapping[str, str]:
        label = self._speech.label
        return {
            label("told.held"): self.count(figures.days),
            label("told.signed_up"): self.count(figures.signed_up),
            label("told.came"): self.count(figures.came),
            label("told.came_of"): self.of(figures.came_of_signed_up, figures.signed_up),
            label("told.feedback"): self.mean(figures.ratings),
        }

    def _papers(self, figures: PaperFigures) -> Mapping[str, str]:
        label, name = self._speech.label, self._speech.name
        return {
            label("told.submitted"): self.count(figures.submitted),
            label("told.authors"): self.count(figures.authors),
        } | {
            name("decision", decision): self.count(count)
            for decision, count in figures.decided.items()
        }

    def _research(self, figures: ResearchFigures) -> Mapping[str, str]:
        name = self._speech.name
        confirmed = figures.confirmed
        total = sum(count or 0 for count in confirmed.values())
        return {self._speech.label("told.confirmed"): self.count(total)} | {
            name("achievement", kind): self.count(count) for kind, count in confirmed.items()
        }

    def _outcomes(self, figures: OutcomeFigures) -> Mapping[str, str]:
        label = self._speech.label
        return {} if figures.cohorts else {label("told.asked_of"): label("told.none")}

    def _outcomes_of(self, figures: OutcomeFigures, chart: str) -> Sequence[Rate]:
        latest = figures.cohorts[-_RATES_TOLD:]
        cohorts = [replace(row, name=self.cohort(int(row.name))) for row in latest]
        paths = self._named("paths", figures.paths)
        rows: dict[str, Sequence[Rate]] = {
            "cohorts": cohorts,
            "classes": figures.classes[:_RATES_TOLD],
            "paths": paths,
            "targets": self._named("targets", figures.targets[:_RATES_TOLD]),
        }
        return rows.get(chart, [*cohorts, *paths])

    def _named(self, table: str, rows: Sequence[Rate]) -> Sequence[Rate]:
        return [replace(row, name=self._speech.name(table, row.name)) for row in rows]

    def _association(self, figures: Association) -> Mapping[str, str]:
        label = self._speech.label
        return {
            label("told.joined"): self.count(figures.joined),
            label("told.used"): self.of(figures.used, figures.joined),
        }

    def _rated(self, name: str, row: Rated) -> Told:
        label = self._speech.label
        if row.n == 0:
            return Told(name, label("told.none"))
        if row.rate is None:
            of = "" if row.n is None else label("told.rate_hidden", n=self.count(row.n))
            return Told(name, self.count(None), note=of)
        if row.interval is None or row.n is None:
            return Told(name, self.rate(row.rate))
        low, high = (f"{each:.0%}" for each in row.interval)
        part, n = self.count(row.advanced), self.count(row.n)
        return Told(
            name, self.rate(row.rate), note=label("told.rate", part=part, n=n, low=low, high=high)
        )
