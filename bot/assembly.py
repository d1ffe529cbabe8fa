"""The composition root: introduces everybody to everybody. Read it and you know the system."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine
from telegram.ext import Application, BaseHandler, ContextTypes
from telegram.request import BaseRequest

from bot.alarm_clock import AlarmClock
from bot.content import Content, busy_days
from bot.courier import TelegramCourier
from bot.delivery import Delivery
from bot.dispatch import TRY_AGAIN, Dispatch
from bot.door_watch import DoorWatch
from bot.finished import Finished
from bot.intake import Intake
from bot.lanes import Lanes
from bot.learning import Learning
from bot.metrics import Metrics
from bot.notice_watch import NoticeWatch
from bot.noticing import NoticeParts, notice_parts, noticing
from bot.outcomes import OutcomeParts, outcome_doors, outcome_parts
from bot.papers import PaperParts, paper_doors, paper_parts
from bot.polling import Polling
from bot.research import research_doors, themes_of
from bot.send_lane import SendLane
from bot.settings import Settings
from bot.statistics import StatisticsParts, statistics_handlers, statistics_parts
from bot.telegram_bot import LinghangBot
from bot.theme_days import ThemeDayParts, theme_day_doors, theme_day_parts
from bot.ticketing import TicketParts, ticket_parts, ticketing
from bot.transport import AiohttpRequest
from bot.upkeep import live_shelf, reports_of, upkeep, weekly_report
from branch.dates.holidays import Holidays
from branch.exam_calendar.date_book import DateBook
from branch.exam_calendar.live_calendar import LiveCalendar
from branch.exam_calendar.outlook import ReminderOutlook
from branch.exam_calendar.planning import ReminderPlanner
from branch.exam_calendar.reminder_book import ReminderBook
from branch.exam_calendar.week_ahead import WeekAhead
from branch.guidance.alarm import Alarm
from branch.guidance.feedback import Feedback
from branch.guidance.live_shelf import LiveShelf
from branch.guidance.publishing import Publishing
from branch.guidance.question_log import QuestionLog
from branch.guidance.reports import Reports
from branch.outbox.quiet_hours import QuietHours
from branch.outbox.service import PostOffice
from branch.people.life import Memory
from branch.people.model import TelegramId
from branch.people.register import Register
from branch.people.role_book import RoleBook
from branch.tickets.model import TicketId
from handlers.answers import Answers
from handlers.ask_guidance import AskGuidance
from handlers.browse_topics import BrowseTopics
from handlers.buttons import AskMember
from handlers.calendar_card import CalendarCards
from handlers.calendar_files import CalendarFiles
from handlers.calendar_letters import CalendarLetters
from handlers.calendar_outlook import CalendarOutlook
from handlers.choose_language import ChooseLanguage
from handlers.command_menus import CommandMenus
from handlers.conversation import Conversations
from handlers.date_words import CalendarWords
from handlers.edit_calendar import EditDates
from handlers.follow_edits import FollowEdits
from handlers.groups import Groups
from handlers.inline import InlineOffers
from handlers.invite import Invite
from handlers.judge_answers import JudgeAnswers
from handlers.lists import Lists
from handlers.menu import Menu
from handlers.mishaps import Mishaps
from handlers.my_page import MyPage
from handlers.odds_and_ends import OddsAndEnds
from handlers.privacy import Privacy
from handlers.profile import Profile
from handlers.remind import Remind
from handlers.replies import Say
from handlers.roles import Roles
from handlers.show_audit import ShowAuditLog
from handlers.show_calendar import ShowExamCalendar
from handlers.show_help import Help
from handlers.strangers import Strangers
from handlers.visit import Context
from handlers.ways_on import WaysOn
from handlers.welcome import Welcome
from handlers.years import Years
from schedules.deliver_letters import DeliverLetters
from schedules.forget_alerts import ForgetAlerts
from schedules.forget_handled_updates import ForgetHandledUpdates
from schedules.forget_reports import ForgetReports
from schedules.look_after_calls import LookAfterCalls
from schedules.look_after_notices import LookAfterNotices
from schedules.look_after_theme_days import LookAfterThemeDays
from schedules.look_after_tickets import LookAfterTickets
from schedules.plan_reminders import PlanReminders
from schedules.send_figures import SendFigures
from schedules.send_week_ahead import SendWeekAhead
from schedules.send_weekly_report import SendWeeklyReport
from schedules.timetable import timetable
from storage.errors import StorageUnavailable
from storage.work import Transactions
from texts.renderer import Texts

App = Application[Any, Context, Any, Any, Any, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the runtime starts, watches and stops."""

    application: App
    bot: LinghangBot
    engine: AsyncEngine
    transactions: Transactions
    role_book: RoleBook
    shelf: LiveShelf
    publishing: Publishing
    live_calendar: LiveCalendar
    command_menus: CommandMenus
    finished: Finished
    lanes: Lanes
    intake: Intake
    polling: Polling
    delivery: Delivery
    notice_watch: NoticeWatch
    door_watch: DoorWatch
    alarm_clock: AlarmClock
    metrics: Metrics
    learning: Learning
    now: Callable[[], datetime]


