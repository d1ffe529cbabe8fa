"""Taps that have to do with calls for papers."""

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


class ShowCalls(Button, frozen=True):
    name = "calls"


class ShowCall(Button, frozen=True):
    name = "call"
    call: int


class OpenCall(Button, frozen=True):
    name = "callnew"


class ChangeCall(Button, frozen=True):
    name = "calledit"
    call: int


class EditCallField(Button, frozen=True):
    name = "callfld"
    field: CallField


class WithoutCallField(Button, frozen=True):
    """No guidance, no late code, no limit."""

    name = "callnone"


class ToggleKind(Button, frozen=True):
    name = "callkind"
    kind: FileKind


class KindsDone(Button, frozen=True):
    name = "callkinds"


class ChooseReaders(Button, frozen=True):
    name = "callfor"
    readers: Readers


class CloseCall(Button, frozen=True):
    name = "callend"
    call: int


class CloseCallForCertain(Button, frozen=True):
    name = "callend2"
    call: int


class AnnounceCall(Button, frozen=True):
    """Begin a notice that tells of it."""

    name = "callsay"
    call: int


class ShowTable(Button, frozen=True):
    name = "table"
    call: int


class TableSheet(Button, frozen=True):
    name = "tablexls"
    call: int


class TablePicture(Button, frozen=True):
    name = "tablepng"
    call: int


class PackPapers(Button, frozen=True):
    """All files in a zip, with the table."""

    name = "tablezip"
    call: int


class HandIn(Button, frozen=True):
    """Go on with one's paper, or see what has become of it."""

    name = "paper"
    call: int


class EditPaper(Button, frozen=True):
    name = "paperedit"
    call: int


class EditPaperField(Button, frozen=True):
    name = "paperfld"
    field: PaperField


class SkipPaperField(Button, frozen=True):
    name = "paperskip"


class NewVersion(Button, frozen=True):
    name = "paperfile"
    call: int


class WithdrawPaper(Button, frozen=True):
    name = "paperoff"
    call: int


class WithdrawForCertain(Button, frozen=True):
    name = "paperoff2"
    call: int


class TakeUpPaper(Button, frozen=True):
    name = "paperback"
    call: int
