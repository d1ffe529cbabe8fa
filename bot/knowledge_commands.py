"""`content export` and `content import`: the base as tables and files, and back again."""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from bot.content import Content, read_content
from bot.guidance import exchange_of, live_shelf
from bot.settings import Settings
from branch.content.faults import Faults
from branch.content.spreadsheets import NotATable
from branch.exam_calendar.live_calendar import LiveCalendar
from branch.exam_calendar.writing import changed_files
from branch.guidance.entry_reading import read_entries
from branch.guidance.errors import Broken
from branch.guidance.exchange import Exchange, Outlook
from branch.guidance.exporting import export_of, whole_base
from branch.guidance.importing import LAST_RESORT, ColumnsMissing, Plan
from branch.guidance.live_shelf import LiveShelf
from branch.guidance.model import Entry
from storage.engine import close_engine, open_engine
from storage.migrate import migrate
from storage.work import Transactions
from texts.language import Language
from texts.renderer import labels

SHOWN = 20
EVERY = 100
OTHER_TOPIC = """
- id: imported
  emoji: "\U0001f4e6"
  name: {{zh: {zh}, en: {en}}}
"""


class CannotBeImported(Exception):
    """What was given cannot be used; the text says why."""


class _Open(Struct, frozen=True):
    content: Content
    shelf: LiveShelf
    exchange: Exchange
    transactions: Transactions


async def export_base(settings: Settings, *, kind: str, to: Path, now: datetime) -> str:
    """Write what is shown now, as a table or as files."""
    async with _opened(settings) as base:
        entries = base.shelf.library.library.entries
        table = await base.exchange.table(None, now=now)
    if kind == "csv":
        _put(to, table)
    else:
        _write(to, whole_base(entries))
    return f"{len(entries)} entries written to {to}."


async def export_edits(settings: Settings, *, over: Sequence[str], now: datetime) -> str:
    """Write what was edited in the chat back to the files it was edited over."""
    async with _opened(settings) as base:
        export = export_of(base.shelf, over=over)
        dates = LiveCalendar(base.content.calendar, base.transactions.glance, settings.timezone)
        await dates.catch_up()
        calendars, changed = changed_files(dates.files, dates.calendar)
        files = {**export.files, **calendars}
        with tempfile.TemporaryDirectory() as folder:
            trial = Path(shutil.copytree(settings.content_dir, Path(folder) / "content"))
            _write(trial, files)
            read_content(trial, settings.timezone)  # raises before a real file is touched
        _write(settings.content_dir, files)
        async with base.transactions.begin() as work:
            await work.revisions.mark_exported(export.revisions, at=now)
    edits = len(export.revisions) + changed
    told = [f"{len(files)} files written, {edits} edits exported."]
    for conflict in export.conflicts:
        slug, revision = conflict.revision.slug, conflict.revision
        told.append(
            f"  {slug}: not written, for its file was changed after the edit of"
            f" {revision.at:%Y-%m-%d}; to write over the file: --over {slug}"
        )
    return "\n".join(told)


async def import_base(
    settings: Settings, file: Path, *, dry_run: bool, accept_broken: bool, now: datetime
) -> str:
    """Bring in a table, or a folder of files; with `dry_run` only say what would happen.

    Raises CannotBeImported, also where old answers would suffer and that is not accepted.
    """
    _require_last_topic(settings.content_dir, dry_run=dry_run)
    async with _opened(settings) as base:
        outlook = await _looked_at(base, file, now)
        report = "\n".join(_report(outlook))
        if dry_run:
            return f"{report}\nNothing was written: this was a dry run."
        if outlook.drift and not accept_broken:
            raise CannotBeImported(f"{report}\nNothing was written. To do it: --accept-broken")
        count = await base.exchange.bring_in(None, outlook, now=now, accept_drift=accept_broken)
        return f"{report}\n{count} entries are in; a bot that runs shows them within a second."


async def conflicts_with(content: Content, transactions: Transactions) -> list[str]:
    """For `check`: what an administrator should know about edits and files."""
    shelf = live_shelf(content, transactions)
    await shelf.catch_up()
    changed = [
        f"{overlay.revision.slug}: changed in the chat, and later in its file; the chat's is shown."
        " `content export --edits` tells how to decide."
        for overlay in shelf.conflicts()
    ]
    lost = [
        f"{overlay.revision.slug}: what the chat wrote cannot be read: {'; '.join(overlay.faults)}"
        for overlay in shelf.unreadable()
    ]
    return [*changed, *lost]


