"""Days of the year on which the branch has something to say; each becomes a notice, once a year."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from html import escape
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from branch.dates.wall_clock import moment_of
from branch.notices.audience import Audience, Group
from branch.notices.letters import NoticeLetters
from branch.notices.model import Draft, Notice, NoticeId, NoticeKind, NoticeState
from branch.notices.ports import Begin, NoticeWork
from branch.people.model import Role
from texts.language import Language

AHEAD: Final = timedelta(days=3)
"""So long before, it is written: whoever thinks it out of place has time to call it off."""
MADE_UP_WITHIN: Final = timedelta(hours=12)
"""What was missed by more, while we were down, is left out: the day is over."""


class For(StrEnum):
    EVERYONE = "everyone"
    MEMBERS = "members"


class Occasion(Struct, frozen=True, kw_only=True):
    """The same day of every year; `at` is the wall clock's time."""

    slug: str
    names: Mapping[Language, str]
    words: Mapping[Language, str]
    month: int
    day: int
    at: time
    audience: For = For.EVERYONE

    def moment(self, year: int, zone: tzinfo) -> datetime:
        return moment_of(date(year, self.month, self.day), self.at, zone)

    def draft(self, sent_at: datetime) -> Draft:
        roles = (Role.MEMBER,) if self.audience is For.MEMBERS else ()
        return Draft(
            text=self._text(Language.ZH),
            in_english=self._text(Language.EN),
            audience=Audience(wanted=Group(roles=roles), chosen=True),
            kind=NoticeKind.BRANCH,
            send_at=sent_at,
            useful_days=1,
        )

    def _text(self, language: Language) -> str:
        return f"<b>{escape(self.names[language])}</b>\n\n{escape(self.words[language])}"


class Occasions:
    def __init__(
        self,
        begin: Begin,
        letters: NoticeLetters,
        occasions: Sequence[Occasion],
        *,
        zone: tzinfo,
    ) -> None:
        self._begin = begin
        self._letters = letters
        self._occasions = occasions
        self._zone = zone
        self._written: set[str] = set()
        """What need not be looked up any more; the notices' keys keep it once in the database."""

    async def go_on(self, *, now: datetime) -> bool:
        """Write the notices of the days that come; whether there may be more."""
        here = now.astimezone(self._zone)
        for occasion in self._occasions:
            for year in (here.year, here.year + 1):
                at = occasion.moment(year, self._zone)
                key = f"occasion:{occasion.slug}:{year}"
                if at - AHEAD <= now < at + MADE_UP_WITHIN and key not in self._written:
                    await self._write(occasion, key, at, now)
                    self._written.add(key)
        return False

    async def _write(self, occasion: Occasion, key: str, at: datetime, now: datetime) -> None:
        notice = Notice(
            id=NoticeId(0),
            author=None,
            draft=occasion.draft(at),
            state=NoticeState.RUNNING,
            created_at=now,
            starts_at=at,
        )
        async with self._begin() as work:
            number, new = await work.notices.add(notice.draft, key=key, author=None, notice=notice)
            if new:
                await self._freeze(work, number, now)

    async def _freeze(self, work: NoticeWork, number: NoticeId, now: datetime) -> None:
        """Whom it goes to; and secretaries hear of it while it can be called off."""
        notice = await work.notices.get(number)
        assert notice is not None, "written in this transaction"
        draft = notice.draft
        recipients = await work.audiences.freeze(
            number, draft.audience, kind=draft.kind, urgent=draft.urgent, now=now
        )
        await work.notices.save(replace(notice, recipients=recipients))
        await work.outbox.put(
            [
                self._letters.to_author(
                    "occasion", notice, secretary, now, at=notice.starts_at, recipients=recipients
                )
                for secretary in await work.people.holding(Role.SECRETARY, now=now)
            ]
        )
