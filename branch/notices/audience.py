"""Who gets a notice: any of what is named in each respect, in all respects, less exclusions."""

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from branch.people.model import Role


class Group(Struct, frozen=True, kw_only=True):
    """Some people. Of each respect that names anything they have one; none named: everybody.

    `roles`: STUDENT are those with no other role, MEMBER and SECRETARY those whose role covers it.
    `unacknowledged`: who got that notice and has not said so. `reminded`: who asked for reminders.
    `sign_ups`: who is going to that theme day.
    """

    roles: tuple[Role, ...] = ()
    intakes: tuple[int, ...] = ()
    cohorts: tuple[int, ...] = ()
    classes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    unacknowledged: tuple[int, ...] = ()
    sign_ups: tuple[int, ...] = ()
    reminded: bool = False

    def toggled(self, respect: str, value: Any) -> "Group":
        """With the value named, or not any more."""
        if respect == "reminded":
            return replace(self, reminded=not self.reminded)
        named = getattr(self, respect)
        kept = tuple(each for each in named if each != value)
        changed: dict[str, Any] = {respect: kept if value in named else (*named, value)}
        return replace(self, **changed)

    @property
    def everybody(self) -> bool:
        return self == Group()

    def named(self) -> list[tuple[str, Any]]:
        """Each (respect, value) that is named, in a fixed order."""
        found: list[tuple[str, Any]] = []
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if name == "reminded":
                found += [(name, True)] if value else []
            else:
                found += [(name, one) for one in value]
        return found


class Audience(Struct, frozen=True, kw_only=True):
    """`wanted` in all respects, without whoever is named in any respect of `without`."""

    wanted: Group = Group()
    without: Group = Group()
    chosen: bool = False
    """Whether somebody has chosen it: nobody broadcasts to all by forgetting to choose."""

    def toggled(self, respect: str, value: Any, *, excluding: bool) -> "Audience":
        if excluding:
            return replace(self, without=self.without.toggled(respect, value), chosen=True)
        return replace(self, wanted=self.wanted.toggled(respect, value), chosen=True)
