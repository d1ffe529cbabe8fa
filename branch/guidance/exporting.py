"""What was edited in the chat as files again, so that the files say what is shown."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from branch.guidance.entry_writing import texts_of
from branch.guidance.live_shelf import LiveShelf, Overlay
from branch.guidance.model import Entry, Slug
from branch.guidance.revisions import RevisionId


class Export(Struct, frozen=True, kw_only=True):
    """Texts by their place below the content folder; None for a file that goes."""

    files: Mapping[Path, str | None]
    revisions: Sequence[RevisionId]
    conflicts: Sequence[Overlay]


class _Gathered(Struct):
    files: dict[Path, str | None] = field(default_factory=dict)
    revisions: list[RevisionId] = field(default_factory=list)
    conflicts: list[Overlay] = field(default_factory=list)


def export_of(shelf: LiveShelf, *, over: Collection[str] = ()) -> Export:
    """The files that would change; a file that was changed itself is left, unless in `over`."""
    gathered = _Gathered()
    for slug, overlay in shelf.overlays.items():
        if overlay.faults or overlay.revision.exported:
            continue
        if overlay.conflict and slug not in over:
            gathered.conflicts.append(overlay)
            continue
        gathered.revisions.append(overlay.revision.id)
        if overlay.differs:
            filed = shelf.files.get(slug) or shelf.retired_files.get(slug)
            gathered.files |= _written(overlay, filed)
    return Export(files=gathered.files, revisions=gathered.revisions, conflicts=gathered.conflicts)


def whole_base(entries: Sequence[Entry]) -> Mapping[Path, str]:
    """Every entry as its files."""
    return {file: text for entry in entries for file, text in texts_of(entry).files().items()}


def slugs_of(conflicts: Sequence[Overlay]) -> list[Slug]:
    return [conflict.revision.slug for conflict in conflicts]


def _written(overlay: Overlay, filed: Entry | None) -> dict[Path, str | None]:
    """A retired entry stays in its file, and says there that it is retired."""
    before = texts_of(filed).files() if filed else {}
    after = overlay.entry
    if after is None and filed is not None:
        after = replace(filed, retired_on=overlay.revision.at.date())
    files: dict[Path, str | None] = dict.fromkeys(before)
    return files | dict(texts_of(after).files()) if after else files