async def _looked_at(base: _Open, file: Path, now: datetime) -> Outlook:
    given = await asyncio.to_thread(_given_in, file, base)
    if not isinstance(given, bytes):
        return await base.exchange.look_at_entries(None, given, now=now, progress=_progress)
    note = labels(Language.ZH)["note.import"].format(name=file.name)
    try:
        return await base.exchange.look_at_table(
            None, given, name=file.name, note=note, now=now, progress=_progress
        )
    except ColumnsMissing:
        reason = "its first row must name the columns question and answer"
        raise CannotBeImported(f"{file}: {reason}") from None
    except NotATable as broken:
        raise CannotBeImported(f"{file}: {broken}") from broken


def _given_in(file: Path, base: _Open) -> bytes | Sequence[Entry]:
    """A table as it is, or the entries below a folder. Raises CannotBeImported, ContentBroken."""
    if not file.is_dir():
        try:
            return file.read_bytes()
        except OSError as broken:
            raise CannotBeImported(f"{file} cannot be read: {broken.strerror}") from broken
    folder = file / "guidance" if (file / "guidance").is_dir() else file
    faults = Faults()
    topics = {topic.id for topic in base.shelf.topics}
    entries = read_entries(folder, faults, topics=topics, milestones=base.content.calendar.known())
    faults.raise_if_any()
    return [entry for entry in entries if entry.retired_on is None]


def _report(outlook: Outlook) -> list[str]:
    plan = outlook.plan
    lines = [f"{len(plan.new)} new, {len(plan.changed)} changed, {plan.same} the same."]
    lines += _rows_told(plan)
    if plan.wordings_left_out:
        lines.append(f"{plan.wordings_left_out} wordings left out: other entries have them.")
    if plan.unknown_columns:
        lines.append(f"Columns not known and not used: {', '.join(plan.unknown_columns)}.")
    if outlook.held:
        lines.append(f"Left out, for they break golden questions: {_listed(outlook.held)}.")
        lines += _broken_told(outlook.broken)
    if outlook.drift:
        lines.append("With so many more, these golden questions would no longer come out right:")
        lines += _broken_told(outlook.drift)
    return lines


def _listed(numbers: Sequence[int]) -> str:
    return f"lines {', '.join(map(str, numbers))}"


def _broken_told(broken: Sequence[Broken]) -> list[str]:
    return [
        f"  {each.ask}: right is {', '.join(each.expected)}; would get {', '.join(each.now)}"
        for each in broken[:SHOWN]
    ]


def _rows_told(plan: Plan) -> list[str]:
    english = labels(Language.EN)
    told = [
        f"  line {each.line}, {english[f'field.{each.unfit.field}']}:"
        f" {english[f'unfit.{each.unfit.why}'].format(about=each.unfit.about)}"
        for each in plan.misfits[:SHOWN]
    ]
    told += [
        f"  line {each.line}, said already by"
        f" {each.entry.slug if each.entry else f'line {each.earlier}'}: {each.question}"
        for each in plan.doubled[:SHOWN]
    ]
    told += [
        f"  line {each.line}, very like {each.entry.slug}: {each.question}"
        for each in plan.near[:SHOWN]
    ]
    rows = (plan.misfits, plan.doubled, plan.near)
    hidden = sum(max(0, len(each) - SHOWN) for each in rows)
    return [*told, f"  and {hidden} more rows of these kinds"] if hidden else told


def _require_last_topic(folder: Path, *, dry_run: bool) -> None:
    """Rows that name no topic go to one of their own, the last of the menu."""
    file = folder / "topics.yaml"
    text = file.read_text(encoding="utf-8")
    if f"id: {LAST_RESORT}" in text or dry_run:
        return
    names = {language: labels(language)["topic.imported"] for language in Language}
    addition = OTHER_TOPIC.format(zh=names[Language.ZH], en=names[Language.EN]).lstrip("\n")
    file.write_text(f"{text.rstrip()}\n{addition}", encoding="utf-8")


def _write(folder: Path, files: Mapping[Path, str | None] | Mapping[Path, str]) -> None:
    for file, text in files.items():
        target = folder / file
        if text is None:
            target.unlink(missing_ok=True)
            continue
        _put(target, text.encode())


def _put(file: Path, data: bytes) -> None:
    """Whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.new")
    draft.write_bytes(data)
    draft.replace(file)


def _progress(done: int, everything: int) -> None:
    if done and done % EVERY == 0:
        print(f"compared {done} of {everything}", file=sys.stderr, flush=True)


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[_Open]:
    content = read_content(settings.content_dir, settings.timezone)
    engine = open_engine(settings.database_url)
    try:
        await migrate(engine)
        transactions = Transactions(engine)
        shelf = live_shelf(content, transactions)
        try:
            await shelf.catch_up()
            exchange = exchange_of(content, transactions, shelf, settings.timezone)
            yield _Open(content, shelf, exchange, transactions)
        finally:
            await transactions.close()
    finally:
        await close_engine(engine)
