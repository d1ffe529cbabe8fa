"""What somebody sees of their own outcome; nobody else is shown this."""

from telegram import Update

from branch.outcomes.reporting import Mine
from handlers.buttons import Row, ShowMenu, keyboard
from handlers.outcome_buttons import GiveNumber, SayOutcome
from handlers.replies import Say


class MyOutcome:
    def __init__(self, say: Say) -> None:
        self._say = say

    async def show(self, update: Update, mine: Mine) -> None:
        label, standing, last = self._say.label, mine.standing, mine.last
        rows: list[Row] = [[(label("button.say_outcome"), SayOutcome())]]
        if mine.entry is None and not mine.claims:
            rows[0] = [*rows[0], (label("button.give_number"), GiveNumber())]
        rows.append([(label("button.menu"), ShowMenu())])
        await self._say(
            update,
            "outcomes/mine",
            keyboard=keyboard(*rows),
            kind=label(f"outcome.{standing.kind}") if standing else "",
            report=standing,
            refused=last if last and last is not standing else None,
            cohort=mine.cohort,
            on_roster=mine.entry is not None,
            claims=mine.claims,
        )
