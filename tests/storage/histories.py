"""Random histories of a branch, and every figure counted from them once more, plainly."""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from branch.events.kinds import Kind
from branch.statistics.model import (
    Association,
    DayFigures,
    Durations,
    LoadFigures,
    MemberLoad,
    NoticeFigures,
    PaperFigures,
    QuestionFigures,
    Ratings,
    ResearchFigures,
    TicketFigures,
    Use,
    UseRow,
    Ways,
)
from branch.statistics.period import Filter, Period
from branch.statistics.ports import TicketRow

Event = dict[str, Any]
COHORTS = (2026, 2027, None)
CLASSES = ("材料2301", "材料2302", None)
TOPICS = ("scores", "adjustment", None)
STAGES = ("scores", "re_exam", None)
FATES = ("delivered", "delivered", "unreachable", "refused", "expired")
DETAILS: dict[Kind, tuple[str, tuple[str, ...]]] = {
    Kind.LETTER_SETTLED: ("fate", FATES),
    Kind.PAPER_DECIDED: ("decision", ("accepted", "revise")),
    Kind.ACHIEVEMENT_CONFIRMED: ("kind", ("paper", "patent")),
    Kind.OUTCOME_REPORTED: ("kind", ("advanced_exam", "working")),
    Kind.OUTCOME_VERIFIED: ("kind", ("advanced_recommended", "abroad")),
}
RATED = (Kind.TICKET_RATED, Kind.DAY_RATED)
WAYS = {
    Kind.QUESTION_BY_PERSON: "person",
    Kind.QUESTION_CHOSEN: "choice",
    Kind.QUESTION_ANSWERED: "base",
}


def history(dice: random.Random, of: Filter, zone: ZoneInfo) -> list[Event]:
    """What may have happened around the period: also at its very edges, and twice."""
    start, end = of.period.bounds(zone)
    edges = [start, end, start - timedelta(microseconds=1), end - timedelta(microseconds=1)]
    moments = sorted(
        dice.choice(edges)
        if dice.random() < 0.1
        else start + (end - start) * dice.uniform(-1.1, 1.3)
        for _ in range(dice.randrange(160))
    )
    owners: dict[str, tuple[Any, Any]] = defaultdict(
        lambda: (dice.choice(COHORTS), dice.choice(CLASSES))
    )
    return [_event(dice, number, moment, owners) for number, moment in enumerate(moments, start=1)]


def _event(
    dice: random.Random, number: int, moment: datetime, owners: dict[str, tuple[Any, Any]]
) -> Event:
    kind = dice.choice(list(Kind))
    # a question is asked once: answers may name one that was never asked
    thing = str(kind).partition("_")[0]
    about = f"{thing}:{number if kind is Kind.QUESTION_ASKED else dice.randrange(1, 9)}"
    if thing == "question" and kind is not Kind.QUESTION_ASKED:
        about = f"question:{dice.randrange(1, number + 1)}"
    if kind in (Kind.LETTER_SETTLED, Kind.NOTICE_SENT, Kind.NOTICE_ACKNOWLEDGED):
        about = f"notice:{dice.randrange(1, 6)}"
    who = None if dice.random() < 0.1 else f"k{dice.randrange(12)}"
    cohort, class_name = owners[who or "nobody"]
    name, values = DETAILS.get(kind, ("", ()))
    return {
        "id": number,
        "at": moment.astimezone(UTC),
        "kind": str(kind),
        "who": who,
        "about": about,
        "path": "chat",
        "cohort": cohort,
        "class_name": class_name,
        "topic": dice.choice(TOPICS),
        "stage": dice.choice(STAGES),
        "value": float(dice.randrange(1, 6)) if kind in RATED and dice.random() < 0.9 else None,
        "details": json.dumps({name: dice.choice(values)} if name and dice.random() < 0.9 else {}),
    }


def some_filter(dice: random.Random) -> Filter:
    day = datetime(2026, 11, 22, tzinfo=UTC).date()
    periods = [Period.year(2026), Period.season(2026)]
    periods += [Period.days(days, today=day) for days in (7, 30, 90)]
    return Filter(
        period=dice.choice(periods),
        cohort=dice.choice((None, None, 2026, 2027)),
        class_name=dice.choice((None, None, "材料2301")),
    )


