"""A notice that tells of a theme day, ready to be given an audience."""

from typing import Final

from branch.notices.audience import Audience, Group
from branch.notices.model import Draft, Link, NoticeKind
from branch.outbox.enclosures import Enclosure, EnclosureKind
from branch.people.model import Person, Role
from branch.theme_days.model import DayAudience, ThemeDayId
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
        plan, series = seen.day.plan, seen.series
        link = Link(self._say.label("button.sign_up"), f"{bot_link}?start={DAY}{number}")
        picture = plan.cover or (series.plan.logo if series else None)
        members = plan.audience is DayAudience.MEMBERS
        return Draft(
            text=self._say.text("themedays/announcement", plan=plan),
            enclosures=[Enclosure(EnclosureKind.PHOTO, picture)] if picture else [],
            audience=Audience(wanted=Group(roles=(Role.MEMBER,) if members else ())),
            links=[link],
            kind=NoticeKind.ACTIVITY,
            theme_day=number,
        )
