"""A year of a made-up department, as its figures are before anything is hidden."""

# ruff: noqa: ARG002 -- it is the same year whatever is asked

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from msgspec.structs import replace

from branch.people.model import Person, PersonId
from branch.statistics.model import (
    Association,
    DayFigures,
    Durations,
    Gap,
    GapFigures,
    LoadFigures,
    MemberLoad,
    NoticeFigures,
    OutcomeFigures,
    PaperFigures,
    QuestionFigures,
    Rate,
    Ratings,
    ResearchFigures,
    TicketFigures,
    Use,
    UseRow,
    Ways,
)
from branch.statistics.period import Filter
from branch.statistics.ports import TicketRow

OPENED = datetime(2026, 11, 2, 3, 4, 5, tzinfo=UTC)


def ways(base: int, choice: int, person: int, unanswered: int) -> Ways:
    total = base + choice + person + unanswered
    return Ways(base=base, choice=choice, person=person, unanswered=unanswered, total=total)


class MadeStatistics:
    """Of the year 2025 there is half as much as of 2026."""

    async def questions(self, of: Filter, zone: tzinfo) -> QuestionFigures:
        months = (90, 80, 120, 95, 40, 22, 15, 18, 180, 260, 310, 0)
        return QuestionFigures(
            ways=ways(830, 120, 160, 120),
            by_topic={
                "timeline": ways(400, 20, 10, 10),
                "scores": ways(250, 60, 80, 60),
                "adjustment": ways(170, 38, 60, 40),
                "confirmation": ways(2, 1, 0, 0),
                "": ways(8, 1, 10, 10),
            },
            by_stage={"registration": ways(500, 60, 80, 60), "scores": ways(330, 60, 80, 60)},
            over_time=months[: len(of.period.parts())],
            over_time_before=tuple(each // 2 for each in months[: len(of.period.parts())]),
        )

    async def ways(self, of: Filter, zone: tzinfo) -> Ways:
        return ways(830, 120, 160, 120)

    async def tickets(self, of: Filter, zone: tzinfo) -> TicketFigures:
        half = 2 if of.period.start.year < 2026 else 1
        return TicketFigures(
            opened=240 // half,
            answered=226 // half,
            first_answer=Durations(n=226 // half, median=11_700.0 * half, ninth=81_000.0),
            ratings=Ratings(counts=(0, 5, 12, 60, 93), n=170, mean=4.418),
        )

    async def load(self, of: Filter, zone: tzinfo) -> LoadFigures:
        counts = (61, 44, 30, 28, 22, 17, 11, 8, 3, 2)
        others = ("张伟", "赵敏", "陈思远", "刘洋", "欧阳建国", "孙琪")
        names = ("李明", "王芳", "Alexandra Konstantinopolskaya", None, *others)
        each = tuple(
            MemberLoad(tickets=count, person=PersonId(place) if name else None, name=name)
            for place, (count, name) in enumerate(zip(counts, names, strict=True))
        )
        return LoadFigures(members=10, tickets=226, each=each, median=19.5)

    async def notices(self, of: Filter, zone: tzinfo) -> NoticeFigures:
        return NoticeFigures(
            notices=42,
            letters=12_600,
            delivered=12_370,
            blocked=180,
            failed=50,
            acknowledged=8_200,
            to_acknowledge=Durations(n=8_200, median=2_520.0, ninth=50_400.0),
        )

    async def days(self, of: Filter, zone: tzinfo) -> DayFigures:
        return DayFigures(
            days=6,
            signed_up=190,
            came=171,
            came_of_signed_up=158,
            ratings=Ratings(counts=(0, 0, 6, 30, 54), n=90, mean=4.53),
        )

    async def papers(self, of: Filter, zone: tzinfo) -> PaperFigures:
        return PaperFigures(submitted=9, authors=9, decided={"accepted": 5, "to_revise": 4})

    async def research(self, of: Filter, zone: tzinfo) -> ResearchFigures:
        return ResearchFigures(confirmed={"paper": 12, "patent": 4, "award": 3}, people=11)

    async def association(self, of: Filter, zone: tzinfo) -> Association:
        return Association(
            joined=430,
            used=371,
            rows=(
                UseRow(use=Use.NONE, n=30, advanced=9),
                UseRow(use=Use.FEW, n=62, advanced=27),
                UseRow(use=Use.SOME, n=81, advanced=46),
                UseRow(use=Use.MANY, n=6, advanced=4),
            ),
        )

    async def ticket_rows(self, of: Filter, zone: tzinfo, *, limit: int) -> Sequence[TicketRow]:
        first = TicketRow(
            ticket=1,
            opened_at=OPENED,
            topic="registration",
            stage="registration",
            answered_at=OPENED + timedelta(hours=3),
            answers=2,
            rating=5,
        )
        return [
            first,
            replace(first, ticket=2, topic="", stage="", answered_at=None, answers=0, rating=None),
        ]

    async def groups(self) -> Sequence[tuple[int | None, str | None, int]]:
        return [(2027, "材料2301", 30), (2027, "材料2302", 4), (2027, None, 3), (2026, None, 4)]


class MadeGaps:
    async def see(self, of: Filter) -> GapFigures:
        half = 2 if of.period.start.year < 2026 else 1
        gaps = (
            Gap(heading="宿舍几点熄灯，能不能晚点", times=31, people=24),
            Gap(heading="研究生有没有医保", times=18, people=15),
            Gap(heading="我家那边的事", times=9, people=2),
            Gap(heading="能不能带宠物读研", times=6, people=6),
        )
        if not of.of_everybody:
            return GapFigures(told=False)
        return GapFigures(questions=120 // half, kinds=41 // half, gaps=gaps, rest=56 // half)


class MadeOutcomes:
    async def see(self, by: Person | None, of: Filter, *, now: datetime) -> OutcomeFigures:
        return OutcomeFigures(
            cohorts=(
                Rate(name="2015", rate=0.274),
                Rate(name="2020", n=None, advanced=None, rate=0.482),
                Rate(
                    name="2025", n=108, advanced=56, rate=0.5185, interval=(0.425, 0.61), unknown=9
                ),
                Rate(
                    name="2026", n=110, advanced=63, rate=0.5727, interval=(0.479, 0.661), unknown=7
                ),
            ),
            of=2026,
            classes=(
                Rate(name="材料2201", n=36, advanced=24, rate=0.667, interval=(0.503, 0.798)),
                Rate(name="材料2202", n=38, advanced=20, rate=0.526, interval=(0.373, 0.675)),
                Rate(name="材料2203"),
            ),
            paths=(
                Rate(name="advanced_exam", n=110, advanced=44, rate=0.4, interval=(0.313, 0.493)),
                Rate(
                    name="advanced_recommended",
                    n=110,
                    advanced=19,
                    rate=0.1727,
                    interval=(0.114, 0.254),
                ),
            ),
            targets=(
                Rate(name="大连理工大学", n=110, advanced=21, rate=0.1909, interval=(0.128, 0.274)),
                Rate(name="东北大学", n=110, advanced=9, rate=0.0818, interval=(0.044, 0.149)),
            ),
        )


def interval(part: int, whole: int) -> tuple[float, float]:
    """Any interval: which one is not our business here."""
    share = part / whole
    return max(0.0, share - 0.1), min(1.0, share + 0.1)
