"""Reading content/terms.yaml: the days on which nobody has to answer."""

from datetime import tzinfo
from pathlib import Path

from branch.content.faults import Faults
from branch.content.tables import table_in
from branch.tickets.working_hours import Closed, WorkingHours


def read_terms(content: Path, faults: Faults, *, zone: tzinfo) -> WorkingHours:
    """The working hours of the branch; a folder without the file is open on every day."""
    file = content / "terms.yaml"
    table = table_in(file, faults) if file.exists() else None
    if table is None:
        return WorkingHours(zone)
    closed: list[Closed] = []
    for each in table.tables("closed"):
        day = Closed(first=each.day("from"), last=each.day("to"), name=each.text("name"))
        if day.last < day.first:
            each.fault("to", "is before `from`")
        each.done()
        closed.append(day)
    table.done()
    return WorkingHours(zone, tuple(closed))
