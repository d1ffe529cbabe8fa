"""Letters to the secretary: each Monday the week in numbers, each September the season's report."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from branch.outbox.kinds import LetterKind
from branch.outbox.model import Buttons, Letter
from branch.people.model import Person, Role
from branch.statistics.desk import Seen, StatisticsDesk
from branch.statistics.model import Figure, QuestionFigures, TicketFigures
from branch.statistics.number_words import Speech
from branch.statistics.period import SEASON_BEGINS, Filter, Period
from branch.statistics.ports import Begin
from branch.statistics.telling import Telling
from texts.language import Language
from texts.renderer import Texts

SENT_AT: Final = time(9, 10)
"""After the letter about what nothing answered, which members read first."""
WEEK_USEFUL_FOR: Final = timedelta(days=3)
SEASON_USEFUL_FOR: Final = timedelta(days=10)
_OF_A_WEEK: Final = (Figure.QUESTIONS, Figure.ANSWERS)


class FigureTaps(Struct, frozen=True, kw_only=True):
    """What the buttons below the letters say when they are tapped."""

    week: str
    report: Callable[[str], str]


class FigureLetters:
    """Each is written once, however often it is asked for; too late, it is left out."""

    def __init__(
        self,
        begin: Begin,
        look: Begin,
        texts: Texts,
        *,
        desk: StatisticsDesk,
        speech: Callable[[Language], Speech],
        taps: FigureTaps,
        zone: ZoneInfo,
    ) -> None:
        self._begin = begin
        self._look = look
        self._texts = texts
        self._desk = desk
        self._speech = speech
        self._taps = taps
        self._zone = zone

    async def send(self, *, now: datetime) -> int:
        """Write the letters that are due and not written; how many."""
        return await self._send_week(now) + await self._send_season(now)

    def next_at(self, now: datetime) -> datetime:
        """When the next is due; until then nothing but what somebody writes changes these."""
        monday = self._last_monday(now) + timedelta(days=7)
        season = self._season_ended(now)
        return min(monday, season if now < season else season.replace(year=season.year + 1))

    async def _send_week(self, now: datetime) -> int:
        monday = self._last_monday(now)
        about = f"figures:{monday:%Y-%m-%d}"
        readers = await self._readers(about, since=now - monday, useful=WEEK_USEFUL_FOR, now=now)
        if not readers:
            return 0
        of = Filter(period=Period.days(7, today=monday.date() - timedelta(days=1)))
        week = await self._desk.of_week(_OF_A_WEEK, of, now=now)
        if not any(map(_something, week)):
            return 0

        def letter(to: Person) -> Letter:
            telling = Telling(self._speech(to.language))
            lines = [line for seen in week for line in telling.lines(seen)]
            label = self._texts.label
            buttons = [
                [
                    (label("button.figures_of_week", to.language), self._taps.week),
                    (label("button.make_report", to.language), self._taps.report("d7")),
                ]
            ]
            return self._letter(
                to,
                about,
                self._texts.render("stats/weekly", to.language, lines=lines),
                buttons,
                due=monday,
                useful=WEEK_USEFUL_FOR,
            )

        return await self._put(letter(each) for each in readers)

    async def _send_season(self, now: datetime) -> int:
        """The season that ended last, for a few days after it did."""
        ended = self._season_ended(now)
        year = ended.year
        about = f"season:{year}"
        if now < ended:
            return 0
        readers = await self._readers(about, since=now - ended, useful=SEASON_USEFUL_FOR, now=now)

        def letter(to: Person) -> Letter:
            tap = self._taps.report(Period.season(year).code)
            return self._letter(
                to,
                about,
                self._texts.render("stats/yearly", to.language, year=year),
                [[(self._texts.label("button.make_report", to.language), tap)]],
                due=ended,
                useful=SEASON_USEFUL_FOR,
            )

        return await self._put(letter(each) for each in readers)

    async def _readers(
        self, about: str, *, since: timedelta, useful: timedelta, now: datetime
    ) -> Sequence[Person]:
        """Whom to write to; nobody where it is written, or too late."""
        if since >= useful:
            return []
        async with self._look() as work:
            if await work.outbox.fates(kind=LetterKind.REPORT, about=about):
                return []
            return [
                person
                for person in await work.people.holding(Role.SECRETARY, now=now)
                if person.unreachable_since is None
            ]

    async def _put(self, letters: Iterable[Letter]) -> int:
        written = list(letters)
        if not written:
            return 0
        async with self._begin() as work:
            return await work.outbox.put(written)

    def _letter(
        self,
        to: Person,
        about: str,
        body: str,
        buttons: Buttons,
        *,
        due: datetime,
        useful: timedelta,
    ) -> Letter:
        return Letter(
            key=f"{about}:{to.id}",
            to=to.id,
            kind=LetterKind.REPORT,
            body=body,
            about=about,
            due_at=due,
            useful_until=due + useful,
            buttons=buttons,
        )

    def _season_ended(self, now: datetime) -> datetime:
        """The last one's end; on its very day it may be still to come."""
        today = now.astimezone(self._zone).date()
        year = today.year if today.month >= SEASON_BEGINS else today.year - 1
        return datetime.combine(date(year, SEASON_BEGINS, 1), SENT_AT, self._zone)

    def _last_monday(self, now: datetime) -> datetime:
        here = now.astimezone(self._zone)
        monday = datetime.combine(here.date() - timedelta(here.weekday()), SENT_AT, self._zone)
        return monday if monday <= here else monday - timedelta(days=7)


def _something(seen: Seen) -> bool:
    """Whether anything has happened; what is hidden has."""
    match seen.now:
        case QuestionFigures():
            return seen.now.ways.total != 0
        case TicketFigures():
            return seen.now.opened != 0
    return False
