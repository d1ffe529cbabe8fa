"""Introduces those with whom members look after the base in the chat to each other."""

from bot.guidance import GuidanceParts
from bot.hall import Doors, Hall
from branch.theme_days.asking_speakers import SpeakerDesk
from branch.tickets.looking import TicketShelf
from handlers.add_entry import AddEntry
from handlers.edit_entry import EditEntry
from handlers.entry_fields import FieldPages
from handlers.entry_pages import EntryPages
from handlers.exchange_entries import ExchangeEntries
from handlers.knowledge import Knowledge
from handlers.refusals import Refusals
from handlers.search_knowledge import SearchEntries
from handlers.show_gaps import ShowKnowledgeGaps
from handlers.show_hits import ShowHitsAndStale
from handlers.theme_day_refusals import ThemeDayRefusals
from handlers.write_gap import WriteGap
from handlers.write_speaker_answer import WriteSpeakerAnswer
from handlers.write_ticket import WriteTicket


def upkeep(
    parts: GuidanceParts, hall: Hall, *, tickets: TicketShelf, speakers: SpeakerDesk
) -> Doors:
    book, reports, say = parts.book, parts.reports, hall.say
    pages = EntryPages(book=book, answers=hall.answers, say=say)
    fields = FieldPages(book=book, pages=pages, say=say)
    knowledge = Knowledge(book=book, pages=pages, say=say)
    tables = ExchangeEntries(exchange=parts.exchange, knowledge=knowledge, pages=pages, say=say)
    searching = SearchEntries(book=book, knowledge=knowledge, pages=pages, say=say)
    editing = EditEntry(book=book, pages=pages, fields=fields, say=say)
    adding = AddEntry(book=book, knowledge=knowledge, pages=pages, fields=fields, say=say)
    gap = WriteGap(reports=reports, book=book, pages=pages)
    ticket = WriteTicket(shelf=tickets, book=book, pages=pages, refusals=Refusals(say))
    speaker = WriteSpeakerAnswer(
        desk=speakers, book=book, pages=pages, refusals=ThemeDayRefusals(say)
    )
    ways_in = [each.entry() for each in (gap, ticket, speaker)]
    talks = [each.conversation() for each in (searching, editing, tables)]
    return Doors(
        conversations=[*talks, adding.conversation(*ways_in)],
        handlers=[
            *knowledge.handlers(),
            *tables.handlers(),
            *ShowKnowledgeGaps(reports=reports, pages=pages, say=say).handlers(),
            *ShowHitsAndStale(reports=reports, pages=pages, say=say).handlers(),
        ],
    )
