"""Taps that have to do with calls for papers."""

from dataclasses import dataclass
from enum import StrEnum

from branch.papers.model import FileKind, PaperField, Readers
from handlers.buttons import Button


class CallField(StrEnum):
    THEME = "theme"
    GUIDANCE = "guidance"
    DEADLINE = "deadline"
    READERS = "readers"
    CODE = "code"
    ABSTRACT = "abstract"
    BODY = "body"
    KINDS = "kinds"
    LARGEST = "largest"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class ShowCalls(Button):
    name = "calls"


@dataclass(frozen=True, slots=True)
class ShowCall(Button):
    name = "call"
    call: int


@dataclass(frozen=True, slots=True)
class OpenCall(Button):
    name = "callnew"


@dataclass(frozen=True, slots=True)
class ChangeCall(Button):
    name = "calledit"
    call: int


@dataclass(frozen=True, slots=True)
class EditCallField(Button):
    name = "callfld"
    field: CallField


@dataclass(frozen=True, slots=True)
class WithoutCallField(Button):
    """No guidance, no late code, no limit."""

    name = "callnone"


@dataclass(frozen=True, slots=True)
class ToggleKind(Button):
    name = "callkind"
    kind: FileKind


@dataclass(frozen=True, slots=True)
class KindsDone(Button):
    name = "callkinds"


@dataclass(frozen=True, slots=True)
class ChooseReaders(Button):
    name = "callfor"
    readers: Readers


@dataclass(frozen=True, slots=True)
class CloseCall(Button):
    name = "callend"
    call: int


@dataclass(frozen=True, slots=True)
class CloseCallForCertain(Button):
    name = "callend2"
    call: int


@dataclass(frozen=True, slots=True)
class AnnounceCall(Button):
    """Begin a notice that tells of it."""

    name = "callsay"
    call: int


@dataclass(frozen=True, slots=True)
class ShowTable(Button):
    name = "table"
    call: int


@dataclass(frozen=True, slots=True)
class TableSheet(Button):
    name = "tablexls"
    call: int


@dataclass(frozen=True, slots=True)
class TablePicture(Button):
    name = "tablepng"
    call: int


@dataclass(frozen=True, slots=True)
class PackPapers(Button):
    """All files in a zip, with the table."""

    name = "tablezip"
    call: int


@dataclass(frozen=True, slots=True)
class HandIn(Button):
    """Go on with one's paper, or see what has become of it."""

    name = "paper"
    call: int


@dataclass(frozen=True, slots=True)
class EditPaper(Button):
    name = "paperedit"
    call: int


@dataclass(frozen=True, slots=True)
class EditPaperField(Button):
    name = "paperfld"
    field: PaperField


@dataclass(frozen=True, slots=True)
class SkipPaperField(Button):
    name = "paperskip"


@dataclass(frozen=True, slots=True)
class NewVersion(Button):
    name = "paperfile"
    call: int


@dataclass(frozen=True, slots=True)
class WithdrawPaper(Button):
    name = "paperoff"
    call: int


@dataclass(frozen=True, slots=True)
class WithdrawForCertain(Button):
    name = "paperoff2"
    call: int


@dataclass(frozen=True, slots=True)
class TakeUpPaper(Button):
    name = "paperback"
    call: int
