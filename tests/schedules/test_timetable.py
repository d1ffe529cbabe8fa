"""The timetable, and the job that forgets updates nobody can send again."""

from datetime import UTC, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from branch.guidance.weekly_report import WeeklyReport
from branch.outbox.service import PostOffice
from branch.statistics.letters import FigureLetters
from branch.theme_days.planning import DayPlanner
from branch.theme_days.signing_up import SignUpDesk
from branch.tickets.by_the_clock import TicketKeeper
from schedules.deliver_letters import DeliverLetters
from schedules.forget_alerts import ForgetAlerts
from schedules.forget_handled_updates import REMEMBERED_FOR, ForgetHandledUpdates
from schedules.forget_links import ForgetLinks
from schedules.forget_reports import ForgetReports
from schedules.look_after_calls import Ahead, LookAfterCalls, Reminders, Reviews
from schedules.look_after_notices import LookAfterNotices, Watch
from schedules.look_after_theme_days import Afterwards, LookAfterThemeDays, Series
from schedules.look_after_tickets import LookAfterTickets
from schedules.plan_reminders import Planner, PlanReminders
from schedules.send_figures import SendFigures
from schedules.send_week_ahead import Sender, SendWeekAhead
from schedules.send_weekly_report import SendWeeklyReport
from schedules.timetable import Trigger, timetable
from storage.engine import close_engine, open_engine
from storage.updates import StoredUpdate
from storage.work import Transactions

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


async def pruned(before: datetime) -> int:
    raise AssertionError(f"the timetable only says when, it does not act: {before}")


def trigger(zone: ZoneInfo) -> Trigger:
    jobs = timetable(
        forget_updates=ForgetHandledUpdates(pruned),
        forget_alerts=ForgetAlerts(cast("PostOffice", None)),
        forget_reports=ForgetReports(cast("WeeklyReport", None)),
        forget_links=ForgetLinks(pruned, years=6),
        send_report=SendWeeklyReport(cast("WeeklyReport", None)),
        send_figures=SendFigures(cast("FigureLetters", None)),
        send_week_ahead=SendWeekAhead(cast("Sender", None)),
        plan_reminders=PlanReminders(cast("Planner", None)),
        look_after_tickets=LookAfterTickets(cast("TicketKeeper", None), zone),
        look_after_notices=LookAfterNotices(cast("Watch", None), cast("Ahead", None)),
        look_after_theme_days=LookAfterThemeDays(
            cast("DayPlanner", None),
            cast("SignUpDesk", None),
            cast("Series", None),
            cast("Afterwards", None),
            cast("Ahead", None),
        ),
        look_after_calls=LookAfterCalls(
            cast("Reminders", None), cast("Reviews", None), cast("Ahead", None)
        ),
        deliver_letters=DeliverLetters(lambda: None),
        zone=zone,
    )
    return next(iter(jobs.values()))


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Shanghai", datetime(2026, 11, 22, 20, 17, tzinfo=UTC)),
        ("UTC", datetime(2026, 11, 22, 4, 17, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 11, 22, 9, 17, tzinfo=UTC)),
    ],
)
def test_handled_updates_are_forgotten_at_night_where_the_branch_is(
    zone: str, expected: datetime
) -> None:
    assert trigger(ZoneInfo(zone)).get_next_fire_time(None, NOON) == expected


async def test_updates_are_remembered_for_two_days_after_they_were_handled(
    either_url: str,
) -> None:
    engine = open_engine(either_url)
    transactions = Transactions(engine)
    handled = {1: REMEMBERED_FOR + timedelta(seconds=1), 2: REMEMBERED_FOR, 3: timedelta(0)}
    async with transactions.begin() as work:
        for number, ago in handled.items():
            update = StoredUpdate(update_id=number, lane=5, payload="{}")
            await work.updates.store([update], now=NOON - ago)
            await work.updates.finish([number], now=NOON - ago)

    async def prune(before: datetime) -> int:
        async with transactions.begin() as work:
            return await work.updates.prune(before=before)

    job = ForgetHandledUpdates(prune)
    await job.run(NOON)
    await job.run(NOON)

    async with transactions.begin() as work:
        again = [StoredUpdate(update_id=each, lane=5, payload="{}") for each in handled]
        assert await work.updates.store(again, now=NOON) == {1}
    await close_engine(engine)
