"""Turning the pages of a report, and the ways from one report to the next."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from handlers.buttons import Button, Row
from handlers.knowledge_buttons import OpenKnowledge
from handlers.replies import Say
from handlers.report_buttons import ShowGaps, ShowHits, ShowStale

Item = TypeVar("Item")
WEEK = 7


def page_of(items: Sequence[Item], page: int, size: int) -> tuple[Sequence[Item], int]:
    """The items of the page and the number of the first; the last page for one beyond it."""
    last = max(0, (len(items) - 1) // size)
    start = min(max(page, 0), last) * size
    return items[start : start + size], start


def turning(say: Say, *, start: int, size: int, total: int, to: Callable[[int], Button]) -> Row:
    page = start // size
    turn: list[tuple[str, Button]] = []
    if page > 0:
        turn.append((say.label("button.page_before"), to(page - 1)))
    if start + size < total:
        turn.append((say.label("button.page_after"), to(page + 1)))
    return turn


def windows(say: Say, days: Sequence[int], shown: int, to: Callable[[int], Button]) -> list[Row]:
    """The spans of time to look at, the shown one ticked; 0 is ever since."""
    buttons = [
        (
            ("✓ " if each == shown else "")
            + (say.label("button.days", days=each) if each else say.label("button.all_days")),
            to(each),
        )
        for each in days
    ]
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


def reports(say: Say, here: type[Button] | None = None) -> list[Row]:
    """The ways into the reports, but for the one that is shown."""
    ways: list[tuple[str, Button]] = [
        (say.label("button.gaps"), ShowGaps(WEEK, 0)),
        (say.label("button.stale"), ShowStale(0)),
        (say.label("button.hits"), ShowHits(WEEK, 0)),
    ]
    others = [way for way in ways if here is None or not isinstance(way[1], here)]
    return [others[at : at + 2] for at in range(0, len(others), 2)]


def other_reports(say: Say, here: type[Button]) -> list[Row]:
    """The other reports, and the base as the way back."""
    return [*reports(say, here), [(say.label("button.knowledge"), OpenKnowledge())]]
