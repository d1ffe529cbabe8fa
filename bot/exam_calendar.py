"""Introduces what has to do with the dates of the exam to each other."""

from msgspec import Struct

from bot.ground import Ground
from bot.hall import Doors, Hall
from branch.exam_calendar.calendar import ExamCalendar
from branch.exam_calendar.date_book import DateBook
from branch.exam_calendar.live_calendar import LiveCalendar
from branch.exam_calendar.outlook import ReminderOutlook
from branch.exam_calendar.planning import ReminderPlanner
from branch.exam_calendar.reminder_book import ReminderBook
from branch.exam_calendar.week_ahead import WeekAhead
from handlers.calendar_card import CalendarCards
from handlers.calendar_files import CalendarFiles
from handlers.calendar_letters import CalendarLetters
from handlers.date_words import CalendarWords
from handlers.edit_calendar import EditDates
from handlers.remind import Remind
from handlers.show_calendar import ShowExamCalendar


class CalendarParts(Struct, frozen=True, kw_only=True):
    """What is done with dates, whoever asks for it: people in a chat, or the clock."""

    live: LiveCalendar
    words: CalendarWords
    cards: CalendarCards
    planner: ReminderPlanner
    dates: DateBook
    reminders: ReminderBook
    outlook: ReminderOutlook
    week_ahead: WeekAhead


def calendar_parts(ground: Ground, calendar: ExamCalendar) -> CalendarParts:
    transactions, texts, zone = ground.transactions, ground.texts, ground.zone
    begin, look = transactions.begin, transactions.look
    live = LiveCalendar(calendar, transactions.glance, zone)
    words = CalendarWords(calendar, texts, zone)
    letters = CalendarLetters(words=words, texts=texts)
    planner = ReminderPlanner(begin, live, letters, zone)
    return CalendarParts(
        live=live,
        words=words,
        cards=CalendarCards(words=words, texts=texts, zone=zone),
        planner=planner,
        dates=DateBook(begin, look, live, planner, zone),
        reminders=ReminderBook(begin, look, calendar=calendar, planner=planner, zone=zone),
        outlook=ReminderOutlook(look, live, zone),
        week_ahead=WeekAhead(begin, live, letters, zone),
    )


def calendar_doors(parts: CalendarParts, hall: Hall) -> Doors:
    words, zone, say = parts.words, hall.zone, hall.say
    reminding = Remind(book=parts.reminders, words=words, strangers=hall.strangers, say=say)
    return Doors(
        conversations=[EditDates(book=parts.dates, words=words, zone=zone, say=say).conversation()],
        handlers=[
            *ShowExamCalendar(words=words, say=say).handlers(),
            *reminding.handlers(),
            *CalendarFiles(words=words, cards=parts.cards, say=say).handlers(),
        ],
    )
