"""What people can do, room by room, in the order in which an update is offered to it."""

from typing import Any

from msgspec import Struct
from telegram.ext import Application, BaseHandler

from bot.answering import AnsweringDoors, answering
from bot.dispatch import TRY_AGAIN
from bot.exam_calendar import calendar_doors
from bot.ground import Ground
from bot.hall import Doors, Hall, hall
from bot.noticing import NoticeDoors, noticing
from bot.outcomes import outcome_doors
from bot.papers import PaperDoors, paper_doors
from bot.people import Links, people_doors
from bot.research import research_doors, themes_of
from bot.services import Services
from bot.statistics import statistics_handlers
from bot.theme_days import ThemeDayDoors, theme_day_doors
from bot.ticketing import TicketDoors, ticketing
from bot.upkeep import upkeep
from branch.tickets.model import TicketId
from handlers.calendar_outlook import CalendarOutlook
from handlers.command_menus import CommandMenus
from handlers.conversation import Conversations
from handlers.follow_edits import FollowEdits
from handlers.lists import Lists
from handlers.mishaps import Mishaps
from handlers.odds_and_ends import OddsAndEnds
from handlers.visit import Context

App = Application[Any, Context, Any, Any, Any, Any]
Offered = list[BaseHandler[Any, Context, Any]]


class _House(Struct, frozen=True, kw_only=True):
    """Rooms that others lead to."""

    days: ThemeDayDoors
    calls: PaperDoors
    notices: NoticeDoors
    answering: AnsweringDoors
    tickets: TicketDoors


def introduce(application: App, ground: Ground, services: Services, *, menus: CommandMenus) -> None:
    """Give the application everything that people can do."""
    entrance = hall(ground, services.guidance, services.calendar.words)
    house = _house(ground, services, entrance)
    rooms = _rooms(ground, services, house, entrance, menus)
    conversations = Conversations([each for room in rooms for each in room.conversations])
    offered = _offered(services, house, rooms, conversations, entrance)
    application.add_handlers(house.tickets.replies.before(offered))
    mishaps = Mishaps(
        register=services.people.register,
        conversations=conversations,
        say=entrance.say,
        try_again=TRY_AGAIN,
    )
    application.add_error_handler(mishaps.handle)


def _house(ground: Ground, services: Services, entrance: Hall) -> _House:
    themes = themes_of(ground.transactions)
    days = theme_day_doors(services.theme_days, entrance, themes=themes)
    calls = paper_doors(services.papers, entrance)
    reminders = CalendarOutlook(services.calendar.outlook, entrance.words)
    notices = noticing(services.notices, entrance, days=days, calls=calls, reminders=reminders)
    overhear = [notices.acknowledging.overhear, days.overhear]
    answers = answering(services.guidance, entrance, overhear=overhear)
    tickets = ticketing(services.tickets, entrance, asking=answers.asking)
    return _House(days=days, calls=calls, notices=notices, answering=answers, tickets=tickets)


def _rooms(
    ground: Ground, services: Services, house: _House, entrance: Hall, menus: CommandMenus
) -> list[Doors]:
    opening, say = house.tickets.opening, entrance.say
    links = Links(
        open_ticket=lambda update, number: opening.open(update, TicketId(number)),
        open_day=house.days.open,
        open_call=house.calls.open,
        enter_day=house.days.enter,
        lists=Lists(services.notices.wish_book, say),
    )
    shelf, speakers = services.tickets.shelf, services.theme_days.speakers
    figures = statistics_handlers(services.figures, zone=entrance.zone, say=say)
    return [
        people_doors(services.people, entrance, menus=menus, links=links),
        calendar_doors(services.calendar, entrance),
        house.tickets,
        house.notices,
        house.days,
        research_doors(ground, entrance, theme_days=services.theme_days),
        house.calls,
        outcome_doors(services.outcomes, entrance),
        upkeep(services.guidance, entrance, tickets=shelf, speakers=speakers),
        Doors(handlers=figures),
        house.answering,
    ]


def _offered(
    services: Services,
    house: _House,
    rooms: list[Doors],
    conversations: Conversations,
    entrance: Hall,
) -> Offered:
    tickets, say = services.tickets, entrance.say
    asking = house.answering.asking
    odds = OddsAndEnds(
        conversations=conversations,
        register=services.people.register,
        post_office=services.post_office,
        say=say,
    )
    edits = FollowEdits(
        conversations=conversations, box=tickets.box, members=tickets.edits, asking=asking, say=say
    )
    return [
        *house.answering.inline,
        *house.tickets.in_group,
        # first: what is said in a group never reaches what speaks of one person
        *house.answering.in_groups,
        *odds.first_handlers(),
        *edits.handlers(),
        conversations,
        *(each for room in rooms for each in room.handlers),
        *odds.last_handlers(),
    ]
