"""What the branch does, room by room, whoever asks for it: people in a chat, or the clock."""

from msgspec import Struct

from bot.content import Content, busy_days
from bot.exam_calendar import CalendarParts, calendar_parts
from bot.ground import Ground
from bot.guidance import GuidanceParts, guidance_parts
from bot.noticing import NoticeParts, notice_parts
from bot.outcomes import OutcomeParts, outcome_parts
from bot.papers import PaperParts, paper_parts
from bot.people import PeopleParts, people_parts
from bot.settings import Settings
from bot.statistics import StatisticsParts, statistics_parts
from bot.theme_days import ThemeDayParts, theme_day_parts
from bot.ticketing import TicketParts, ticket_parts
from branch.dates.holidays import Holidays
from branch.outbox.ports import Courier
from branch.outbox.quiet_hours import QuietHours
from branch.outbox.service import PostOffice
from storage.errors import StorageUnavailable


class Services(Struct, frozen=True, kw_only=True):
    post_office: PostOffice
    people: PeopleParts
    guidance: GuidanceParts
    calendar: CalendarParts
    tickets: TicketParts
    notices: NoticeParts
    theme_days: ThemeDayParts
    papers: PaperParts
    outcomes: OutcomeParts
    figures: StatisticsParts


def services(ground: Ground, settings: Settings, content: Content, *, courier: Courier) -> Services:
    return Services(
        post_office=_post_office(ground, settings, courier),
        people=people_parts(ground, admin_ids=settings.admin_ids),
        guidance=guidance_parts(ground, content),
        calendar=calendar_parts(ground, content.calendar),
        tickets=ticket_parts(ground, hours=content.hours),
        notices=notice_parts(
            ground,
            holidays=Holidays(content.hours.closed),
            occasions=content.occasions,
            approve_above=settings.approve_above,
        ),
        theme_days=theme_day_parts(ground, busy=busy_days(content)),
        papers=paper_parts(ground),
        outcomes=outcome_parts(ground),
        figures=statistics_parts(
            ground.transactions, ground.texts, content=content, zone=ground.zone
        ),
    )


def _post_office(ground: Ground, settings: Settings, courier: Courier) -> PostOffice:
    transactions, quiet = ground.transactions, settings.quiet_hours
    return PostOffice(
        transactions.begin,
        transactions.glance,
        courier,
        bulk_rate=settings.bulk_rate,
        quiet_hours=QuietHours(*quiet, ground.zone) if quiet else None,
        away=(StorageUnavailable,),
    )
