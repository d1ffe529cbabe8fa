"""Reading content/occasions.yaml: the days of the year and what is said on them."""

from datetime import date, time
from pathlib import Path
from typing import Final

from branch.content.faults import Faults
from branch.content.tables import Table, tables_in
from branch.notices.occasions import For, Occasion
from texts.language import Language

LONGEST: Final = 900
"""Characters: it is to be read on one screen of a phone."""
_A_LEAP_YEAR: Final = 2000


def read_occasions(content: Path, faults: Faults) -> tuple[Occasion, ...]:
    """All of them; a folder without the file has none."""
    file = content / "occasions.yaml"
    if not file.exists():
        return ()
    found: dict[str, Occasion] = {}
    for table in tables_in(file, faults):
        occasion = _occasion(table)
        if occasion.slug in found:
            table.fault("slug", "stands here twice; keep one")
        found[occasion.slug] = occasion
    return tuple(found.values())


def _occasion(table: Table) -> Occasion:
    occasion = Occasion(
        slug=table.text("slug"),
        names=table.by_language("name"),
        words=table.by_language("words"),
        month=table.parsed("month", int, "a month like 5", 1),
        day=table.parsed("day", int, "a day of the month like 4", 1),
        at=table.parsed("at", time.fromisoformat, 'a time like "09:00"', time(9)),
        audience=table.one_of("for", For),
    )
    table.done()
    try:
        date(_A_LEAP_YEAR, occasion.month, occasion.day)
    except ValueError:
        table.fault("day", "is no day of that month")
    for language in Language:
        words = occasion.words[language]
        if len(words) > LONGEST:
            table.fault("words", f"are longer than {LONGEST} characters in {language}")
        if "{{" in words or "{%" in words:
            table.fault("words", "hold a field; these are read as they stand")
    return occasion
