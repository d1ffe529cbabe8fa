"""What a theme day of a number is, for who shows something that is to be discussed there."""

from branch.theme_days.errors import DayGone
from branch.theme_days.model import DayPlan, DayState, ThemeDayId
from branch.theme_days.signing_up import SignUpDesk
from handlers.visit import current_visit


class DayPlans:
    def __init__(self, desk: SignUpDesk) -> None:
        self._desk = desk

    async def plan_of(self, number: int | None) -> DayPlan | None:
        """None where it was called off."""
        person = current_visit().person
        if number is None or person is None:
            return None
        try:
            day = (await self._desk.see(person, ThemeDayId(number))).day
        except DayGone:
            return None
        return day.plan if day.state is DayState.OPEN else None
