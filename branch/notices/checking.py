"""Whether a notice can be said to all of its audience; asked before anything is sent."""

from datetime import datetime

from branch.notices.errors import FieldsLacking, NobodyToTell, NothingToSay, NoticeTooLong
from branch.notices.field_values import FieldNames
from branch.notices.letters import NoticeLetters
from branch.notices.model import Draft, Reach
from branch.notices.ports import NoticeWork, Reader
from branch.notices.wishes import Wishes
from branch.people.model import Person
from texts.language import Language
from texts.telegram_html import LONGEST_MESSAGE, shown_units


class Checking:
    def __init__(self, letters: NoticeLetters, fields: FieldNames) -> None:
        self._letters = letters
        self._fields = fields

    def read(self, draft: Draft) -> None:
        """Whether its text can be read. Raises NothingToSay, FieldFaulty, FieldUnknown."""
        if not draft.text.strip() and not draft.enclosures:
            raise NothingToSay
        self._fields.columns_in(draft.text)

    async def reach(self, work: NoticeWork, draft: Draft, *, now: datetime) -> Reach:
        return await work.audiences.reach(
            draft.audience, kind=draft.kind, urgent=draft.urgent, now=now
        )

    async def sample(
        self, work: NoticeWork, draft: Draft, author: Person, *, now: datetime
    ) -> Reader:
        """Its first reader; who writes it, where it is the same for all. Raises NobodyToTell."""
        mine = self.somebody(author)
        if not self._fields.columns_in(draft.text) and draft.audience.chosen:
            return mine
        first = await work.audiences.first(draft.audience, now=now)
        if first is None:
            raise NobodyToTell
        return first

    def somebody(self, author: Person) -> Reader:
        """Who writes it, with something in the place of what is not known of them."""
        return Reader(
            id=author.id,
            name=author.name,
            language=author.language,
            cohort=author.cohort or 0,
            intake=author.intake or 0,
            class_name=author.class_name or "",
            wishes=Wishes(),
        )

    async def check(self, work: NoticeWork, draft: Draft, *, now: datetime) -> Reach:
        """Whom it reaches.

        Raises NothingToSay, FieldFaulty, FieldUnknown, NobodyToTell, FieldsLacking, NoticeTooLong.
        """
        self.read(draft)
        reach = await self.reach(work, draft, now=now)
        if not draft.audience.chosen or reach.letters == 0:
            raise NobodyToTell
        await self._nothing_lacks(work, draft, now)
        await self._longest_fits(work, draft, now)
        return reach

    async def check_text(self, work: NoticeWork, draft: Draft, *, now: datetime) -> None:
        """The same for other words to the same audience."""
        self.read(draft)
        await self._nothing_lacks(work, draft, now)
        await self._longest_fits(work, draft, now)

    async def _nothing_lacks(self, work: NoticeWork, draft: Draft, now: datetime) -> None:
        needed = self._fields.needed_in(draft.text)
        lacking = await work.audiences.lacking(
            draft.audience, needed, kind=draft.kind, urgent=draft.urgent, now=now
        )
        if lacking:
            raise FieldsLacking({needed[column]: number for column, number in lacking.items()})

    async def _longest_fits(self, work: NoticeWork, draft: Draft, now: datetime) -> None:
        columns = self._fields.columns_in(draft.text)
        longest = await work.audiences.longest(draft.audience, columns, now=now)
        values = self._fields.called({name: value or None for name, value in longest.items()})
        for language in Language:
            units = shown_units(self._letters.body(draft, values, language))
            if units > LONGEST_MESSAGE:
                raise NoticeTooLong(units)
