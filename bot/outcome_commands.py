"""`roster import`, `outcomes import` and `outcomes export`: by hand, on the command line."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from bot.settings import Settings
from branch.content.spreadsheets import NotATable
from branch.content.workbooks import LARGEST, TooLarge
from branch.outcomes.errors import ColumnsMissing, NothingToImport
from branch.outcomes.roster_book import RosterBook, RosterPlan
from branch.outcomes.roster_reading import MOST_ROWS, RosterFile, read_roster
from storage.engine import close_engine, open_engine
from storage.migrate import migrate
from storage.work import Transactions
from texts.language import Language
from texts.renderer import labels

SHOWN = 20
DRY_RUN = "Nothing was written: this was a dry run. To do it: --for-certain"


class CannotBeImported(Exception):
    """What was given cannot be used; the text says why."""


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