def assemble(
    settings: Settings,
    *,
    token: str,
    engine: AsyncEngine,
    content: Content,
    now: Callable[[], datetime],
    transport: Callable[[], BaseRequest] | None = None,
) -> Parts:
    """Build every part; nothing is opened, sent or started yet."""
    carry = transport or (lambda: AiohttpRequest(proxy=settings.telegram_proxy))
    bot = LinghangBot(
        token,
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=carry(),
        get_updates_request=carry(),
        rate_limiter=SendLane(bulk_rate=settings.bulk_rate, reply_reserve=settings.reply_reserve),
    )
    application: App = (
        Application.builder()
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context))
        .build()
    )
    metrics = Metrics()
    admin_ids = frozenset(map(TelegramId, settings.admin_ids))
    transactions = Transactions(engine, admin_ids=admin_ids)
    role_book = RoleBook(transactions.begin, transactions.look, admin_ids=admin_ids)
    shelf = live_shelf(content, transactions)
    publishing = Publishing(transactions.begin, shelf, zone=settings.timezone)
    live_calendar = LiveCalendar(content.calendar, transactions.glance, settings.timezone)
    texts = Texts(settings.timezone)
    words = CalendarWords(content.calendar, texts, settings.timezone)
    exam_letters = CalendarLetters(words=words, texts=texts)
    planner = ReminderPlanner(transactions.begin, live_calendar, exam_letters, settings.timezone)
    command_menus = CommandMenus(bot, texts)
    quiet = settings.quiet_hours
    post_office = PostOffice(
        transactions.begin,
        transactions.glance,
        TelegramCourier(bot),
        bulk_rate=settings.bulk_rate,
        quiet_hours=QuietHours(*quiet, settings.timezone) if quiet else None,
        away=(StorageUnavailable,),
    )
    delivery = Delivery(post_office, now)
    transactions.tell_of_letters(delivery.wake)
    theme_days = theme_day_parts(
        transactions, texts, bot, busy=busy_days(content), zone=settings.timezone, now=now
    )
    papers = paper_parts(transactions, texts, settings.timezone)
    reports = reports_of(content, transactions, settings.timezone)
    figures = statistics_parts(transactions, texts, content=content, zone=settings.timezone)
    tickets = ticket_parts(transactions, texts, hours=content.hours)
    notices = notice_parts(
        transactions,
        texts,
        bot,
        holidays=Holidays(content.hours.closed),
        occasions=content.occasions,
        zone=settings.timezone,
        approve_above=settings.approve_above,
        now=now,
    )
    _introduce(
        application,
        settings=settings,
        content=content,
        transactions=transactions,
        role_book=role_book,
        post_office=post_office,
        shelf=shelf,
        publishing=publishing,
        reports=reports,
        dates=DateBook(
            transactions.begin,
            transactions.look,
            live_calendar,
            planner,
            settings.timezone,
        ),
        planner=planner,
        outlook=ReminderOutlook(transactions.look, live_calendar, settings.timezone),
        tickets=tickets,
        notices=notices,
        theme_days=theme_days,
        figures=figures,
        papers=papers,
        outcomes=outcome_parts(transactions, texts),
        texts=texts,
        words=words,
        command_menus=command_menus,
    )
    finished = Finished(transactions, now)
    dispatch = Dispatch(application, transactions, post_office, finished, now, metrics)
    lanes = Lanes(dispatch.handle)
    metrics.waiting.set_function(lambda: lanes.count)
    intake = Intake(transactions, lanes, now)

    async def prune(before: datetime) -> int:
        async with transactions.begin() as work:
            return await work.updates.prune(before=before)

    weekly = weekly_report(transactions, reports, texts, settings.timezone)
    jobs = timetable(
        forget_updates=ForgetHandledUpdates(prune),
        forget_alerts=ForgetAlerts(post_office),
        forget_reports=ForgetReports(weekly),
        send_report=SendWeeklyReport(weekly),
        send_figures=SendFigures(figures.letters),
        send_week_ahead=SendWeekAhead(
            WeekAhead(transactions.begin, live_calendar, exam_letters, settings.timezone)
        ),
        plan_reminders=PlanReminders(planner),
        look_after_tickets=LookAfterTickets(tickets.keeper, settings.timezone),
        look_after_notices=LookAfterNotices(notices.watch),
        look_after_theme_days=LookAfterThemeDays(
            theme_days.planner, theme_days.desk, theme_days.series, theme_days.after
        ),
        look_after_calls=LookAfterCalls(papers.reminders, papers.reviews),
        deliver_letters=DeliverLetters(delivery.look),
        zone=settings.timezone,
    )
    return Parts(
        application=application,
        bot=bot,
        engine=engine,
        transactions=transactions,
        role_book=role_book,
        shelf=shelf,
        publishing=publishing,
        live_calendar=live_calendar,
        command_menus=command_menus,
        finished=finished,
        lanes=lanes,
        intake=intake,
        polling=Polling(bot, intake, lanes, on_poll=metrics.polled),
        delivery=delivery,
        notice_watch=notices.watch,
        door_watch=theme_days.watch,
        alarm_clock=AlarmClock(jobs, now, pace=delivery.at_pace),
        metrics=metrics,
        learning=Learning(content.library, settings),
        now=now,
    )


