"""Introduces what has to do with the base of answers to each other: the shelf, and who keeps it."""

from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.content import Content
from bot.ground import Ground
from branch.guidance.alarm import Alarm
from branch.guidance.exchange import Exchange
from branch.guidance.feedback import Feedback
from branch.guidance.knowledge import KnowledgeBook
from branch.guidance.live_shelf import LiveShelf
from branch.guidance.publishing import Publishing
from branch.guidance.question_log import QuestionLog
from branch.guidance.reports import Reports
from branch.guidance.service import GuidanceLibrary
from branch.guidance.weekly_report import WeeklyReport
from handlers.report_buttons import ShowGaps, ShowStale
from handlers.report_pages import WEEK
from storage.work import Transactions


class GuidanceParts(Struct, frozen=True, kw_only=True):
    """What is done with answers, whoever asks for it: people in a chat, or the clock."""

    library: GuidanceLibrary
    shelf: LiveShelf
    publishing: Publishing
    book: KnowledgeBook
    exchange: Exchange
    log: QuestionLog
    feedback: Feedback
    alarm: Alarm
    reports: Reports
    weekly: WeeklyReport


def guidance_parts(ground: Ground, content: Content) -> GuidanceParts:
    transactions, texts, zone = ground.transactions, ground.texts, ground.zone
    begin, look, glance = transactions.begin, transactions.look, transactions.glance
    library, calendar = content.library, content.calendar
    shelf = live_shelf(content, transactions)
    publishing = Publishing(begin, shelf, zone=zone)
    reports = Reports(look, library, alike=library.alike, zone=zone)
    gaps, stale = ShowGaps(WEEK, 0).pack(), ShowStale(0).pack()
    return GuidanceParts(
        library=library,
        shelf=shelf,
        publishing=publishing,
        book=KnowledgeBook(look, shelf, publishing, milestones=calendar.known, zone=zone),
        exchange=Exchange(look, shelf, publishing, milestones=calendar.known, zone=zone),
        log=QuestionLog(begin, look, glance, stage=lambda at: calendar.stage(at.astimezone(zone))),
        feedback=Feedback(begin),
        alarm=Alarm(begin, texts),
        reports=reports,
        weekly=WeeklyReport(begin, look, reports, texts, gaps=gaps, stale=stale, zone=zone),
    )


def live_shelf(content: Content, transactions: Transactions) -> LiveShelf:
    return LiveShelf(content.library, transactions.glance, milestones=content.calendar.known)


def exchange_of(
    content: Content, transactions: Transactions, shelf: LiveShelf, zone: ZoneInfo
) -> Exchange:
    publishing = Publishing(transactions.begin, shelf, zone=zone)
    return Exchange(
        transactions.look, shelf, publishing, milestones=content.calendar.known, zone=zone
    )
