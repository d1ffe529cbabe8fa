"""What a tap means in the book of knowledge: more words of the vocabulary in `buttons`."""

from dataclasses import dataclass

from handlers.buttons import Button


@dataclass(frozen=True, slots=True)
class OpenKnowledge(Button):
    name = "know"


@dataclass(frozen=True, slots=True)
class SearchKnowledge(Button):
    name = "kfind"


@dataclass(frozen=True, slots=True)
class KnownTopics(Button):
    name = "ktops"


@dataclass(frozen=True, slots=True)
class KnownTopic(Button):
    name = "ktop"
    topic: str
    page: int


@dataclass(frozen=True, slots=True)
class ShowKnown(Button):
    name = "kent"
    slug: str


@dataclass(frozen=True, slots=True)
class KnownHistory(Button):
    name = "khis"
    slug: str


@dataclass(frozen=True, slots=True)
class ShowDue(Button):
    name = "kdue"
    page: int


@dataclass(frozen=True, slots=True)
class StillValid(Button):
    """Looked at today and found right; `page` of the list to go back to, -1 for the entry."""

    name = "kok"
    slug: str
    page: int


@dataclass(frozen=True, slots=True)
class ShowRetired(Button):
    name = "koff"


@dataclass(frozen=True, slots=True)
class AskRetire(Button):
    name = "kret?"
    slug: str


@dataclass(frozen=True, slots=True)
class RetireKnown(Button):
    """`version`, here and below, is the revision that the person was looking at."""

    name = "kret"
    slug: str
    version: int


@dataclass(frozen=True, slots=True)
class RestoreKnown(Button):
    name = "kres"
    slug: str
    version: int


@dataclass(frozen=True, slots=True)
class UndoKnown(Button):
    name = "kundo"
    slug: str
    version: int


@dataclass(frozen=True, slots=True)
class TakeFiles(Button):
    """Of an entry changed in the chat and in its file, show the file's."""

    name = "kfile"
    slug: str
    version: int


@dataclass(frozen=True, slots=True)
class EditKnown(Button):
    name = "kedit"
    slug: str


@dataclass(frozen=True, slots=True)
class AddKnown(Button):
    name = "kadd"


@dataclass(frozen=True, slots=True)
class ChooseField(Button):
    name = "kfld"
    field: str


@dataclass(frozen=True, slots=True)
class ChooseValue(Button):
    """One of the values offered for a field."""

    name = "kset"
    value: str


@dataclass(frozen=True, slots=True)
class MoreFields(Button):
    name = "kmore"


@dataclass(frozen=True, slots=True)
class LinesDone(Button):
    name = "kdone"


@dataclass(frozen=True, slots=True)
class EditLatest(Button):
    """Go on with one's changes over what somebody else has written meanwhile."""

    name = "klast"


@dataclass(frozen=True, slots=True)
class CheckedNow(Button):
    """What is being added has been compared with its source."""

    name = "kchk"


@dataclass(frozen=True, slots=True)
class ImportKnown(Button):
    name = "kin"


@dataclass(frozen=True, slots=True)
class ExportKnown(Button):
    name = "kout"
