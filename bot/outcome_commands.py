"""`roster import`, `outcomes import` and `outcomes export`: by hand, on the command line."""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from bot.settings import Settings
from branch.content.spreadsheets import NotATable
from branch.content.workbooks import LARGEST, TooLarge
from branch.outcomes.board import OutcomeBoard
from branch.outcomes.errors import ColumnsMissing, NothingToImport
from branch.outcomes.exporting import as_csv, as_workbook, figures_table, rows_table
from branch.outcomes.history_book import HistoryBook, HistoryPlan
from branch.outcomes.history_reading import read_history
from branch.outcomes.roster_book import RosterBook, RosterPlan
from branch.outcomes.roster_reading import MOST_ROWS, RosterFile, read_roster
from branch.outcomes.suppression import shown_table
from storage.engine import close_engine, open_engine
from storage.migrate import migrate
from storage.work import Transactions
from texts.language import Language
from texts.renderer import labels

SHOWN = 20
DRY_RUN = "Nothing was written: this was a dry run. To do it: --for-certain"


class CannotBeImported(Exception):
    """What was given cannot be used; the text says why."""


def told(
    given: argparse.Namespace, settings: Settings, now: datetime, fail: Callable[..., int]
) -> int:
    """Do what was asked and print what came of it; the command's exit status."""
    match given.deed:
        case "import_roster":
            work = import_roster(
                settings, given.file, cohort=given.cohort, for_certain=given.for_certain, now=now
            )
        case "import_history":
            work = import_history(settings, given.file, for_certain=given.for_certain, now=now)
        case _:
            work = export_outcomes(settings, given.file, rows=given.rows, now=now)
    try:
        print(asyncio.run(work))
    except CannotBeImported as reason:
        return fail(str(reason))
    return 0


async def import_roster(
    settings: Settings, file: Path, *, cohort: int | None, for_certain: bool, now: datetime
) -> str:
    """Bring in a roster; without `for_certain` only say what would happen.

    Raises CannotBeImported.
    """
    raw = given_in(file)
    async with opened(settings) as transactions:
        book = RosterBook(transactions.begin, transactions.look)
        secret = await book.secret(None, now=now)
        roster = _read(file, raw, secret, cohort)
        plan = await book.look_at(None, roster, now=now)
        report = "\n".join(_report(plan))
        if not for_certain:
            return f"{report}\n{DRY_RUN}"
        try:
            await book.bring_in(None, roster, source=file.name, now=now)
        except NothingToImport:
            return f"{report}\nNothing was written: there is nothing new."
    return f"{report}\nWritten."


def _read(file: Path, raw: bytes, secret: bytes, cohort: int | None) -> RosterFile:
    try:
        return read_roster(raw, secret=secret, cohort=cohort, progress=_progress)
    except ColumnsMissing as error:
        english = labels(Language.EN)
        needed = "; ".join(
            f"{column} ({english[f'rosterheader.{column}'].replace('|', ', ')})"
            for column in error.lacking
        )
        raise CannotBeImported(
            f"{file}: no column for: {needed}. The cohort may be given instead: --cohort 2027"
        ) from None
    except TooLarge as error:
        raise CannotBeImported(
            f"{file}: {error}; at most {MOST_ROWS} rows and {LARGEST // 1_000_000} MB are read"
        ) from None
    except NotATable as error:
        raise CannotBeImported(f"{file}: {error}") from error


def _report(plan: RosterPlan) -> list[str]:
    faults, english = plan.file.faults, labels(Language.EN)
    new, changed = len(plan.new), len(plan.changed)
    lines = [
        f"Cohorts: {', '.join(map(str, plan.cohorts)) or 'none'}.",
        f"{new} new, {changed} changed, {plan.same} the same, {len(faults)} faulty.",
    ]
    lines += [
        f"  row {each.line}: {english[f'rosterfault.{each.kind}'].format(about=each.about)}"
        for each in faults[:SHOWN]
    ]
    if len(faults) > SHOWN:
        lines.append(f"  and {len(faults) - SHOWN} more faulty rows")
    lines += [
        f"{count} of cohort {cohort} are not in this file; they stay on the roster."
        for cohort, count in sorted(plan.missing.items())
    ]
    if plan.file.unknown:
        lines.append(f"Columns not known and not used: {', '.join(plan.file.unknown)}.")
    return lines


def given_in(file: Path) -> bytes:
    """The file's bytes. Raises CannotBeImported."""
    try:
        return file.read_bytes()
    except OSError as broken:
        raise CannotBeImported(f"{file} cannot be read: {broken.strerror}") from broken


def _put(file: Path, data: bytes) -> None:
    try:
        file.write_bytes(data)
    except OSError as broken:
        raise CannotBeImported(f"{file} cannot be written: {broken.strerror}") from broken


def _progress(done: int) -> None:
    print(f"read {done} rows", file=sys.stderr, flush=True)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Transactions]:
    engine = open_engine(settings.database_url)
    try:
        await migrate(engine)
        transactions = Transactions(engine)
        try:
            yield transactions
        finally:
            await transactions.close()
    finally:
        await close_engine(engine)


async def import_history(
    settings: Settings, file: Path, *, for_certain: bool, now: datetime
) -> str:
    """Bring in years of before the bot; without `for_certain` only say what would happen.

    Raises CannotBeImported.
    """
    raw = given_in(file)
    try:
        history = read_history(raw)
    except ColumnsMissing as error:
        raise CannotBeImported(
            f"{file}: no column for: {', '.join(error.lacking)}."
            " Needed are cohort, and rate or both total and advanced"
        ) from None
    except NotATable as error:
        raise CannotBeImported(f"{file}: {error}") from error
    async with opened(settings) as transactions:
        book = HistoryBook(transactions.begin, transactions.look)
        report = "\n".join(_history_report(await book.look_at(None, history, now=now)))
        if not for_certain:
            return f"{report}\n{DRY_RUN}"
        try:
            await book.bring_in(None, history, now=now)
        except NothingToImport:
            return f"{report}\nNothing was written: there is nothing new."
    return f"{report}\nWritten."


def _history_report(plan: HistoryPlan) -> list[str]:
    faults, english = plan.file.faults, labels(Language.EN)
    new, changed = len(plan.new), len(plan.changed)
    lines = [f"{new} new, {changed} changed, {plan.same} the same, {len(faults)} faulty."]
    lines += [
        f"  row {each.line}: {english[f'historyfault.{each.kind}'].format(about=each.about)}"
        for each in faults[:SHOWN]
    ]
    lines += [f"  {after.cohort}: takes the place of what is there" for _, after in plan.changed]
    lines += [
        f"  {year.cohort}: only a rate, no counts: it will be shown without an interval"
        for year in plan.new
        if year.total is None
    ]
    return lines


async def export_outcomes(settings: Settings, file: Path, *, rows: bool, now: datetime) -> str:
    """Write the figures, what is of few people hidden; or the rows they were counted from."""

    def label(name: str, /, **values: object) -> str:
        return labels(Language.ZH)[name].format(**values)

    async with opened(settings) as transactions:
        board = OutcomeBoard(transactions.look)
        if rows:
            lines = rows_table(await board.rows(None, now=now), label)
        else:
            lines = figures_table(shown_table(await board.table(None, now=now)), label)
    data = as_workbook(lines) if file.suffix.lower() == ".xlsx" else as_csv(lines)
    _put(file, data)
    return f"{len(lines) - 1} lines written to {file}."