class Recount:
    """The same figures by loops over all rows."""

    def __init__(self, events: Sequence[Event], of: Filter, zone: ZoneInfo) -> None:
        self.events = events
        self.of = of
        self.zone = zone
        self.start, self.end = of.period.bounds(zone)

    def _of(self, *kinds: Kind, whose: bool = True, of: Filter | None = None) -> list[Event]:
        start, end = (of or self.of).period.bounds(self.zone)
        return [
            each
            for each in self.events
            if each["kind"] in kinds
            and start <= each["at"] < end
            and (self._mine(each) or not whose)
        ]

    def _mine(self, event: Event) -> bool:
        return (self.of.cohort is None or event["cohort"] == self.of.cohort) and (
            self.of.class_name is None or event["class_name"] == self.of.class_name
        )

    def questions(self) -> QuestionFigures:
        asked = self._of(Kind.QUESTION_ASKED)
        way = {each["about"]: self._way(each["about"]) for each in asked}

        def ways(of: Iterable[Event]) -> Ways:
            counts = Counter(way[each["about"]] for each in of)
            return Ways(**counts, total=sum(counts.values()))

        return QuestionFigures(
            ways=ways(asked),
            by_topic={
                name: ways(each for each in asked if (each["topic"] or "") == name)
                for name in {each["topic"] or "" for each in asked}
            },
            by_stage={
                name: ways(each for each in asked if (each["stage"] or "") == name)
                for name in {each["stage"] or "" for each in asked}
            },
            over_time=self._line(self.of),
            over_time_before=self._line(self.of.before()),
        )

    def _way(self, about: str) -> str:
        happened = {
            each["kind"]
            for each in self.events
            if each["about"] == about and each["at"] >= self.start
        }
        return next((way for kind, way in WAYS.items() if kind in happened), "unanswered")

    def _line(self, of: Filter) -> tuple[int, ...]:
        days = [
            each["at"].astimezone(self.zone).date() for each in self._of(Kind.QUESTION_ASKED, of=of)
        ]
        return tuple(sum(start <= day < end for day in days) for start, end in of.period.parts())

    def tickets(self) -> TicketFigures:
        opened = self._of(Kind.TICKET_OPENED)
        answered = [each for each in opened if self._answers(each)]
        return TicketFigures(
            opened=len(opened),
            answered=len(answered),
            first_answer=durations(
                _second(self._answers(each)[0]["at"]) - _second(each["at"]) for each in answered
            ),
            ratings=ratings(self._of(Kind.TICKET_RATED)),
        )

    def _answers(self, opened: Event) -> list[Event]:
        return [
            each
            for each in self.events
            if each["kind"] == Kind.TICKET_ANSWERED
            and each["about"] == opened["about"]
            and each["at"] >= self.start
        ]

    def load(self) -> LoadFigures:
        handled = {
            (each["who"], each["about"])
            for each in self._of(Kind.TICKET_ANSWERED, whose=False)
            if each["who"]
        }
        tickets = sorted(Counter(who for who, _ in handled).values(), reverse=True)
        return LoadFigures(
            members=len(tickets),
            tickets=sum(tickets),
            each=tuple(MemberLoad(tickets=count) for count in tickets),
            median=durations(tickets).median,
        )

    def notices(self) -> NoticeFigures:
        sent: dict[str, datetime] = {}
        for each in self._of(Kind.NOTICE_SENT, whose=False):
            sent.setdefault(each["about"], each["at"])

        def beside(kind: Kind) -> list[Event]:
            return [
                each
                for each in self.events
                if each["kind"] == kind and each["about"] in sent
                if each["at"] >= self.start and self._mine(each)
            ]

        letters = beside(Kind.LETTER_SETTLED)
        fates = Counter(json.loads(each["details"]).get("fate", "") for each in letters)
        said = beside(Kind.NOTICE_ACKNOWLEDGED)
        return NoticeFigures(
            notices=len(sent),
            letters=len(letters),
            delivered=fates["delivered"],
            blocked=fates["unreachable"],
            failed=fates["refused"] + fates["expired"] + fates[""],
            acknowledged=len(said),
            to_acknowledge=durations(
                _second(each["at"]) - _second(sent[each["about"]]) for each in said
            ),
        )

    def days(self) -> DayFigures:
        came = self._pairs(self._of(Kind.DAY_ATTENDED))
        ever = self._pairs(e for e in self.events if e["kind"] == Kind.DAY_SIGNED_UP)
        return DayFigures(
            days=len({about for about, _ in came}),
            signed_up=len(self._pairs(self._of(Kind.DAY_SIGNED_UP))),
            came=len(came),
            came_of_signed_up=len(came & ever),
            ratings=ratings(self._of(Kind.DAY_RATED)),
        )

    def _pairs(self, events: Iterable[Event]) -> set[tuple[str, str]]:
        return {(each["about"], each["who"]) for each in events if each["who"]}

    def papers(self) -> PaperFigures:
        submitted = self._of(Kind.PAPER_SUBMITTED)
        return PaperFigures(
            submitted=len({each["about"] for each in submitted}),
            authors=len({each["who"] for each in submitted if each["who"]}),
            decided=self._details("decision", Kind.PAPER_DECIDED),
        )

    def research(self) -> ResearchFigures:
        confirmed = self._of(Kind.ACHIEVEMENT_CONFIRMED)
        return ResearchFigures(
            confirmed=self._details("kind", Kind.ACHIEVEMENT_CONFIRMED),
            people=len({each["who"] for each in confirmed if each["who"]}),
        )

    def _details(self, name: str, kind: Kind) -> dict[str, int]:
        return dict(Counter(json.loads(e["details"]).get(name, "") for e in self._of(kind)))

    def association(self) -> Association:
        told = (Kind.OUTCOME_REPORTED, Kind.OUTCOME_VERIFIED)
        last = {
            each["who"]: each
            for each in self.events
            if each["kind"] in told and each["at"] < self.end and each["who"] and self._mine(each)
        }
        rows: dict[Use, list[bool]] = {use: [] for use in Use}
        for who, outcome in last.items():
            asked = self._asked_by(who, outcome["at"].__ge__)
            kind = json.loads(outcome["details"]).get("kind", "")
            use = [use for use in Use if use.least <= asked][-1]
            rows[use].append(kind.startswith("advanced"))
        joined = {
            each["who"]
            for each in self.events
            if each["kind"] == Kind.JOINED and each["at"] < self.end and self._mine(each)
        } - {None}
        return Association(
            joined=len(joined),
            used=sum(self._asked_by(who, lambda at: at < self.end) > 0 for who in joined),
            rows=tuple(UseRow(use=use, n=len(row), advanced=sum(row)) for use, row in rows.items()),
        )

    def _asked_by(self, who: str, when: Callable[[datetime], bool]) -> int:
        return sum(
            each["kind"] == Kind.QUESTION_ASKED and each["who"] == who and when(each["at"])
            for each in self.events
        )

    def ticket_rows(self) -> list[TicketRow]:
        return [self._ticket_row(each) for each in self._of(Kind.TICKET_OPENED)]

    def _ticket_row(self, opened: Event) -> TicketRow:
        answers = self._answers(opened)
        rated = [
            each["value"]
            for each in self.events
            if each["kind"] == Kind.TICKET_RATED
            and each["about"] == opened["about"]
            and each["at"] >= self.start
        ]
        return TicketRow(
            ticket=int(opened["about"].partition(":")[2]),
            opened_at=opened["at"],
            topic=opened["topic"] or "",
            stage=opened["stage"] or "",
            answered_at=answers[0]["at"] if answers else None,
            answers=len(answers),
            rating=int(rated[-1]) if rated and rated[-1] is not None else None,
        )


def durations(seconds: Iterable[int]) -> Durations:
    ordered = sorted(seconds)
    n = len(ordered)
    if not n:
        return Durations()
    middle = (ordered[(n - 1) // 2] + ordered[n // 2]) / 2
    return Durations(n=n, median=middle, ninth=float(ordered[ceil(n * 9 / 10) - 1]))


def ratings(events: Iterable[Event]) -> Ratings:
    given = [int(each["value"]) for each in events if each["value"] is not None]
    return Ratings(
        counts=tuple(given.count(stars) for stars in range(1, 6)),
        n=len(given),
        mean=sum(given) / len(given) if given else None,
    )


def _second(moment: datetime) -> int:
    whole = moment.astimezone(UTC).replace(microsecond=0)
    return (whole - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)
