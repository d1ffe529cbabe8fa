"""What a table or a folder would bring into the base: row by row, before anything is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from branch.content.provenance import Source
from branch.content.spreadsheets import NotATable, TableRow, rows_in
from branch.guidance.entry_changes import Surroundings, blank, checked
from branch.guidance.entry_rows import COLUMNS, NEEDED, entry_in, slug_in
from branch.guidance.entry_writing import texts_of
from branch.guidance.errors import Unfit
from branch.guidance.model import Entry, Origin, Slug, Topic, TopicId
from branch.guidance.service import GuidanceLibrary
from branch.guidance.trials import near_duplicates
from texts.language import Language

LAST_RESORT = TopicId("imported")
"""Where rows go that name no topic, if there is such a topic; otherwise to the last one."""
Progress = Callable[[int, int], None]


class ColumnsMissing(NotATable):
    """The first row does not name the columns `question` and `answer`."""


class Misfit(Struct, frozen=True, kw_only=True):
    """A row that cannot be brought in, and why."""

    line: int
    unfit: Unfit


class Doubled(Struct, frozen=True, kw_only=True):
    """A row that says again what an earlier row, or an entry that is there, says."""

    line: int
    question: str
    earlier: int | None
    entry: Entry | None


class Near(Struct, frozen=True, kw_only=True):
    """A new row, and the entry that already answers its question."""

    line: int
    question: str
    entry: Entry


class Plan(Struct):
    """What an import would do. Nothing of it has been done."""

    new: dict[int, Entry] = field(default_factory=dict)
    changed: dict[int, Entry] = field(default_factory=dict)
    same: int = 0
    misfits: list[Misfit] = field(default_factory=list)
    doubled: list[Doubled] = field(default_factory=list)
    near: list[Near] = field(default_factory=list)
    not_compared: int = 0
    wordings_left_out: int = 0
    unknown_columns: tuple[str, ...] = ()

    @property
    def entries(self) -> list[Entry]:
        return [*self.new.values(), *self.changed.values()]

    def lines_of(self, slugs: Iterable[str]) -> list[int]:
        wanted = set(slugs)
        rows = (self.new | self.changed).items()
        return [line for line, entry in rows if entry.slug in wanted]


class Ground(Struct, frozen=True, kw_only=True):
    """What an import is compared with: the base as it is, and what rows without more get."""

    library: GuidanceLibrary
    topics: Sequence[Topic]
    milestones: frozenset[tuple[int, str]]
    source: str
    note: str
    on: date

    def blank(self) -> Entry:
        ids = [topic.id for topic in self.topics]
        topic = LAST_RESORT if LAST_RESORT in ids else ids[-1]
        entry = blank(self.note, self.on)
        source = Source(name=self.source)
        return replace(entry, topic=topic, source=source, origin=Origin.IMPORT)

    def around(self) -> Surroundings:
        return Surroundings(
            topics={topic.id for topic in self.topics},
            milestones=self.milestones,
            find=lambda _words: None,
        )


def plan_of_table(raw: bytes, ground: Ground) -> Plan:
    """Raises NotATable, ColumnsMissing."""
    rows = rows_in(raw)
    header = next(rows, None)
    columns = [cell.strip().lower() for cell in header.cells] if header else []
    if not set(NEEDED) <= set(columns):
        raise ColumnsMissing
    plan = Plan(unknown_columns=tuple(each for each in columns if each not in COLUMNS if each))
    _gather(_entries_of(rows, columns, ground, plan), ground, plan)
    return plan


def plan_of_entries(entries: Iterable[tuple[int, Entry]], ground: Ground) -> Plan:
    """The same of entries that were read from files, each with a number to name it by."""
    plan = Plan()
    _gather(entries, ground, plan)
    return plan


def compare(plan: Plan, ground: Ground, *, most: int | None, progress: Progress) -> None:
    """Note which new rows ask for what an entry already answers; `most` rows are compared."""
    rows = list(plan.new.items())
    compared = rows[:most]
    plan.not_compared = len(rows) - len(compared)
    for number, (line, entry) in enumerate(compared):
        progress(number, len(compared))
        question = entry.questions[Language.ZH]
        found = near_duplicates([question], ground.library, on=ground.on, but=entry.slug)
        if found and found[0].answers:
            plan.near.append(Near(line=line, question=question, entry=found[0].entry))


def _entries_of(
    rows: Iterable[TableRow], columns: Sequence[str], ground: Ground, plan: Plan
) -> Iterator[tuple[int, Entry]]:
    blank_entry, around = ground.blank(), ground.around()
    for row in rows:
        cells: Mapping[str, str] = dict.fromkeys(columns, "") | dict(
            zip(columns, row.cells, strict=False)
        )
        try:
            before = ground.library.entry(slug_in(cells)) or blank_entry
            yield row.line, checked(entry_in(cells, before, ground.topics), around)
        except Unfit as unfit:
            plan.misfits.append(Misfit(line=row.line, unfit=unfit))


def _gather(entries: Iterable[tuple[int, Entry]], ground: Ground, plan: Plan) -> None:
    """Sort the rows into new, changed, the same and doubled; no wording is kept twice."""
    asked = {
        text: entry
        for entry in ground.library.library.entries
        for text in entry.asked_as(Language.ZH)
    }
    seen: dict[Slug, int] = {}
    taken: dict[str, Slug] = {}
    for line, read in entries:
        question = read.questions[Language.ZH]
        there = asked.get(question)
        earlier = seen.get(read.slug) or seen.get(taken.get(question, Slug("")))
        if earlier or (there is not None and there.slug != read.slug):
            entry = None if earlier else there
            plan.doubled.append(Doubled(line=line, question=question, earlier=earlier, entry=entry))
            continue
        seen[read.slug] = line
        entry = _without_taken(read, asked, taken, plan)
        _sort_in(line, entry, ground.library.entry(entry.slug), plan)
    _keep_known_relations(ground, plan)


def _without_taken(
    entry: Entry, asked: Mapping[str, Entry], taken: dict[str, Slug], plan: Plan
) -> Entry:
    def is_free(wording: str) -> bool:
        there = asked.get(wording)
        return (there is None or there.slug == entry.slug) and wording not in taken

    wordings = entry.wordings[Language.ZH]
    kept = tuple(each for each in wordings if is_free(each))
    plan.wordings_left_out += len(wordings) - len(kept)
    taken |= dict.fromkeys((entry.questions[Language.ZH], *kept), entry.slug)
    if kept == wordings:
        return entry
    return replace(entry, wordings={**entry.wordings, Language.ZH: kept})


def _sort_in(line: int, entry: Entry, there: Entry | None, plan: Plan) -> None:
    if there is None:
        plan.new[line] = entry
    elif texts_of(there) == texts_of(entry):
        plan.same += 1
    else:
        plan.changed[line] = entry


def _keep_known_relations(ground: Ground, plan: Plan) -> None:
    coming = {entry.slug for entry in plan.entries}
    for rows in (plan.new, plan.changed):
        for line, entry in rows.items():
            known = tuple(
                slug
                for slug in entry.related
                if slug in coming or ground.library.entry(slug) is not None
            )
            if known != entry.related:
                rows[line] = replace(entry, related=known)
