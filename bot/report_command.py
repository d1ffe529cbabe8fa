"""`python -m bot report`: everything about a year, written to a folder."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from bot.content import Content, content_of
from bot.embedding import open_embedding
from bot.learning import VECTORS
from bot.settings import Settings, read_settings
from bot.statistics import statistics_desk
from branch.guidance.alike import Grouping
from branch.guidance.nearness import grouping
from branch.guidance.service import GuidanceLibrary
from branch.statistics.desk import StatisticsDesk
from branch.statistics.errors import TooFewPeople
from branch.statistics.model import Figure
from branch.statistics.period import Filter, Period
from branch.statistics.report import ReportWriter
from handlers.figure_words import FigureWords
from storage.engine import close_engine, open_engine
from storage.migrate import migrate
from storage.work import Transactions
from texts.language import Language
from texts.pages import render_page
from texts.renderer import Texts


class CannotWrite(Exception):
    """The folder takes no file."""


class NoSuchGroup(Exception):
    """The cohort or class is not there, or has too few people; says what to do."""


def run(given: argparse.Namespace, *, now: datetime) -> Sequence[Path]:
    """What the command line asks for. Raises CannotWrite, NoSuchGroup."""
    if given.class_name and not given.cohort:
        raise NoSuchGroup("A class belongs to a cohort.", "Name it with --cohort.")
    settings = read_settings(telegram_token=None)
    content = content_of(settings)
    writing = write_report(
        settings,
        content,
        of=Filter(period=Period.year(given.year), cohort=given.cohort, class_name=given.class_name),
        out=given.out,
        language=Language(given.language),
        now=now,
        told=_show,
    )
    return asyncio.run(writing)


def _show(done: int, of: int) -> None:
    """Only where somebody looks, and at the end."""
    if sys.stderr.isatty() or done == of:
        print(f"\rwriting the report: {done} of {of}", end="", file=sys.stderr)
        print("" if done < of else "\n", end="", file=sys.stderr, flush=True)


async def write_report(
    settings: Settings,
    content: Content,
    *,
    of: Filter,
    out: Path,
    language: Language,
    now: datetime,
    told: Callable[[int, int], None],
) -> Sequence[Path]:
    """The files, telling how many steps of how many are done.

    Raises CannotWrite, NoSuchGroup.
    """
    zone = settings.timezone
    engine = open_engine(settings.database_url)
    try:
        await migrate(engine)
        transactions = Transactions(engine)
        counting = len(Figure)
        steps = 2 * counting + 2
        desk = statistics_desk(
            transactions, content.library, zone, alike=_alike(content.library, settings)
        )
        try:
            everything = await desk.everything(
                None, of, now=now, told=lambda at, _: told(at, steps)
            )
        except TooFewPeople as few:
            raise NoSuchGroup(
                "There are fewer than five people in it.", await _groups(desk, now)
            ) from few
        finally:
            await transactions.close()
    finally:
        await close_engine(engine)
    speech = FigureWords(Texts(zone), content.library, content.calendar).speech(language)
    writer = ReportWriter(speech, render_page, zone=zone, language=str(language))
    files = writer.files(everything, now=now, told=lambda at, _: told(counting + at, steps))
    return [_written(out / each.name, each.data) for each in files]


def _alike(library: GuidanceLibrary, settings: Settings) -> Grouping:
    """As the chat groups questions, by meaning: without reading all the entries for it."""
    meaning = open_embedding(settings.cache_dir / VECTORS) if settings.embedding else None
    return grouping(library.library.vocabulary, spelled=library.spell, meaning=meaning)


async def _groups(desk: StatisticsDesk, now: datetime) -> str:
    groups = await desk.groups(None, now=now)
    named = [" ".join(filter(None, (str(each.cohort), each.class_name))) for each in groups]
    return f"Figures are to be had of: {', '.join(named) or 'everybody only'}."


def _written(path: Path, data: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise CannotWrite(f"{path}: {error.strerror}") from error
    return path
