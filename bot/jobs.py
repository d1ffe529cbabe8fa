"""What the clock calls, and on which services."""

from collections.abc import Mapping

from bot.delivery import Delivery
from bot.forgetting import Forgetting
from bot.ground import Ground
from bot.services import Services
from bot.settings import Settings
from schedules.deliver_letters import DeliverLetters
from schedules.forget_alerts import ForgetAlerts
from schedules.forget_handled_updates import ForgetHandledUpdates
from schedules.forget_links import ForgetLinks
from schedules.forget_reports import ForgetReports
from schedules.look_after_calls import LookAfterCalls
from schedules.look_after_notices import LookAfterNotices
from schedules.look_after_theme_days import LookAfterThemeDays
from schedules.look_after_tickets import LookAfterTickets
from schedules.plan_reminders import PlanReminders
from schedules.send_figures import SendFigures
from schedules.send_week_ahead import SendWeekAhead
from schedules.send_weekly_report import SendWeeklyReport
from schedules.timetable import Job, Trigger, timetable


def jobs(
    ground: Ground, services: Services, delivery: Delivery, settings: Settings
) -> Mapping[Job, Trigger]:
    days, papers, weekly = services.theme_days, services.papers, services.guidance.weekly
    forgetting = Forgetting(ground.transactions)
    return timetable(
        forget_updates=ForgetHandledUpdates(forgetting.updates),
        forget_alerts=ForgetAlerts(services.post_office),
        forget_reports=ForgetReports(weekly),
        forget_links=ForgetLinks(forgetting.links, years=settings.event_link_years),
        send_report=SendWeeklyReport(weekly),
        send_figures=SendFigures(services.figures.letters),
        send_week_ahead=SendWeekAhead(services.calendar.week_ahead),
        plan_reminders=PlanReminders(services.calendar.planner),
        look_after_tickets=LookAfterTickets(services.tickets.keeper, ground.zone),
        look_after_notices=LookAfterNotices(services.notices.watch, services.notices.ahead),
        look_after_theme_days=LookAfterThemeDays(
            days.planner, days.desk, days.series, days.after, days.ahead
        ),
        look_after_calls=LookAfterCalls(papers.reminders, papers.reviews, papers.ahead),
        deliver_letters=DeliverLetters(delivery.look),
        zone=ground.zone,
    )
