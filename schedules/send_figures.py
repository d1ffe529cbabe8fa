"""Every hour of the day: the letters with numbers that are due, if they are not written yet."""

from datetime import datetime

from branch.statistics.letters import FigureLetters


class SendFigures:
    def __init__(self, letters: FigureLetters) -> None:
        self._letters = letters

    async def run(self, now: datetime) -> datetime:
        await self._letters.send(now=now)
        return self._letters.next_at(now)
