"""Reading everything about answers from the content folder, with all its faults."""

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from pathlib import Path

from msgspec.structs import replace

from branch.content.faults import Faults
from branch.content.tables import Table, lists_in, table_in, tables_in
from branch.guidance.entry_reading import read_entries
from branch.guidance.model import (
    Beyond,
    Boundary,
    BoundaryKind,
    Entry,
    GoldenQuestion,
    Library,
    Slug,
    Smalltalk,
    Topic,
    TopicId,
)
from branch.guidance.wording import Vocabulary

DECLINE = "decline"
UNCOVERED = "uncovered"
FEWEST_EXAMPLES = 5
_NAMED = ("schools", "fields", "exams")
"""Kinds of proper names."""


def read_library(
    content: Path, faults: Faults, *, milestones: Collection[tuple[int, str]] | None
) -> Library:
    """The library below `content`; unusable while there are faults.

    `milestones` are the intakes and ids the calendar knows: a placeholder for another is a fault.
    None where the calendar itself has faults: what follows from them alone is not told.
    """
    topics = _topics(content / "topics.yaml", faults)
    written = read_entries(
        content / "guidance", faults, topics={topic.id for topic in topics}, milestones=milestones
    )
    return Library(
        topics=topics,
        entries=tuple(entry for entry in written if entry.retired_on is None),
        retired=tuple(entry for entry in written if entry.retired_on is not None),
        boundaries=_boundaries(content / "boundaries.yaml", faults),
        beyond=_beyond(content / "beyond.yaml", faults),
        vocabulary=_vocabulary(content, faults),
        golden=read_golden(content / "golden", written, faults),
    )


def _topics(file: Path, faults: Faults) -> tuple[Topic, ...]:
    topics: dict[str, Topic] = {}
    for table in tables_in(file, faults):
        name = table.text("id")
        if name in topics:
            table.fault("id", f"{name!r} is taken by another topic")
        topics[name] = Topic(
            id=TopicId(name), emoji=table.text("emoji"), names=table.by_language("name")
        )
        table.done()
    return tuple(topics.values())


def _boundaries(file: Path, faults: Faults) -> tuple[Boundary, ...]:
    return tuple(_boundary(table) for table in tables_in(file, faults))


def _boundary(table: Table) -> Boundary:
    boundary = Boundary(
        kind=table.one_of("kind", BoundaryKind),
        phrases=table.texts("phrases"),
        patterns=table.parsed_each("patterns", _pattern, _what_is_wrong_with),
        exceptions=table.texts("except"),
        asks=table.one_of("asks", Smalltalk) if table.has("asks") else None,
    )
    if not boundary.phrases and not boundary.patterns:
        table.fault("phrases", "is missing; write `phrases`, `patterns` or both")
    if boundary.asks is not None and boundary.kind is not BoundaryKind.SMALLTALK:
        table.fault("asks", "belongs to smalltalk only; delete it")
    table.done()
    return boundary


def _beyond(file: Path, faults: Faults) -> tuple[Beyond, ...]:
    return tuple(_examples(table) for table in tables_in(file, faults)) if file.exists() else ()


def _examples(table: Table) -> Beyond:
    beyond = Beyond(
        kind=table.parsed("kind", _kind, f"{UNCOVERED} or {', '.join(BoundaryKind)}", None),
        about=table.text("about"),
        examples=table.texts("examples", at_least=FEWEST_EXAMPLES),
    )
    table.done()
    return beyond


def _kind(text: str) -> BoundaryKind | None:
    return None if text == UNCOVERED else BoundaryKind(text)


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except (re.error, OverflowError, RecursionError) as broken:
        raise ValueError(text) from broken


def _what_is_wrong_with(pattern: str) -> str:
    return f"{pattern!r} is not a regular expression; check its brackets"


def _vocabulary(content: Path, faults: Faults) -> Vocabulary:
    file = content / "synonyms.yaml"
    synonyms = _groups(lists_in(file, faults), file, faults)
    phrasing = table_in(content / "phrasing.yaml", faults)
    names = table_in(content / "names.yaml", faults)
    if phrasing is None or names is None:
        return Vocabulary(synonyms=synonyms)
    vocabulary = Vocabulary(
        synonyms=(*_groups(phrasing.lists("same"), phrasing.file, faults), *synonyms),
        fillers=phrasing.texts("fillers"),
        after_short_year=phrasing.texts("after_short_year"),
        names=_groups([each for kind in _NAMED for each in names.lists(kind)], names.file, faults),
        home=names.texts("home"),
        relative_years=_relative_years(phrasing),
        not_before=phrasing.texts("not_before"),
        own_years=phrasing.texts("own_years"),
        joints=phrasing.texts("joints"),
        asking=phrasing.texts("asking"),
        leaning=phrasing.texts("leaning"),
        leaning_ends=phrasing.texts("leaning_ends"),
    )
    phrasing.done()
    names.done()
    return vocabulary


def _relative_years(phrasing: Table) -> dict[str, int]:
    inner = phrasing.table("relative_years") if phrasing.has("relative_years") else None
    if inner is None:
        return {}
    return {word: inner.parsed(word, int, "a number of years like -1", 0) for word in inner.keys()}  # noqa: SIM118 -- a Table is no mapping


def _groups(
    lists: list[tuple[tuple[str, ...], int]], file: Path, faults: Faults
) -> tuple[tuple[str, ...], ...]:
    taken: dict[str, str] = {}
    for group, line in lists:
        for name in group:
            if name in taken:
                faults.note(file, line, f"{name!r} already means {taken[name]!r}; keep one")
            taken[name] = group[0]
    return tuple(group for group, _ in lists if group)


def read_golden(
    folder: Path, entries: Iterable[Entry], faults: Faults
) -> tuple[GoldenQuestion, ...]:
    """The questions of every file of the folder, in the order of their names."""
    retired = {entry.slug: entry.retired_on is not None for entry in entries}
    files = sorted(folder.glob("*.yaml"))
    tables = [table for file in files for table in tables_in(file, faults)]
    questions = (_golden_question(table, retired) for table in tables)
    return tuple(
        golden
        for golden in questions
        # what only a retired entry answered is asked of nobody until it is back
        if not golden.slugs or not all(retired.get(slug, False) for slug in golden.slugs)
    )


def _after(table: Table, slugs: Collection[str]) -> Slug | None:
    after = table.text_if_any("after")
    if after is None or after in slugs:
        return None if after is None else Slug(after)
    near = get_close_matches(after, slugs, n=1)
    hint = f"; is {near[0]!r} meant?" if near else ""
    table.fault("after", f"names {after!r}, which is no entry{hint}")
    return None


def _golden_question(table: Table, slugs: Collection[str]) -> GoldenQuestion:
    expected = table.texts_or_text("expect")
    golden = GoldenQuestion(
        ask=table.text("ask"), after=_after(table, slugs), kept_in=table.file.stem
    )
    table.done()
    if expected == (DECLINE,):
        return golden
    if len(expected) == 1 and expected[0] in set(BoundaryKind):
        return replace(golden, kind=BoundaryKind(expected[0]))
    for slug in expected:
        if slug not in slugs:
            near = get_close_matches(
                slug, [*slugs, *(kind.value for kind in BoundaryKind), DECLINE], n=1
            )
            hint = f"; is {near[0]!r} meant?" if near else ""
            table.fault("expect", f"names {slug!r}, which is neither an entry nor a kind{hint}")
    return replace(golden, slugs=tuple(map(Slug, expected)))
