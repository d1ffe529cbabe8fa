"""What each command does, and how every failure becomes one plain line."""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncEngine
from telegram.error import InvalidToken, TelegramError

from bot.assembly import assemble
from bot.content import Content, content_of
from bot.first_start import prepare
from bot.learning import Learning
from bot.listening import CannotListen, PortTaken
from bot.log import secrets_of, set_up_log
from bot.memory import keep_little
from bot.runtime import Runtime, Stopped, TokenRefused, WebhookRefused
from bot.settings import Settings, SettingsWrong, read_settings
from branch.content.faults import ContentBroken
from storage.engine import close_engine, open_engine
from storage.errors import StorageUnavailable
from storage.migrate import DatabaseTooNew, migrate, migrate_at
from storage.work import Transactions

log = logging.getLogger(__name__)

FAILED = 1
Result = TypeVar("Result")
HOW_TO_BEGIN = """\
There is no token yet, so Telegram cannot be reached. To get one:
  1. In Telegram, write /newbot to @BotFather and follow him; he gives you a token.
  2. Put it into .env:  LINGHANG_TELEGRAM_TOKEN=123456789:AbC…
  3. Start again.
To try everything without a token, in your browser:  python -m bot playground"""
DATABASE_REASONS = {
    "locked": "another program holds it locked; stop it and start again",
    "read_only": "it can only be read; give this user the right to write it and its folder",
    "full": "the disk is full; make room and start again",
    "unreachable": "it cannot be opened or reached; check LINGHANG_DATABASE_URL",
}


SENTENCES: dict[type[Exception], str] = {
    TokenRefused: "Telegram refuses the token: check LINGHANG_TELEGRAM_TOKEN with @BotFather.",
    WebhookRefused: "Telegram refuses the webhook: {}; check LINGHANG_WEBHOOK_URL.",
    DatabaseTooNew: "The database belongs to a later version ({}); upgrade the program.",
    PortTaken: "Another program listens on {}; stop it or choose another port.",
    CannotListen: "This program cannot listen on {}; choose another address.",
}


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 -- the edge: here time comes in


def told_plainly(command: Callable[[], int]) -> int:
    """Run it; what an administrator can mend is said in their words, without a traceback."""
    try:
        return command()
    except (KeyboardInterrupt, Stopped):
        return 0
    except BrokenPipeError:
        # whoever read our output has seen enough; Python must not complain of it at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        lines = _in_words(error)
        if lines is None:
            # through the log, which blots out secrets; a bare traceback would not
            log.critical("this is a fault of the program itself", exc_info=error)
            return FAILED
        return _fail(*lines)


def _in_words(error: Exception) -> list[str] | None:
    """What an administrator can do about it; None for a fault that is ours."""
    match error:
        case SettingsWrong():
            return ["These settings are wrong:", *error.faults]
        case ContentBroken():
            return ["The content has faults:", *map(str, error.faults)]
        case StorageUnavailable():
            return [f"The database cannot be used: {DATABASE_REASONS[error.reason]}."]
    sentence = SENTENCES.get(type(error))
    return None if sentence is None else [sentence.format(error)]


def run(given: argparse.Namespace) -> int:
    settings = read_settings()
    if settings.telegram_token is None:
        if given.or_playground:
            given.port = None
            return playground(given)
        print(HOW_TO_BEGIN, file=sys.stderr)
        return FAILED
    token = settings.telegram_token
    secrets = secrets_of(token, settings.telegram_proxy, settings.database_url)
    set_up_log([*secrets, settings.webhook_secret])
    keep_little()
    prepare(settings)
    content = content_of(settings)
    run_program(_run_on_telegram(settings, token, content))
    return 0


async def _run_on_telegram(settings: Settings, token: str, content: Content) -> None:
    async with _engine(settings) as engine:
        parts = assemble(settings, token=token, engine=engine, content=content, now=now)
        await Runtime(parts, settings, say_claim=_print_claim).run()


def _print_claim(link: str) -> None:
    print(f"Nobody is admin yet. Whoever opens this link first will be:\n  {link}", flush=True)


def playground(given: argparse.Namespace) -> int:
    # the playground is for trying: a running bot never loads it
    from bot.playground import run_playground  # noqa: PLC0415 -- see the line above

    settings = read_settings(telegram_token=None)
    set_up_log()
    content = content_of(settings)
    run_program(run_playground(settings, content, port=given.port))
    return 0


def check(given: argparse.Namespace) -> int:
    settings = read_settings(**({"telegram_token": None} if given.content else {}))
    content = content_of(settings)
    entries = sum(len(content.library.entries_of(topic.id)) for topic in content.library.topics())
    print(f"Content: {entries} entries, intakes {', '.join(map(str, content.calendar.intakes))}.")
    if given.content:
        return 0
    print("Settings: fine.")
    return asyncio.run(_check_outside(settings, content))


