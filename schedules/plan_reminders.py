"""Twice a day: letters for the exam dates of the next days, and for what fell due meanwhile."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Protocol


class Planner(Protocol):
    def plan(self, *, now: datetime) -> Awaitable[None]: ...


class PlanReminders:
    def __init__(self, planner: Planner) -> None:
        self._planner = planner

    async def run(self, now: datetime) -> None:
        await self._planner.plan(now=now)
