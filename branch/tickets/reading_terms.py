"""Reading content/terms.yaml: the days on which nobody has to answer, and the weeks of exams."""

from datetime import tzinfo
from pathlib import Path

from branch.content.faults import Faults
from branch.content.tables import Table, table_in
from branch.tickets.working_hours import Closed, WorkingHours


def read_terms(content: Path, faults: Faults, *, zone: tzinfo) -> WorkingHours:
    """The working hours of the branch; a folder without the file is open on every day."""
    file = content / "terms.yaml"
    table = table_in(file, faults) if file.exists() else None
    if table is None:
        return WorkingHours(zone)
    closed = _days_in(table, "closed")
    exams = _days_in(table, "exams") if table.has("exams") else ()
    table.done()
    return WorkingHours(zone, closed, exams)


def _days_in(table: Table, key: str) -> tuple[Closed, ...]:
    found: list[Closed] = []
    for each in table.tables(key):
        days = Closed(first=each.day("from"), last=each.day("to"), name=each.text("name"))
        if days.last < days.first:
            each.fault("to", "is before `from`")
        each.done()
        found.append(days)
    return tuple(found)
