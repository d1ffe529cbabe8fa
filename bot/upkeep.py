"""Introduces what looks after the base to each other: the shelf, the book, and who shows them."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.content import Content
from branch.guidance.exchange import Exchange
from branch.guidance.knowledge import KnowledgeBook
from branch.guidance.live_shelf import LiveShelf
from branch.guidance.publishing import Publishing
from branch.guidance.reports import Reports
from branch.guidance.weekly_report import WeeklyReport
from branch.theme_days.asking_speakers import SpeakerDesk
from branch.tickets.looking import TicketShelf
from handlers.add_entry import AddEntry
from handlers.answers import Answers
from handlers.conversation import Conversation, Handler
from handlers.edit_entry import EditEntry
from handlers.entry_fields import FieldPages
from handlers.entry_pages import EntryPages
from handlers.exchange_entries import ExchangeEntries
from handlers.knowledge import Knowledge
from handlers.refusals import Refusals
from handlers.replies import Say
from handlers.report_buttons import ShowGaps, ShowStale
from handlers.report_pages import WEEK
from handlers.search_knowledge import SearchEntries
from handlers.show_gaps import ShowKnowledgeGaps
from handlers.show_hits import ShowHitsAndStale
from handlers.theme_day_refusals import ThemeDayRefusals
from handlers.write_gap import WriteGap
from handlers.write_speaker_answer import WriteSpeakerAnswer
from handlers.write_ticket import WriteTicket
from storage.work import Transactions
from texts.renderer import Texts


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What members do with the base in the chat."""

    conversations: list[Conversation]
    handlers: list[Handler]


def live_shelf(content: Content, transactions: Transactions) -> LiveShelf:
    return LiveShelf(content.library, transactions.glance, milestones=content.calendar.known)


def exchange_of(
    content: Content, transactions: Transactions, shelf: LiveShelf, zone: ZoneInfo
) -> Exchange:
    publishing = Publishing(transactions.begin, shelf, zone=zone)
    return Exchange(
        transactions.look, shelf, publishing, milestones=content.calendar.known, zone=zone
    )


def reports_of(content: Content, transactions: Transactions, zone: ZoneInfo) -> Reports:
    library = content.library
    return Reports(transactions.look, library, alike=library.alike, zone=zone)


def weekly_report(
    transactions: Transactions, reports: Reports, texts: Texts, zone: ZoneInfo
) -> WeeklyReport:
    return WeeklyReport(
        transactions.begin,
        transactions.look,
        reports,
        texts,
        gaps=ShowGaps(WEEK, 0).pack(),
        stale=ShowStale(0).pack(),
        zone=zone,
    )


def upkeep(
    *,
    content: Content,
    transactions: Transactions,
    shelf: LiveShelf,
    publishing: Publishing,
    reports: Reports,
    answers: Answers,
    tickets: TicketShelf,
    speakers: SpeakerDesk,
    day_refusals: ThemeDayRefusals,
    zone: ZoneInfo,
    say: Say,
) -> Upkeep:
    known = content.calendar.known
    book = KnowledgeBook(transactions.look, shelf, publishing, milestones=known, zone=zone)
    exchange = Exchange(transactions.look, shelf, publishing, milestones=known, zone=zone)
    pages = EntryPages(book=book, answers=answers, say=say)
    fields = FieldPages(book=book, pages=pages, say=say)
    knowledge = Knowledge(book=book, pages=pages, say=say)
    tables = ExchangeEntries(exchange=exchange, knowledge=knowledge, pages=pages, say=say)
    searching = SearchEntries(book=book, knowledge=knowledge, pages=pages, say=say)
    editing = EditEntry(book=book, pages=pages, fields=fields, say=say)
    adding = AddEntry(book=book, knowledge=knowledge, pages=pages, fields=fields, say=say)
    gap = WriteGap(reports=reports, book=book, pages=pages)
    ticket = WriteTicket(shelf=tickets, book=book, pages=pages, refusals=Refusals(say))
    speaker = WriteSpeakerAnswer(desk=speakers, book=book, pages=pages, refusals=day_refusals)
    ways_in = [each.entry() for each in (gap, ticket, speaker)]
    talks = [each.conversation() for each in (searching, editing, tables)]
    return Upkeep(
        conversations=[*talks, adding.conversation(*ways_in)],
        handlers=[
            *knowledge.handlers(),
            *tables.handlers(),
            *ShowKnowledgeGaps(reports=reports, pages=pages, say=say).handlers(),
            *ShowHitsAndStale(reports=reports, pages=pages, say=say).handlers(),
        ],
    )
