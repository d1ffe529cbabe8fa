"""A notice that tells of a theme day, ready to be given an audience."""

from typing import Final

from branch.notices.model import Draft, Link, NoticeKind
from branch.people.model import Person
from branch.theme_days.model import ThemeDayId
from branch.theme_days.signing_up import SignUpDesk
from handlers.replies import Say

DAY: Final = "day_"


class Announcing:
    def __init__(self, desk: SignUpDesk, say: Say) -> None:
        self._desk = desk
        self._say = say

    async def draft(self, member: Person, number: int, *, bot_link: str) -> Draft:
        """Raises DayGone."""
        seen = await self._desk.see(member, ThemeDayId(number))
        link = Link(self._say.label("button.sign_up"), f"{bot_link}?start={DAY}{number}")
        return Draft(
            text=self._say.text("themedays/announcement", plan=seen.day.plan),
            links=[link],
            kind=NoticeKind.ACTIVITY,
            theme_day=number,
        )
