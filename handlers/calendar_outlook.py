"""The reminders of the next days, as lines of a schedule."""

from datetime import datetime

from branch.exam_calendar.outlook import ReminderOutlook
from handlers.date_words import CalendarWords
from texts.language import Language


class CalendarOutlook:
    def __init__(self, outlook: ReminderOutlook, words: CalendarWords) -> None:
        self._outlook = outlook
        self._words = words

    async def __call__(
        self, language: Language, *, now: datetime, until: datetime
    ) -> list[tuple[datetime, str, int, bool]]:
        """Each: when, what, to how many; True, since no member has written it."""
        coming = await self._outlook.coming(now=now, until=until)
        return [
            (due.at, self._words.name(due.step, language), people, True) for due, people in coming
        ]

    def named(self, about: str, language: Language) -> str:
        """What letters about it are called in a report: an exam date, the week, or what it says."""
        match about.split(":"):
            case ["exam", intake, milestone, *_] if intake.isdecimal():
                steps = self._words.milestones(int(intake))
                step = next((each for each in steps if each.id == milestone), None)
                return self._words.name(step, language) if step else about
            case _:
                return about
