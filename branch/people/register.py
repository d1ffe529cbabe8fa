"""The register: who has joined, in which language, with what consent, and how they leave."""

import unicodedata
from datetime import datetime
from typing import Any

from branch.people.model import CONSENT_VERSION, AuditRecord, Deed, Person, Sender
from branch.people.ports import Begin, PeopleWork
from texts.language import Language

LONGEST_CLASS = 20
EARLIEST_YEAR, LATEST_YEAR = 1978, 2099


class YearOutOfRange(Exception):
    """A cohort or an intake that cannot be meant."""


class ClassTooLong(Exception):
    """A name that no class has."""


class Register:
    """Every change to what is kept about a person, each in one transaction."""

    def __init__(self, begin: Begin, look: Begin) -> None:
        self._begin = begin
        self._look = look

    async def join(self, sender: Sender, *, language: Language, now: datetime) -> Person:
        """Keep the person from now on; somebody who joined before is left as they are."""
        async with self._begin() as work:
            person_id = await work.people.add(sender, language=language, now=now)
            if person_id is not None:
                await work.audit.add(AuditRecord(at=now, actor=person_id, deed=Deed.JOINED))
            return await _present(work, sender, now)

    async def agree_again(self, person: Person, *, now: datetime) -> None:
        """Note that they agreed to what we keep as it is now."""
        await self._change(person, consented_at=now, consent_version=CONSENT_VERSION)

    async def speak(self, person: Person, language: Language) -> None:
        await self._change(person, language=language)

    async def graduate_in(self, person: Person, cohort: int | None) -> None:
        await self._change(person, cohort=_year(cohort))

    async def sit_for(self, person: Person, intake: int | None) -> None:
        await self._change(person, intake=_year(intake))

    async def study_in(self, person: Person, class_name: str) -> None:
        """What the class is called, written the same way however it is typed.

        Raises ClassTooLong.
        """
        name = " ".join(unicodedata.normalize("NFKC", class_name).split())
        if len(name) > LONGEST_CLASS:
            raise ClassTooLong
        await self._change(person, class_name=name or None)

    async def as_kept(self, person: Person, *, now: datetime) -> Person:
        """The person as the database has them now; as given, if they have left meanwhile."""
        async with self._look() as work:
            return await work.people.by_id(person.id, now=now) or person

    async def unreachable(self, person: Person, *, now: datetime) -> None:
        await self._change(person, unreachable_since=now)

    async def export(self, person: Person, *, now: datetime) -> dict[str, Any]:
        """Everything kept about the person, as JSON-ready values, by table."""
        async with self._begin() as work:
            kept = await work.people.everything_about(person)
            await work.audit.add(AuditRecord(at=now, actor=person.id, deed=Deed.EXPORTED))
            return {"exported_at": now.isoformat(), **kept}

    async def forget(self, person: Person, *, now: datetime) -> None:
        """Delete every row about the person; what remains of them is a number in the audit log."""
        async with self._begin() as work:
            await work.people.forget(person)
            await work.audit.add(AuditRecord(at=now, actor=person.id, deed=Deed.FORGOTTEN))

    async def _change(self, person: Person, **values: Any) -> None:
        async with self._begin() as work:
            await work.people.change(person.id, **values)


async def _present(work: PeopleWork, sender: Sender, now: datetime) -> Person:
    person = await work.people.by_telegram(sender.telegram_id, now=now)
    assert person is not None, "written in this transaction, if not before"
    return person


def _year(year: int | None) -> int | None:
    if year is not None and not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise YearOutOfRange(year)
    return year
