"""The table of research outcomes: how many of each kind in each year."""

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from branch.research.achievement import Achievement, AchievementState, Kind


class Count(Struct, frozen=True):
    """Those that a second person has confirmed, and those that still wait for one."""

    confirmed: int = 0
    claimed: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.confirmed + other.confirmed, self.claimed + other.claimed)


class OutcomeTable(Struct, frozen=True, kw_only=True):
    """`years` has the latest first, `kinds` only those of which there is one."""

    years: tuple[int, ...]
    kinds: tuple[Kind, ...]
    counts: Mapping[tuple[int, Kind], Count]

    def count(self, *, year: int | None = None, kind: Kind | None = None) -> Count:
        """Of a year, of a kind, of both, or of all."""
        total = Count()
        for (each_year, each_kind), count in self.counts.items():
            if year in (None, each_year) and kind in (None, each_kind):
                total += count
        return total


def outcome_table(achievements: Iterable[Achievement]) -> OutcomeTable:
    """What is refused counts nowhere."""
    confirmed: Counter[tuple[int, Kind]] = Counter()
    claimed: Counter[tuple[int, Kind]] = Counter()
    for each in achievements:
        place = (each.claim.year, each.claim.kind)
        if each.state is AchievementState.CONFIRMED:
            confirmed[place] += 1
        elif each.state is AchievementState.CLAIMED:
            claimed[place] += 1
    places = {*confirmed, *claimed}
    return OutcomeTable(
        years=tuple(sorted({year for year, _ in places}, reverse=True)),
        kinds=tuple(kind for kind in Kind if any(kind is each for _, each in places)),
        counts={place: Count(confirmed[place], claimed[place]) for place in sorted(places)},
    )
