"""Whether somebody may do something: asked of the database, in the transaction of the deed."""

from datetime import datetime
from typing import Protocol

from branch.people.errors import NotAllowed
from branch.people.model import Person, PersonId, Role


class _People(Protocol):
    async def by_id(self, person_id: PersonId, *, now: datetime) -> Person | None: ...


class KnowsPeople(Protocol):
    """The part of a transaction that is asked."""

    @property
    def people(self) -> _People: ...


async def demand(work: KnowsPeople, person: Person, role: Role, *, now: datetime) -> Person:
    """The person as they are now, if their role covers this one. Raises NotAllowed."""
    present = await work.people.by_id(person.id, now=now)
    if present is None or not present.role.covers(role):
        raise NotAllowed
    return present