async def _check_outside(settings: Settings, content: Content) -> int:
    async with _engine(settings) as engine:
        await migrate(engine)
        print(f"Database: fine ({engine.dialect.name}).")
        await _check_edits(content, engine)
        if settings.telegram_token is None:
            print("Telegram: no token is set.")
            return 0
        return await _check_telegram(settings, settings.telegram_token, engine, content)


async def _check_edits(content: Content, engine: AsyncEngine) -> None:
    from bot import knowledge_commands  # noqa: PLC0415 -- only these commands change the base

    transactions = Transactions(engine)
    try:
        for line in await knowledge_commands.conflicts_with(content, transactions):
            print(f"  {line}")
    finally:
        await transactions.close()


async def _check_telegram(
    settings: Settings, token: str, engine: AsyncEngine, content: Content
) -> int:
    parts = assemble(settings, token=token, engine=engine, content=content, now=now)
    try:
        await parts.bot.initialize()
        print(f"Telegram: fine, this is @{parts.bot.username}.")
    except InvalidToken as error:
        # what the library says of it names the token
        raise TokenRefused from error
    except TelegramError as error:
        return _fail(f"Telegram cannot be reached: {error.message}")
    finally:
        await parts.bot.shutdown()
    return 0


@asynccontextmanager
async def _engine(settings: Settings) -> AsyncIterator[AsyncEngine]:
    engine = open_engine(settings.database_url)
    try:
        yield engine
    finally:
        await close_engine(engine)


def ask(given: argparse.Namespace) -> int:
    from bot.ask import answer_in_terminal  # noqa: PLC0415 -- only this command prints answers

    settings = read_settings(telegram_token=None)
    content = content_of(settings)
    Learning(content.library, settings, _show_learning).run()
    question = " ".join(given.question)
    print(answer_in_terminal(question, content, settings.timezone, now(), given.language))
    return 0


def golden(_: argparse.Namespace) -> int:
    from bot.ask import golden_table  # noqa: PLC0415 -- only this command prints the table

    settings = read_settings(telegram_token=None)
    content = content_of(settings)
    Learning(content.library, settings, _show_learning).run()
    print(
        golden_table(content.library.replay_golden(on=now().astimezone(settings.timezone).date()))
    )
    return 0


def export_content(given: argparse.Namespace) -> int:
    from bot import knowledge_commands  # noqa: PLC0415 -- only these commands change the base

    settings = read_settings(telegram_token=None)
    if given.edits:
        work = knowledge_commands.export_edits(settings, over=given.over, now=now())
    else:
        to = given.to or Path(f"linghang.{given.format}")
        work = knowledge_commands.export_base(settings, kind=given.format, to=to, now=now())
    print(asyncio.run(work))
    return 0


def import_content(given: argparse.Namespace) -> int:
    from bot import knowledge_commands  # noqa: PLC0415 -- only these commands change the base

    settings = read_settings(telegram_token=None)
    work = knowledge_commands.import_base(
        settings, given.file, dry_run=given.dry_run, accept_broken=given.accept_broken, now=now()
    )
    try:
        print(asyncio.run(work))
    except knowledge_commands.CannotBeImported as reason:
        return _fail(str(reason))
    return 0


def report(given: argparse.Namespace) -> int:
    from bot import report_command  # noqa: PLC0415 -- only this command writes reports

    try:
        files = report_command.run(given, now=now())
    except report_command.CannotWrite as reason:
        return _fail(f"It cannot be written: {reason}.", "Name another folder with --out.")
    except report_command.NoSuchGroup as reason:
        return _fail(*reason.args)
    print("\n".join(map(str, files)))
    return 0


def outcomes(given: argparse.Namespace) -> int:
    from bot import outcome_commands  # noqa: PLC0415 -- only these commands touch outcomes

    return outcome_commands.told(given, read_settings(telegram_token=None), now(), _fail)


def upgrade_database(_: argparse.Namespace) -> int:
    asyncio.run(migrate_at(read_settings(telegram_token=None).database_url))
    print("The database has the present shape.")
    return 0


def run_program(program: Coroutine[Any, Any, Result]) -> Result:
    """Run it to its end, on the faster event loop where there is one for this system."""
    try:
        import uvloop  # noqa: PLC0415 -- there is none on Windows
    except ImportError:
        return asyncio.run(program)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(program)


def _show_learning(done: int, of: int) -> None:
    """Only where somebody looks: it takes a minute the first time, and never again."""
    if sys.stderr.isatty() or done == of:
        print(f"\rlearning what the answers mean: {done} of {of}", end="", file=sys.stderr)
        print("" if done < of else "\n", end="", file=sys.stderr, flush=True)


def _fail(*lines: str) -> int:
    print("\n  ".join(lines), file=sys.stderr)
    return FAILED
