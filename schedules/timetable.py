"""What happens when: the jobs and the times at which the clock calls them."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, tzinfo
from typing import Protocol

from apscheduler.triggers.cron import CronTrigger

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

Job = Callable[[datetime], Awaitable[datetime | None]]
"""Told the time. It may say until when it has nothing to do, unless somebody writes something."""


class Trigger(Protocol):
    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime | None: ...


def timetable(
    *,
    forget_updates: ForgetHandledUpdates,
    forget_alerts: ForgetAlerts,
    forget_reports: ForgetReports,
    forget_links: ForgetLinks,
    send_report: SendWeeklyReport,
    send_figures: SendFigures,
    send_week_ahead: SendWeekAhead,
    plan_reminders: PlanReminders,
    look_after_tickets: LookAfterTickets,
    look_after_notices: LookAfterNotices,
    look_after_theme_days: LookAfterThemeDays,
    look_after_calls: LookAfterCalls,
    deliver_letters: DeliverLetters,
    zone: tzinfo,
) -> Mapping[Job, Trigger]:
    """A job asks the diary what is due and not done; how often it is called does not matter.

    Letters come last: at one moment, what writes them rings before what has them carried.
    """
    return {
        forget_updates.run: CronTrigger(hour=4, minute=17, timezone=zone),
        forget_alerts.run: CronTrigger(hour=4, minute=23, timezone=zone),
        forget_reports.run: CronTrigger(hour=4, minute=29, timezone=zone),
        forget_links.run: CronTrigger(day_of_week="sun", hour=4, minute=41, timezone=zone),
        # the letter is written on Monday at nine; later rings make up for what was missed
        send_report.run: CronTrigger(day_of_week="mon-wed", hour="9-20", minute=0, timezone=zone),
        # so are those of numbers: on Mondays, and on the first of September and the days after it
        send_figures.run: CronTrigger(hour="9-20", minute=10, timezone=zone),
        send_week_ahead.run: CronTrigger(
            day_of_week="mon-tue", hour="8-20", minute=0, timezone=zone
        ),
        plan_reminders.run: CronTrigger(hour="2,8", minute=30, timezone=zone),
        look_after_tickets.run: CronTrigger(minute=0, timezone=zone),
        look_after_notices.run: CronTrigger(minute=0, timezone=zone),
        look_after_theme_days.run: CronTrigger(minute="0,30", timezone=zone),
        look_after_calls.run: CronTrigger(minute="0,30", timezone=zone),
        deliver_letters.run: CronTrigger(minute=0, timezone=zone),
    }
