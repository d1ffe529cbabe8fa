"""What a tap means in the book of knowledge: more words of the vocabulary in `buttons`."""

from handlers.buttons import Button


class OpenKnowledge(Button, frozen=True):
    name = "know"


class SearchKnowledge(Button, frozen=True):
    name = "kfind"


class KnownTopics(Button, frozen=True):
    name = "ktops"


class KnownTopic(Button, frozen=True):
    name = "ktop"
    topic: str
    page: int


class ShowKnown(Button, frozen=True):
    name = "kent"
    slug: str


class KnownHistory(Button, frozen=True):
    name = "khis"
    slug: str


class ShowDue(Button, frozen=True):
    name = "kdue"
    page: int


class StillValid(Button, frozen=True):
    """Looked at today and found right; `page` of the list to go back to, -1 for the entry."""

    name = "kok"
    slug: str
    page: int


class ShowRetired(Button, frozen=True):
    name = "koff"


class AskRetire(Button, frozen=True):
    name = "kret?"
    slug: str


class RetireKnown(Button, frozen=True):
    """`version`, here and below, is the revision that the person was looking at."""

    name = "kret"
    slug: str
    version: int


class RestoreKnown(Button, frozen=True):
    name = "kres"
    slug: str
    version: int


class UndoKnown(Button, frozen=True):
    name = "kundo"
    slug: str
    version: int


class TakeFiles(Button, frozen=True):
    """Of an entry changed in the chat and in its file, show the file's."""

    name = "kfile"
    slug: str
    version: int


class EditKnown(Button, frozen=True):
    name = "kedit"
    slug: str


class AddKnown(Button, frozen=True):
    name = "kadd"


class ChooseField(Button, frozen=True):
    name = "kfld"
    field: str


class ChooseValue(Button, frozen=True):
    """One of the values offered for a field."""

    name = "kset"
    value: str


class MoreFields(Button, frozen=True):
    name = "kmore"


class LinesDone(Button, frozen=True):
    name = "kdone"


class EditLatest(Button, frozen=True):
    """Go on with one's changes over what somebody else has written meanwhile."""

    name = "klast"


class CheckedNow(Button, frozen=True):
    """What is being added has been compared with its source."""

    name = "kchk"


class ImportKnown(Button, frozen=True):
    name = "kin"


class ExportKnown(Button, frozen=True):
    name = "kout"
