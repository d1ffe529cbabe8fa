"""Introduces what has to do with figures to each other."""

from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.content import Content
from bot.gap_figures import GapsForFigures
from bot.outcome_figures import OutcomesForFigures
from branch.guidance.alike import Grouping
from branch.guidance.reports import Reports
from branch.guidance.service import GuidanceLibrary
from branch.outcomes.rates import wilson
from branch.statistics.desk import StatisticsDesk
from branch.statistics.letters import FigureLetters, FigureTaps
from handlers.conversation import Handler
from handlers.figure_words import FigureWords
from handlers.replies import Say
from handlers.statistics import ShowFigures
from handlers.statistics_buttons import Choice, MakeReport, ShowStatistics
from handlers.statistics_choices import FigureChoices
from handlers.statistics_refusals import StatisticsRefusals
from handlers.statistics_report import MakeReports
from storage.work import Transactions
from texts.renderer import Texts


class StatisticsParts(Struct, frozen=True, kw_only=True):
    """What is done with figures, whoever asks for it: people in a chat, or the clock."""

    desk: StatisticsDesk
    words: FigureWords
    letters: FigureLetters


def statistics_parts(
    transactions: Transactions, texts: Texts, *, content: Content, zone: ZoneInfo
) -> StatisticsParts:
    desk = statistics_desk(transactions, content.library, zone, alike=content.library.alike)
    words = FigureWords(texts, content.library, content.calendar)
    week = ShowStatistics(Choice("d7").written).pack()
    letters = FigureLetters(
        transactions.begin,
        transactions.look,
        texts,
        desk=desk,
        speech=words.speech,
        taps=FigureTaps(week=week, report=lambda span: MakeReport(Choice(span).written).pack()),
        zone=zone,
    )
    return StatisticsParts(desk=desk, words=words, letters=letters)


def statistics_desk(
    transactions: Transactions, library: GuidanceLibrary, zone: ZoneInfo, *, alike: Grouping
) -> StatisticsDesk:
    look = transactions.look
    gaps = Reports(look, library, alike=alike, zone=zone)
    return StatisticsDesk(
        look,
        zone=zone,
        outcomes=OutcomesForFigures(look),
        gaps=GapsForFigures(look, gaps, zone),
        interval=wilson,
    )


def statistics_handlers(parts: StatisticsParts, *, zone: ZoneInfo, say: Say) -> list[Handler]:
    refusals = StatisticsRefusals(say)
    choices = FigureChoices(parts.words, zone, say)
    showing = ShowFigures(
        desk=parts.desk, words=parts.words, refusals=refusals, choices=choices, say=say
    )
    making = MakeReports(
        desk=parts.desk, words=parts.words, refusals=refusals, choices=choices, zone=zone, say=say
    )
    return [*showing.handlers(), *making.handlers()]
