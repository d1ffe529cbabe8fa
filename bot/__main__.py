"""The command line: `python -m bot` runs the bot, and everything an administrator does by hand."""

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

USAGE_ERROR = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0 done, 1 could not be done (one line says why), 2 wrongly asked."""
    parser = _parser()
    given = parser.parse_args(arguments)
    # nothing that is loaded at the start can be thrown away: looking for it took a fifth of it
    gc.disable()
    # each command loads what it needs: `ask` should not wait for a web server
    from bot import commands  # noqa: PLC0415 -- the command line answers --help at once

    run: Callable[[argparse.Namespace], int] = getattr(commands, given.run)
    return commands.told_plainly(lambda: run(given))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Linghang, a department's assistant on Telegram."
    )
    parser.set_defaults(run="run", or_playground=False)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    run = commands.add_parser("run", help="run on Telegram (the default)")
    run.add_argument(
        "--or-playground", action="store_true", help="without a token, start the playground"
    )
    run.set_defaults(run="run")

    playground = commands.add_parser(
        "playground", help="try it in the browser: no token, no network, nothing kept"
    )
    playground.add_argument(
        "--port", type=_port, help="the page's port (default: 8571, or a free one)"
    )
    playground.set_defaults(run="playground")

    check = commands.add_parser("check", help="check settings, database, content and Telegram")
    check.add_argument("--content", action="store_true", help="only the content")
    check.set_defaults(run="check")

    ask = commands.add_parser("ask", help="answer a question here, with scores")
    ask.add_argument("question", nargs="+")
    ask.add_argument("--language", choices=["zh", "en"], help="default: the question's")
    ask.set_defaults(run="ask")

    golden = commands.add_parser("golden", help="replay the golden questions")
    golden.set_defaults(run="golden")

    _add_content(commands)
    _add_report(commands)
    _add_roster(commands)
    _add_outcomes(commands)
    _add_database(commands)
    return parser


def _add_database(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    database = commands.add_parser("db", help="the database")
    deeds = database.add_subparsers(metavar="DEED", required=True)
    deeds.add_parser(
        "upgrade", help="bring it to the present shape (every start does)"
    ).set_defaults(run="upgrade_database")


def _add_content(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    content = commands.add_parser("content", help="the base as tables and files, and back")
    deeds = content.add_subparsers(metavar="DEED", required=True)
    export = deeds.add_parser("export", help="write what is shown now, with the chat's edits")
    export.add_argument("--format", choices=["csv", "md"], default="csv")
    export.add_argument("--to", type=Path, help="the file, or for md the folder")
    export.add_argument(
        "--edits", action="store_true", help="write the chat's edits back to the content folder"
    )
    export.add_argument(
        "--over", action="append", default=[], help="an entry whose changed file is written over"
    )
    export.set_defaults(run="export_content")
    importing = deeds.add_parser("import", help="bring in a CSV file or a folder of entries")
    importing.add_argument("file", type=Path)
    importing.add_argument("--dry-run", action="store_true", help="only say what would happen")
    importing.add_argument(
        "--accept-broken", action="store_true", help="even if golden questions suffer"
    )
    importing.set_defaults(run="import_content")


def _add_report(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    report = commands.add_parser("report", help="write everything about a year as files")
    report.add_argument("--year", type=_calendar_year, required=True, help="such as 2026")
    report.add_argument("--out", type=Path, default=Path(), help="the folder (default: this one)")
    report.add_argument("--cohort", type=_year, help="of those who graduate then (default: all)")
    report.add_argument("--class", dest="class_name", help="of that cohort's class, by its name")
    report.add_argument("--language", choices=["zh", "en"], default="zh")
    report.set_defaults(run="report")


def _calendar_year(text: str) -> int:
    if not text.isdecimal() or not 2000 <= int(text) <= 2100:  # noqa: PLR2004 -- a bot's life, with room
        raise argparse.ArgumentTypeError("a year is a number from 2000 to 2100")
    return int(text)


def _add_roster(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    roster = commands.add_parser("roster", help="who belongs to which cohort")
    deeds = roster.add_subparsers(metavar="DEED", required=True)
    importing = deeds.add_parser("import", help="look at a roster (.xlsx or .csv), or bring it in")
    importing.add_argument("file", type=Path)
    importing.add_argument("--cohort", type=_year, help="of the rows that name no year")
    importing.add_argument("--for-certain", action="store_true", help="write it")
    importing.set_defaults(run="outcomes", deed="import_roster")


def _add_outcomes(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    outcomes = commands.add_parser("outcomes", help="how many advanced: history in, figures out")
    deeds = outcomes.add_subparsers(metavar="DEED", required=True)
    importing = deeds.add_parser("import", help="look at years of before the bot, or bring them in")
    importing.add_argument("file", type=Path)
    importing.add_argument("--for-certain", action="store_true", help="write it")
    importing.set_defaults(run="outcomes", deed="import_history")
    export = deeds.add_parser("export", help="write the figures as .csv or .xlsx")
    export.add_argument("file", type=Path)
    export.add_argument("--rows", action="store_true", help="the rows they were counted from")
    export.set_defaults(run="outcomes", deed="export_outcomes")


def _year(text: str) -> int:
    if not text.isdecimal() or not 1978 <= int(text) <= 2099:  # noqa: PLR2004 -- as years are kept
        raise argparse.ArgumentTypeError("a year of graduation has four digits, such as 2027")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:  # noqa: PLR2004 -- the last port there is
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