def _introduce(
    application: App,
    *,
    settings: Settings,
    content: Content,
    transactions: Transactions,
    role_book: RoleBook,
    post_office: PostOffice,
    shelf: LiveShelf,
    publishing: Publishing,
    reports: Reports,
    dates: DateBook,
    planner: ReminderPlanner,
    outlook: ReminderOutlook,
    tickets: TicketParts,
    notices: NoticeParts,
    theme_days: ThemeDayParts,
    figures: StatisticsParts,
    papers: PaperParts,
    outcomes: OutcomeParts,
    texts: Texts,
    words: CalendarWords,
    command_menus: CommandMenus,
) -> None:
    """What people can do, in the order in which an update is offered to it."""
    zone, library = settings.timezone, content.library
    say = Say(texts)
    cards = CalendarCards(words=words, texts=texts, zone=zone)
    register = Register(transactions.begin, transactions.look)
    question_log = QuestionLog(
        transactions.begin,
        transactions.look,
        transactions.glance,
        stage=lambda at: content.calendar.stage(at.astimezone(zone)),
    )
    strangers = Strangers(say)
    years = Years(words, say)
    ways_on = WaysOn(say, AskMember)
    answers = Answers(
        library=library, log=question_log, words=words, ways_on=ways_on, zone=zone, say=say
    )
    menu = Menu(register=register, words=words, menus=command_menus, say=say)
    day_doors = theme_day_doors(
        theme_days, strangers=strangers, themes=themes_of(transactions), zone=zone, say=say
    )
    research = research_doors(transactions, texts, library=library, theme_days=theme_days, say=say)
    doors_of_papers = paper_doors(papers, strangers=strangers, zone=zone, say=say)
    outcome_rooms = outcome_doors(outcomes, strangers=strangers, say=say)
    notice_doors = noticing(
        notices,
        reminders=CalendarOutlook(outlook, words),
        announcing=day_doors.announcing,
        announcing_calls=doors_of_papers.announcing,
        day_refusals=day_doors.refusals,
        strangers=strangers,
        zone=zone,
        say=say,
    )
    asking = AskGuidance(
        library=library,
        log=question_log,
        answers=answers,
        ways_on=ways_on,
        alarm=Alarm(transactions.begin, texts),
        zone=zone,
        say=say,
        overhear=[notice_doors.acknowledging.overhear, day_doors.overhear],
    )
    judging = JudgeAnswers(
        feedback=Feedback(transactions.begin),
        library=library,
        log=question_log,
        answers=answers,
        asking=asking,
        ways_on=ways_on,
        strangers=strangers,
        zone=zone,
        say=say,
    )
    profile = Profile(register=register, years=years, strangers=strangers, say=say)
    privacy = Privacy(register=register, strangers=strangers, say=say)
    ticket_doors = ticketing(
        tickets,
        library=library,
        answers=answers,
        zone=zone,
        log=question_log,
        asking=asking,
        strangers=strangers,
        say=say,
    )
    welcome = Welcome(
        register=register,
        role_book=role_book,
        years=years,
        answers=answers,
        menu=menu,
        menus=command_menus,
        open_ticket=lambda update, number: ticket_doors.opening.open(update, TicketId(number)),
        lists=Lists(notices.wish_book, say),
        open_day=day_doors.open,
        enter_day=day_doors.enter,
        open_call=doors_of_papers.open,
        say=say,
    )
    base = upkeep(
        content=content,
        transactions=transactions,
        shelf=shelf,
        publishing=publishing,
        reports=reports,
        answers=answers,
        tickets=tickets.shelf,
        speakers=theme_days.speakers,
        day_refusals=day_doors.refusals,
        zone=zone,
        say=say,
    )
    reminders = ReminderBook(
        transactions.begin,
        transactions.look,
        calendar=content.calendar,
        planner=planner,
        zone=zone,
    )
    conversations = Conversations(
        [
            welcome.conversation(),
            *ticket_doors.conversations,
            *notice_doors.conversations,
            *day_doors.conversations,
            *research.conversations,
            *doors_of_papers.conversations,
            *outcome_rooms.conversations,
            judging.conversation(),
            profile.conversation(),
            privacy.conversation(),
            Invite(role_book=role_book, zone=zone, say=say).conversation(),
            EditDates(book=dates, words=words, zone=zone, say=say).conversation(),
            *base.conversations,
        ]
    )
    odds = OddsAndEnds(
        conversations=conversations,
        register=register,
        post_office=post_office,
        say=say,
    )
    handlers: list[BaseHandler[Any, Context, Any]] = [
        *InlineOffers(library=library, answers=answers, words=words, zone=zone, say=say).handlers(),
        *ticket_doors.in_group,
        # first: what is said in a group never reaches what speaks of one person
        *Groups(library=library, answers=answers, zone=zone, say=say).handlers(),
        *odds.first_handlers(),
        *FollowEdits(
            conversations=conversations,
            box=tickets.box,
            members=tickets.edits,
            asking=asking,
            say=say,
        ).handlers(),
        conversations,
        *menu.handlers(),
        *BrowseTopics(library=library, say=say).handlers(),
        *ShowExamCalendar(words=words, say=say).handlers(),
        *Remind(book=reminders, words=words, strangers=strangers, say=say).handlers(),
        *CalendarFiles(words=words, cards=cards, say=say).handlers(),
        *ChooseLanguage(register=register, menus=command_menus, say=say).handlers(),
        *profile.handlers(),
        *privacy.handlers(),
        *MyPage(memory=Memory(transactions.look, zone), strangers=strangers, say=say).handlers(),
        *Roles(role_book=role_book, say=say).handlers(),
        *ShowAuditLog(role_book=role_book, say=say).handlers(),
        *ticket_doors.handlers,
        *notice_doors.handlers,
        *day_doors.handlers,
        *research.handlers,
        *doors_of_papers.handlers,
        *outcome_rooms.handlers,
        *base.handlers,
        *statistics_handlers(figures, zone=zone, say=say),
        *Help(say).handlers(),
        *asking.handlers(),
        *judging.handlers(),
        *odds.last_handlers(),
    ]
    application.add_handlers(ticket_doors.replies.before(handlers))
    mishaps = Mishaps(register=register, conversations=conversations, say=say, try_again=TRY_AGAIN)
    application.add_error_handler(mishaps.handle)
